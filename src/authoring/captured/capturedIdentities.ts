import type { Dialect, Identity, IdentityGroup } from '../../core/provider.js';
import {
  type CountedTimeKind,
  formatTimeLike,
  readTime,
  type SampleTimeKind,
  timeKindOf,
  timeShape,
} from '../../core/time.js';
import { idKindOf, isTimeText, timeSpecOf } from '../../infer/valueKinds.js';
import type { Json } from '../../json/value.js';
import { eventTimeOf, replacementsOf } from '../../payloads/compiled.js';
import { idLike } from '../../payloads/identityRenewal.js';
import { capturedLeaves, type Leaf } from './capturedLeaves.js';

/** The maximum number of identities that are suggested; a person can name others. */
const maxIdentities = 20;
/** The minimum length of a literal: a shorter text may occur in others by chance. */
const shortestLiteral = 6;

const ofEvent = /^((event|message|msg|delivery|notification|webhook)_?)?(id|uuid|guid|sid)$/i;
const ofAnything = /(^|_)(id|uuid|guid|sid)$|[a-z](Id|ID|Sid|Uuid)$/;
const ofTime = /time|date|_at$|At$|(^|_)ts$|^(created|updated|occurred|sent)$/i;

/** A captured sample, with the paths that each delivery fills. */
export interface CapturedSample {
  readonly sample: Json;
  readonly dialect: Dialect;
  readonly event: string;
  readonly filled: readonly string[];
}

/** The identities of a captured body: its texts that look like ids or times. Null where it has none. */
export function capturedIdentities({ sample, dialect, event, filled }: CapturedSample): IdentityGroup | null {
  const leaves = capturedLeaves(sample, dialect).filter(({ path }) => !filled.includes(path));
  const ids = findIdentities(leaves, dialect);
  const times = [...writtenTimes(leaves), ...countedTimes(leaves, sample)];
  if (ids.length === 0 && times.length === 0) return null;
  const group: IdentityGroup = {
    name: 'captured',
    title: 'What the captured request is about',
    events: [event],
    ids,
    times,
    eventTime: [],
  };
  const eventTime = eventTimePath(leaves, group, sample);
  return eventTime === null ? group : { ...group, eventTime: [eventTime] };
}

/** The times of a captured sample that stay as they are in each delivery, as texts with their paths. */
export function fixedTimes(source: CapturedSample, group: IdentityGroup | undefined): Pick<Leaf, 'path' | 'text'>[] {
  const { sample, dialect, filled } = source;
  const isMoved = group !== undefined && eventTimeOf(sample, group) !== null;
  const moved = new Set(isMoved ? replacementsOf(sample, group).map(({ literal }) => literal) : []);
  return capturedLeaves(sample, dialect).filter(
    ({ path, name, text }) =>
      (isTimeText(text) ? !/^\d+$/.test(text) || ofTime.test(name) : false) &&
      !filled.includes(path) &&
      !moved.has(text),
  );
}

/** The formats of the times that are written out. A text that only looks like one can't be moved. */
function writtenTimes(leaves: readonly Leaf[]): SampleTimeKind[] {
  const texts = leaves.filter(({ isNumber }) => !isNumber);
  const written = texts.flatMap(({ text }) => timeKindOf(text) ?? []);
  const broken = texts.flatMap(({ text }) => (isTime(text) ? [] : (timeKindOf(text) ?? [])));
  return [...new Set(written)].filter((kind) => !broken.includes(kind));
}

function isTime(text: string): boolean {
  const kind = timeKindOf(text);
  if (kind === undefined) return false;
  const { ms, below } = readTime(text);
  return !Number.isNaN(ms) && formatTimeLike(text, ms, kind, below) === text;
}

/** The formats of counted times; only those of which nothing else in the sample has the look. */
function countedTimes(leaves: readonly Leaf[], sample: Json): SampleTimeKind[] {
  return countedKinds.flatMap((kind) =>
    [true, false].flatMap((isNumber): SampleTimeKind[] => {
      const shape = new RegExp(`^${timeShape(kind)}$`);
      const alike = leaves.filter((leaf) => leaf.isNumber === isNumber && shape.test(leaf.text));
      if (alike.length === 0 || alike.some(({ name }) => !ofTime.test(name))) return [];
      const timeKind: SampleTimeKind = isNumber ? kind : { format: kind, as: 'text' };
      return typeof sample === 'string' && hasOthers(sample, timeKind, alike) ? [] : [timeKind];
    }),
  );
}

const countedKinds: readonly CountedTimeKind[] = ['unix-seconds', 'unix-millis', 'unix-micros', 'unix-nanos'];

/** Returns whether a text has a text in the format of a time in other places than these. */
function hasOthers(sample: string, timeKind: SampleTimeKind, leaves: readonly Leaf[]): boolean {
  const group = { name: '', title: '', ids: [], times: [timeKind], eventTime: [] };
  const known = new Set(leaves.map(({ text }) => text));
  return replacementsOf(sample, group).some(({ literal }) => !known.has(literal));
}

/** Returns the path of the event's time: a field with the name of a time, else the latest of the times; null where no time can be moved. */
function eventTimePath(leaves: readonly Leaf[], group: IdentityGroup, sample: Json): string | null {
  const times = leaves.filter(({ path, text }) => eventTimeOf(sample, { ...group, eventTime: [path] }) === text);
  const named = times.find(({ name }) => ofTime.test(name));
  const latest = times.toSorted((a, b) => readTime(b.text).ms - readTime(a.text).ms)[0];
  return (named ?? latest)?.path ?? null;
}

function findIdentities(leaves: readonly Leaf[], dialect: Dialect): Identity[] {
  const ofWhole = leaves.find(({ depth, name }) => depth === 1 && ofEvent.test(name));
  const found = new Map<string, Identity>();
  for (const leaf of leaves) {
    const known = guessIdentity(leaf, leaf === ofWhole);
    const identity = known && dialect === 'text' ? asLiteral(known, leaf) : known;
    if (identity && !found.has(leaf.text) && found.size < maxIdentities) {
      found.set(leaf.text, leaf === ofWhole ? { ...identity, deduplicates: true } : identity);
    }
  }
  const identities = [...found.values()];
  const [first, ...rest] = identities;
  if (!first || identities.some(({ deduplicates }) => deduplicates)) return identities;
  return [{ ...first, deduplicates: true }, ...rest];
}

/** An identity of a text, which has no paths. */
function asLiteral({ path, prefix = '', ...identity }: Identity, { text }: Leaf): Identity | null {
  const literal = text.slice(prefix.length);
  return literal.length < shortestLiteral ? null : { ...identity, literal };
}

function guessIdentity({ path, name, text, isNumber }: Leaf, isOfEvent: boolean): Identity | null {
  const isNamed = isOfEvent || ofAnything.test(name);
  if (isNumber) return isOfEvent && /^[1-9]\d{5,}$/.test(text) ? { kind: 'digits', literal: text } : null;
  if (timeSpecOf(text) || (!isNamed && idLike(text)[0] !== text)) return null;
  const spec = idKindOf(text);
  if (spec) return { kind: spec.kind, path, ...(spec.prefix !== undefined && { prefix: spec.prefix }) };
  const [, prefix = '', rest] = /^(?:(.*[_-]))?([A-Za-z0-9]{4,})$/.exec(text) ?? [];
  if (rest === undefined || !isNamed || !/\d/.test(rest)) return null;
  return { kind: 'alphanumeric', path, ...(prefix !== '' && { prefix }) };
}
