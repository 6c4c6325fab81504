/** What the provider makes of a delivery. */
export type Outcome = 'accepted' | 'rejected' | 'timed_out' | 'broken' | 'unreachable';

export const outcomes: readonly Outcome[] = ['accepted', 'rejected', 'timed_out', 'broken', 'unreachable'];
