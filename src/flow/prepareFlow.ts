import type { Header } from '../core/delivery.js';
import type { Provider } from '../core/provider.js';
import type { Secret } from '../core/secret.js';
import { checkVariables, variablesIn } from '../core/variables.js';
import { compileDelivery, type DeliveryMaker } from '../delivery/compile.js';
import type { DeliverySource } from '../delivery/source.js';
import { type EventRules, eventRules } from '../policy/rules.js';
import { validateByBuilding } from '../verify/tryOut.js';
import { compileCaptures, type TakeCaptures } from './compileCaptures.js';
import { type StepPayload, stepPayload } from './preparedStep.js';
import { type Script, type ScriptStep, withContextAsync } from './script.js';
import { type StepMoment, type Timeline, timeline } from './timeline.js';

/** What all deliveries of a flow have in common. */
export interface FlowSource {
  /** The URL for an event. */
  readonly urlFor: (filling: { readonly provider: string; readonly event: string }) => string;
  /** The address by which a provider knows the receiver, where that is another. */
  readonly publicUrlFor?: ((filling: { readonly provider: string; readonly event: string }) => string) | undefined;
  /** The secrets of a provider, the current one first. */
  readonly secretsOf: (provider: Provider) => readonly Secret[];
  /** The user's own headers, with the lower-case names of those that are secret whatever their name. */
  readonly headers: readonly Header[];
  readonly secretNames: readonly string[];
  /** Milliseconds of an attempt, in place of the provider's limit; null for that. */
  readonly timeLimitOf: (provider: Provider) => number | null;
}

/** A step that is ready to be told. */
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

/** Makes all of a flow that can be made before anything is sent. Throws a UsageError for what is wrong with it. */
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
    const { prepared: told } = payloads[at]!;
    const own = deliverySource(step, told.event, source);
    const make = compileDelivery(own);
    const rules = rulesOf(step, source);
    await withContextAsync(place, validateByBuilding({ payload: told.payload, make }, own));
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

/** Throws a UsageError for a step that takes what no step before it captures. */
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
