import type { Identity, IdentityGroup } from '../../core/provider.js';
import type { ProviderDescription } from '../../core/providerDescription.js';
import type { ValueSpec } from '../../core/template.js';
import { formatTimeLike, readTime, timeKindOf } from '../../core/time.js';
import type { FoundScheme } from '../../infer/foundScheme.js';
import { idKindOf, timeSpecOf } from '../../infer/valueKinds.js';
import { allPaths, formatPath, getPath } from '../../json/path.js';
import { type Json, JsonNumber } from '../../json/value.js';
import { idLike } from '../../payloads/identityRenewal.js';
import { holdsAnySecret } from './withoutSecrets.js';

interface Leaf {
  readonly path: string;
  readonly name: string;
  /** Names on the way to it, its own among them. */
  readonly depth: number;
  readonly text: string;
  readonly isNumber: boolean;
}

/** More are not told; a person can name others. */
const maxIdentities = 20;

const ofEvent = /^((event|message|delivery|notification|webhook)_?)?(id|uuid|guid|sid)$/i;
const ofAnything = /(^|_)(id|uuid|guid|sid)$|[a-z](Id|ID|Sid|Uuid)$/;
const ofTime = /time|date|_at$|At$|^(created|updated|occurred|sent|timestamp)$/;

/**
 * The identities of a captured body: its texts that look like ids or times. `filled` are the paths that each delivery fills anyway.
 * Null where it has none.
 */
function captureIdentities(body: Json, event: string, filled: readonly string[]): IdentityGroup | null {
  const leaves = leavesOf(body).filter(({ path }) => !filled.includes(path));
  const identities = identitiesOf(leaves);
  const texts = leaves.filter(({ isNumber }) => !isNumber);
  const written = texts.flatMap(({ text }) => timeKindOf(text) ?? []);
  // A text that only looks like a time can't be moved.
  const broken = texts.flatMap(({ text }) => (isTime(text) ? [] : (timeKindOf(text) ?? [])));
  const times = [...new Set(written)].filter((kind) => !broken.includes(kind));
  const eventTime = texts.find(({ name, text }) => ofTime.test(name) && times.includes(timeKindOf(text)!));
  if (identities.length === 0 && times.length === 0) return null;
  return {
    name: 'captured',
    title: 'What the captured request is about',
    events: [event],
    ids: identities,
    times,
    eventTime: eventTime ? [eventTime.path] : [],
  };
}

function isTime(text: string): boolean {
  const kind = timeKindOf(text);
  if (kind === undefined) return false;
  const { ms, below } = readTime(text);
  return !Number.isNaN(ms) && formatTimeLike(text, ms, kind, below) === text;
}

function identitiesOf(leaves: readonly Leaf[]): Identity[] {
  const ofWhole = leaves.find(({ depth, name }) => depth === 1 && ofEvent.test(name));
  const found = new Map<string, Identity>();
  for (const leaf of leaves) {
    const identity = identityOf(leaf, leaf === ofWhole);
    if (identity && !found.has(leaf.text) && found.size < maxIdentities) {
      found.set(leaf.text, leaf === ofWhole ? { ...identity, deduplicates: true } : identity);
    }
  }
  const identities = [...found.values()];
  const [first, ...rest] = identities;
  if (!first || identities.some(({ deduplicates }) => deduplicates)) return identities;
  return [{ ...first, deduplicates: true }, ...rest];
}

function identityOf({ path, name, text, isNumber }: Leaf, isOfEvent: boolean): Identity | null {
  const isNamed = isOfEvent || ofAnything.test(name);
  if (isNumber) return isOfEvent && /^[1-9]\d{5,}$/.test(text) ? { kind: 'digits', literal: text } : null;
  if (timeSpecOf(text) || (!isNamed && idLike(text)[0] !== text)) return null;
  const spec = idKindOf(text);
  if (spec) return { kind: spec.kind, path, ...(spec.prefix !== undefined && { prefix: spec.prefix }) };
  const [, prefix = '', rest] = /^(?:(.*[_-]))?([A-Za-z0-9]{4,})$/.exec(text) ?? [];
  if (rest === undefined || !isNamed || !/\d/.test(rest)) return null;
  return { kind: 'alphanumeric', path, ...(prefix !== '' && { prefix }) };
}

/** The texts and numbers of a body, the outermost first. */
function leavesOf(body: Json): Leaf[] {
  return allPaths(body)
    .flatMap((steps): Leaf[] => {
      const value = getPath(body, steps);
      const text = typeof value === 'string' ? value : value instanceof JsonNumber ? value.text : undefined;
      if (text === undefined || text === '') return [];
      const name = String(steps.findLast((step) => typeof step === 'string') ?? '');
      return [
        {
          path: formatPath(steps),
          name,
          depth: steps.filter((step) => typeof step === 'string').length,
          text,
          isNumber: value instanceof JsonNumber,
        },
      ];
    })
    .sort((a, b) => a.depth - b.depth);
}

/** What a new provider is described from. */
export interface CapturedSource {
  readonly name: string;
  readonly event: string;
  readonly found: FoundScheme;
  /** The body as it becomes the sample. */
  readonly sample: Json;
  /** The environment variable that holds the secret. */
  readonly variable: string;
  readonly secrets: readonly string[];
}

/** The description of a provider of which one request was captured. */
export function describeCaptured({
  name,
  event,
  found,
  sample,
  variable,
  secrets,
}: CapturedSource): ProviderDescription {
  const { method, headers, signatures, fields, query, dialect, eventAt, wire } = found;
  const values = Object.entries(found.values).map(([key, spec]) => [key, discreet(spec, secrets)] as const);
  const identityGroup = captureIdentities(
    sample,
    event,
    fields.map(([path]) => path),
  );
  return {
    name,
    secret: { env: [variable] },
    ...(method !== 'POST' && { method }),
    headers: asObject(headers) ?? headers,
    ...(values.length > 0 && { values: Object.fromEntries(values) }),
    ...(Object.keys(signatures).length > 0 && { signatures }),
    ...(fields.length > 0 && { fields }),
    ...(query.length > 0 && { query }),
    ...(dialect !== 'js' && { dialect }),
    ...(eventAt !== null && { eventAt }),
    ...(wire && { wire }),
    events: [event],
    ...(identityGroup && { identities: [identityGroup] }),
  };
}

/** What stands for an absent field is the capture's own text, and may be the secret. */
function discreet(spec: ValueSpec, secrets: readonly string[]): ValueSpec {
  if (spec.kind !== 'field' || spec.absent === undefined || !holdsAnySecret(spec.absent, secrets)) return spec;
  const { absent, ...rest } = spec;
  return rest;
}

/** Headers by name; null where an object would lose one or change their order. */
function asObject(headers: FoundScheme['headers']): Record<string, FoundScheme['headers'][number][1]> | null {
  const names = headers.map(([name]) => name);
  const isSafe = new Set(names).size === names.length && names.every((name) => !/^(\d+|__proto__)$/.test(name));
  return isSafe ? Object.fromEntries(headers) : null;
}
