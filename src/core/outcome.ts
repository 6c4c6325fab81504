/** What the provider makes of a delivery. */
export type Outcome = 'accepted' | 'refused' | 'timed_out' | 'broken' | 'unreachable';

export const outcomes: readonly Outcome[] = ['accepted', 'refused', 'timed_out', 'broken', 'unreachable'];
