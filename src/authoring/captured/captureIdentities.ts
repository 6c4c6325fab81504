import type { Identity, IdentityGroup } from '../../core/provider.js';
import { formatTimeLike, readTime, timeKindOf } from '../../core/time.js';
import { idKindOf, timeFormatOf } from '../../infer/valueKinds.js';
import { allPaths, formatPath, getPath } from '../../json/path.js';
import { type Json, JsonNumber } from '../../json/value.js';
import { idLike } from '../../payloads/idLike.js';

interface Leaf {
  readonly path: string;
  readonly name: string;
  /** Names on the way to it, its own among them. */
  readonly depth: number;
  readonly text: string;
  readonly isNumber: boolean;
}

/** More are not told; a person can name others. */
const mostIdentities = 20;

const ofEvent = /^((event|message|delivery|notification|webhook)_?)?(id|uuid|guid|sid)$/i;
const ofAnything = /(^|_)(id|uuid|guid|sid)$|[a-z](Id|ID|Sid|Uuid)$/;
const ofTime = /time|date|_at$|At$|^(created|updated|occurred|sent|timestamp)$/;

/**
 * The identities of a captured body: its texts that look like ids or times. `filled` are the paths that each delivery fills anyway.
 * Null where it has none.
 */
export function captureIdentities(body: Json, event: string, filled: readonly string[]): IdentityGroup | null {
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
  const { ms, micros } = readTime(text);
  return !Number.isNaN(ms) && formatTimeLike(text, ms, kind, micros) === text;
}

function identitiesOf(leaves: readonly Leaf[]): Identity[] {
  const ofWhole = leaves.find(({ depth, name }) => depth === 1 && ofEvent.test(name));
  const found = new Map<string, Identity>();
  for (const leaf of leaves) {
    const identity = identityOf(leaf, leaf === ofWhole);
    if (identity && !found.has(leaf.text) && found.size < mostIdentities) {
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
  if (timeFormatOf(text) || (!isNamed && idLike(text)[0] !== text)) return null;
  const spec = idKindOf(text);
  if (spec?.kind === 'time') return null;
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
