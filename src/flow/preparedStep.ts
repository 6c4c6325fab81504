import type { IdentityGroup } from '../core/provider.js';
import { readTime } from '../core/time.js';
import { fillVariables, type Variables, variablesIn } from '../core/variables.js';
import { allPaths, formatPath, getPath, parsePath, setPath, unknownPath } from '../json/path.js';
import { type Json, JsonNumber, toJson } from '../json/value.js';
import type { CompiledPayload } from '../payloads/compiled.js';
import { applyEdits, type Edit, parseUnset } from '../payloads/edit.js';
import { findIdentityGroup, type Replacement } from '../payloads/identityRenewal.js';
import { loadSample } from '../payloads/load.js';
import { editPlace, literalFinder, parsePlaceholders } from '../payloads/placeholders.js';
import { type PreparedPayload, preparePayload } from '../payloads/prepare.js';
import type { ScriptStep } from './script.js';

/** The payload of a step, ready to be instantiated repeatedly. */
export interface StepPayload {
  /** The sample with the flow's changes. */
  readonly sample: Json;
  readonly prepared: PreparedPayload;
  readonly identityGroup: IdentityGroup | undefined;
  /** The time of the event in the sample, in milliseconds since 1970; null where it has none. */
  readonly eventTime: number | null;
  /** The places of the event's fresh identities. */
  readonly identities: readonly NamedIdentity[];
  /** All places of the payload, as paths. */
  readonly paths: readonly string[];
}

/** Makes the payload of a step. Throws a UsageError for an edit that does not fit. */
export async function stepPayload(step: ScriptStep): Promise<StepPayload> {
  const sample = await loadStepSample(step);
  const prepared = await compileStep(step, sample, null);
  const edited = applyEdits(sample, stepEdits(step, null));
  checkPlaces(step, edited);
  const { eventTime } = prepared.payload;
  return {
    sample,
    prepared,
    identityGroup: findIdentityGroup(step.provider.identities, step.event),
    eventTime: eventTime === null ? null : readTime(eventTime).ms,
    identities: identitiesIn(prepared.payload, edited),
    paths: allPaths(edited).map(formatPath),
  };
}

/** Compiles a step's payload with the values that its edits take from earlier answers; null leaves those edits out. */
export function compileStep(step: ScriptStep, sample: Json, variables: Variables | null): Promise<PreparedPayload> {
  const { provider, event, variant } = step;
  return preparePayload({ provider, event, variant, sample, edits: stepEdits(step, variables), fresh: 'all' });
}

/** Loads the sample of a step with its flow's changes: about the flow's own things, with the members that the flow sets. */
async function loadStepSample({ provider, event, variant, changes }: ScriptStep): Promise<Json> {
  const sample = retold(await loadSample({ provider, event, variant }), changes.same ?? {});
  for (const [path, value] of Object.entries(changes.set ?? {})) setPath(sample, parsePath(path), toJson(value));
  return sample;
}

/** Copies a document, with some texts replaced by others. */
function retold(sample: Json, same: Readonly<Record<string, string>>): Json {
  const finder = Object.keys(same).length > 0 ? literalFinder(Object.keys(same)) : null;
  const text = (whole: string) => (finder ? whole.replace(finder, (found) => same[found]!) : whole);
  const walk = (value: Json): Json => {
    if (typeof value === 'string') return text(value);
    if (value instanceof JsonNumber) return new JsonNumber(text(value.text));
    if (Array.isArray(value)) return value.map(walk);
    return value instanceof Map ? new Map([...value].map(([key, member]) => [key, walk(member)])) : value;
  };
  return walk(sample);
}

/** The edits of a step; where no variables are given, those that need some are left out. */
function stepEdits({ place, set, unset }: ScriptStep, variables: Variables | null): Edit[] {
  const sets = Object.entries(set).filter(([, value]) => variables !== null || variablesIn(value).length === 0);
  return [
    ...sets.map(([pathText, value]): Edit => {
      const path = parsePath(pathText);
      const filled = variables === null ? value : fillVariables(value, variables, place);
      if (typeof filled !== 'string') return { type: 'setJson', path, value: toJson(filled) };
      // What a receiver answered is text, and no placeholder.
      const isCaptured = variablesIn(value).length > 0;
      return {
        type: 'set',
        path,
        text: filled,
        placeholders: isCaptured ? null : parsePlaceholders(filled, editPlace('set')),
      };
    }),
    ...unset.map(parseUnset),
  ];
}

/** Throws a UsageError for an edit with variables whose place is not in the payload. */
function checkPlaces({ set }: ScriptStep, payload: Json): void {
  for (const [pathText, value] of Object.entries(set)) {
    const path = parsePath(pathText);
    const isText = typeof value === 'string';
    const place = isText ? path : path.slice(0, -1);
    if (variablesIn(value).length > 0 && getPath(payload, place) === undefined) throw unknownPath(payload, path);
  }
}

/** An identity of a payload, named for the first place that holds it. */
interface NamedIdentity {
  /** A path, such as `data.orderId`. */
  readonly path: string;
  readonly replacement: Replacement;
}

/** The identities that a payload holds; `document` is the source from which it was compiled. */
function identitiesIn({ holes }: CompiledPayload, document: Json): NamedIdentity[] {
  const places = allPaths(document).map((path) => ({ path, text: leafText(getPath(document, path)) }));
  return holes.flatMap(({ replacement }) => {
    if (replacement.type !== 'identity') return [];
    const finder = literalFinder([replacement.literal]);
    const found = places.find(({ text }) => text !== undefined && text.search(finder) >= 0);
    return found ? [{ path: formatPath(found.path), replacement }] : [];
  });
}

function leafText(value: Json | undefined): string | undefined {
  return value instanceof JsonNumber ? value.text : typeof value === 'string' ? value : undefined;
}
