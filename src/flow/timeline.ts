import type { IdentityGroup } from '../core/provider.js';
import type { Move } from '../payloads/renewal.js';

/** What a timeline is made of: one step of a flow. */
export interface TimelineStep {
  readonly identityGroup: IdentityGroup | undefined;
  readonly event: string;
  /** The time of the event as its sample tells it, in milliseconds since 1970; null where it tells none. */
  readonly eventTime: number | null;
  /** Milliseconds since the step before; null for what the samples tell. */
  readonly afterMs: number | null;
}

/** Where a step stands in its flow. */
export interface StepMoment {
  /** Milliseconds since the first step. */
  readonly offsetMs: number;
  /** Whether the time of its event is its own, and not where the flow has it: the event comes again, or earlier than it did. */
  readonly isAstray: boolean;
}

/** When the steps of a flow are, and what becomes of the times of their samples. */
export interface Timeline {
  readonly moments: readonly StepMoment[];
  /** From the first step to the last. */
  readonly totalMs: number;
  /** Moves the times of a group's samples to milliseconds since the first step. */
  readonly moveOf: (identityGroup: IdentityGroup | undefined) => Move;
}

/** A time of the samples with its place in the flow. */
interface Mark {
  readonly ms: number;
  readonly offsetMs: number;
  readonly event: string;
}

/**
 * Lays out a flow in time. The events' own times are fixed points; what lies between two of them keeps its place in proportion, so that
 * no time of a later event is before one of an earlier event, whatever the distances are made.
 */
export function timeline(steps: readonly TimelineStep[]): Timeline {
  const marks = new Map<IdentityGroup | undefined, Mark[]>();
  let offsetMs = 0;
  const moments = steps.map(({ identityGroup, event, eventTime, afterMs }, at): StepMoment => {
    const earlier = marks.get(identityGroup) ?? [];
    marks.set(identityGroup, earlier);
    const last = earlier.at(-1);
    const told = eventTime === null || !last ? 0 : last.offsetMs + eventTime - last.ms - offsetMs;
    if (at > 0) offsetMs += Math.round(afterMs ?? Math.max(0, told));
    const shared = earlier.find(({ ms }) => ms === eventTime);
    const isNext = eventTime !== null && (!last || eventTime > last.ms);
    if (isNext) earlier.push({ ms: eventTime, offsetMs, event });
    // Two events of one moment share its time; the same event again has a time of its own.
    const isAstray = eventTime !== null && !isNext && (!shared || shared.event === event);
    return { offsetMs, isAstray };
  });
  return { moments, totalMs: offsetMs, moveOf: (identityGroup) => moveBy(marks.get(identityGroup) ?? []) };
}

function moveBy(marks: readonly Mark[]): Move {
  return (ms) => {
    const next = marks.findIndex((mark) => mark.ms > ms);
    const before = marks[next === -1 ? marks.length - 1 : next - 1];
    const after = next === -1 ? undefined : marks[next];
    if (!before) return after ? after.offsetMs + ms - after.ms : ms;
    if (!after) return before.offsetMs + ms - before.ms;
    const pace = (after.offsetMs - before.offsetMs) / (after.ms - before.ms);
    return Math.round(before.offsetMs + (ms - before.ms) * pace);
  };
}
