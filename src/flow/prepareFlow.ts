import type { Header } from '../core/delivery.js';
import type { IdentityGroup, Provider } from '../core/provider.js';
import type { Secret } from '../core/secret.js';
import { checkVariables, variablesIn } from '../core/variables.js';
import { compileDelivery, type DeliveryMaker } from '../delivery/compile.js';
import type { DeliverySource } from '../delivery/source.js';
import type { Move } from '../payloads/identityRenewal.js';
import { type EventRules, eventRules } from '../policy/rules.js';
import { validateByBuilding } from '../verify/validateByBuilding.js';
import { compileCaptures, type TakeCaptures } from './compileCaptures.js';
import { type StepPayload, stepPayload } from './preparedStep.js';
import { type Script, type ScriptStep, withContextAsync } from './script.js';

/** The data that all deliveries of a flow share. */
export interface FlowSource {
  /** The URL for an event. */
  readonly urlFor: (filling: { readonly provider: string; readonly event: string }) => string;
  /** Returns the address by which a provider knows the receiver, where that is another. */
  readonly publicUrlFor?: ((filling: { readonly provider: string; readonly event: string }) => string) | undefined;
  /** The secrets of a provider, the current one first. */
  readonly secretsOf: (provider: Provider) => readonly Secret[];
  /** The user's own headers, with the lower-case names of those that are secret whatever their name. */
  readonly headers: readonly Header[];
  readonly secretNames: readonly string[];
  /** Milliseconds of an attempt, in place of the provider's limit; null for that. */
  readonly timeLimitOf: (provider: Provider) => number | null;
}

/** A step that is ready to be instantiated. */
export interface PreparedStep extends StepMoment, StepPayload {
  /** From 1. */
  readonly number: number;
  readonly script: ScriptStep;
  /** From 1, one more for each earlier step with the same event. */
  readonly occurrence: number;
  readonly make: DeliveryMaker;
  readonly rules: EventRules;
  /** The names that its edits take from earlier answers. */
  readonly needs: readonly string[];
  readonly take: TakeCaptures;
}

/** A flow that is ready: everything that can be wrong with it has been found out. */
export interface PreparedFlow extends Pick<Timeline, 'totalMs' | 'moveOf'> {
  readonly name: string;
  readonly title: string;
  readonly steps: readonly PreparedStep[];
}

/** Makes the parts of a flow that need no answer. Throws a UsageError for an invalid flow. */
export async function prepareFlow({ name, title, steps }: Script, source: FlowSource): Promise<PreparedFlow> {
  checkCaptures(steps);
  const payloads = await Promise.all(steps.map((step) => withContextAsync(step.place, stepPayload(step))));
  const { moments, totalMs, moveOf } = timeline(
    steps.map(({ event, afterMs }, at) => {
      const { identityGroup, eventTime } = payloads[at]!;
      return { event, afterMs, identityGroup, eventTime };
    }),
  );
  const prepared: PreparedStep[] = [];
  for (const [at, step] of steps.entries()) {
    const { provider, event, place } = step;
    const earlier = steps.slice(0, at).filter((each) => each.provider === provider && each.event === event);
    const { prepared: ready } = payloads[at]!;
    const own = deliverySource(step, ready.event, source);
    const make = compileDelivery(own);
    const rules = rulesOf(step, source);
    await withContextAsync(place, validateByBuilding({ payload: ready.payload, make }, own));
    prepared.push({
      ...moments[at]!,
      ...payloads[at]!,
      number: at + 1,
      script: step,
      occurrence: earlier.length + 1,
      make,
      rules,
      needs: variablesIn(step.set),
      take: compileCaptures(step.capture, `${place}: capture`),
    });
  }
  return { name, title, steps: prepared, totalMs, moveOf };
}

/** Throws a UsageError for a step that uses a value which no earlier step captures. */
function checkCaptures(steps: readonly ScriptStep[]): void {
  const known: string[] = [];
  for (const { place, set, capture } of steps) {
    checkVariables(set, known, place);
    known.push(...Object.keys(capture));
  }
}

function deliverySource({ provider, variant }: ScriptStep, event: string, source: FlowSource): DeliverySource {
  const { headers, secretNames } = source;
  const filling = { provider: provider.name, event };
  const url = source.urlFor(filling);
  const publicUrl = source.publicUrlFor?.(filling);
  const secrets = source.secretsOf(provider);
  return { provider, event, variant, url, publicUrl, secrets, headers, secretNames };
}

function rulesOf({ provider, event }: ScriptStep, source: FlowSource): EventRules {
  const rules = eventRules(provider, provider.events[event]);
  return { ...rules, timeLimitMs: source.timeLimitOf(provider) ?? rules.timeLimitMs };
}

/** One step of a flow, as input of its timeline. */
export interface TimelineStep {
  readonly identityGroup: IdentityGroup | undefined;
  readonly event: string;
  /** The time of the event in its sample, in milliseconds since 1970; null where it has none. */
  readonly eventTime: number | null;
  /** Milliseconds since the step before; null for the distance between the samples' times. */
  readonly afterMs: number | null;
}

/** The position of a step in its flow's time. */
interface StepMoment {
  /** Milliseconds since the first step. */
  readonly offsetMs: number;
  /** Whether the time of its event is its own, and not where the flow has it: the event comes again, or earlier than it did. */
  readonly isAstray: boolean;
}

/** The times of a flow's steps, and the change to the times of their samples. */
interface Timeline {
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
    const spacingMs = eventTime === null || !last ? 0 : last.offsetMs + eventTime - last.ms - offsetMs;
    if (at > 0) offsetMs += Math.round(afterMs ?? Math.max(0, spacingMs));
    const shared = earlier.find(({ ms }) => ms === eventTime);
    const isNext = eventTime !== null && (!last || eventTime > last.ms);
    if (isNext) earlier.push({ ms: eventTime, offsetMs, event });
    // Two events of one moment share its time; a repeated event has a time of its own.
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
