import type { Story } from '../core/provider.js';
import { readTime } from '../core/time.js';
import type { Variables } from '../core/variables.js';
import { allPaths, formatPath } from '../json/path.js';
import type { Json } from '../json/value.js';
import { applyEdits } from '../payloads/edit.js';
import { type PreparedPayload, preparePayload } from '../payloads/prepare.js';
import { storyOf } from '../payloads/renewal.js';
import { identitiesIn, type NamedIdentity } from './identities.js';
import type { ScriptStep } from './script.js';
import { checkPlaces, stepEdits } from './stepEdits.js';
import { storySample } from './storySample.js';

/** The payload of a step, ready to be told again and again. */
export interface StepPayload {
  /** The sample as the flow tells it. */
  readonly sample: Json;
  readonly prepared: PreparedPayload;
  readonly story: Story | undefined;
  /** The time of the event as the sample tells it, in milliseconds since 1970; null where it tells none. */
  readonly eventTime: number | null;
  /** Of the event's fresh identities, where they stand. */
  readonly identities: readonly NamedIdentity[];
  /** All places of the payload, as paths. */
  readonly paths: readonly string[];
}

/** Makes the payload of a step. Throws a UsageError for an edit that does not fit. */
export async function stepPayload(step: ScriptStep): Promise<StepPayload> {
  const sample = await storySample(step);
  const prepared = await compileStep(step, sample, null);
  const edited = applyEdits(sample, stepEdits(step, null));
  checkPlaces(step, edited);
  const { eventTime } = prepared.payload;
  return {
    sample,
    prepared,
    story: storyOf(step.provider.stories, step.event),
    eventTime: eventTime === null ? null : readTime(eventTime).ms,
    identities: identitiesIn(prepared.payload, edited),
    paths: allPaths(edited).map(formatPath),
  };
}

/** Compiles a step's payload with what its edits take from earlier answers; null leaves those edits out. */
export function compileStep(step: ScriptStep, sample: Json, variables: Variables | null): Promise<PreparedPayload> {
  const { provider, event, variant } = step;
  return preparePayload({ provider, event, variant, sample, edits: stepEdits(step, variables), fresh: 'all' });
}
