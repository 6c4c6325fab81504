import type { Dialect, Identity, IdentityGroup } from '../core/provider.js';
import { isCounted, type TimeKind, timeKind, timeShape } from '../core/time.js';
import { formOf } from '../json/form.js';
import { getPath, parsePath } from '../json/path.js';
import { formText } from '../json/urlencoded.js';
import { type Json, JsonNumber } from '../json/value.js';
import type { Freshness, IdentityRenewal, Replacement } from './identityRenewal.js';
import { literalFinder } from './placeholders.js';

/** A payload as bytes with holes: the places at which a renewal writes, each as long as what it writes. */
export interface CompiledPayload {
  readonly bytes: Uint8Array;
  readonly holes: readonly Hole[];
  /** The event's time in the sample's own text; null for none. */
  readonly eventTime: string | null;
  /** Writes the text of a hole where it is encoded in the bytes; the length stays. */
  readonly written?: (text: string) => string;
}

/** A literal of the sample that a renewal writes over. */
export interface Hole {
  readonly replacement: Replacement;
  /** Byte offsets of all occurrences. */
  readonly offsets: readonly number[];
}

/** The inputs of a compiled payload. */
export interface PayloadSource {
  /** The sample before any edit: it determines which texts are identities. */
  readonly sample: Json;
  /** The bytes to send before renewal. */
  readonly bytes: Uint8Array;
  readonly identityGroup: IdentityGroup | undefined;
  readonly fresh: Freshness;
  /** The dialect of the bytes; by default some dialect of JSON. */
  readonly dialect?: Dialect;
}

/** Finds every place of a payload that its freshness renews. */
export function compilePayload({ sample, bytes, identityGroup, fresh, dialect }: PayloadSource): CompiledPayload {
  if (!identityGroup || fresh === 'nothing') return { bytes, holes: [], eventTime: null };
  const eventTime = eventTimeOf(sample, identityGroup);
  const { written } = holeWriter(dialect);
  const replacements = new Map<string, Replacement>();
  for (const replacement of replacementsOf(sample, identityGroup))
    replacements.set(written?.(replacement.literal) ?? replacement.literal, replacement);
  return withFreshness({ bytes, holes: holesOf(bytes, replacements), eventTime, ...holeWriter(dialect) }, fresh);
}

/** Returns how a dialect writes the text of a hole, where not as it is. */
export function holeWriter(dialect: Dialect | undefined): Pick<CompiledPayload, 'written'> {
  const form = dialect === undefined ? null : formOf(dialect);
  return form && form.kind !== 'multipart' ? { written: formText } : {};
}

/** A payload that was compiled for `all`, as it is for a freshness. */
export function withFreshness(payload: CompiledPayload, fresh: Freshness): CompiledPayload {
  const { bytes, holes, eventTime } = payload;
  if (fresh === 'nothing') return { bytes, holes: [], eventTime: null };
  if (fresh === 'all') return payload;
  const renewed = renewedByDefault(
    holes.map(({ replacement }) => replacement),
    eventTime,
  );
  return { ...payload, holes: holes.filter(({ replacement }) => renewed.includes(replacement)) };
}

/**
 * The ids that receivers de-duplicate on, those that are made of the event's time, and all times: they keep their distance from it, but for
 * those of which an id is made that stays.
 */
function renewedByDefault(found: readonly Replacement[], eventTime: string | null): Replacement[] {
  const isFresh = ({ deduplicates, at }: Identity) => deduplicates === true || (at !== undefined && at === eventTime);
  const fixed = found.flatMap((each) =>
    each.type === 'identity' && !isFresh(each.identity) ? (each.identity.at ?? []) : [],
  );
  return found.filter((each) =>
    each.type === 'time' ? eventTime !== null && !fixed.includes(each.literal) : isFresh(each.identity),
  );
}

/** All literals of a group of identities that a sample holds. */
export function replacementsOf(sample: Json, identityGroup: IdentityGroup): Replacement[] {
  const identities = identityGroup.ids.flatMap((identity): Replacement[] => {
    const literal = identity.literal ?? idAt(sample, identity.path!)?.slice(identity.prefix?.length ?? 0);
    return literal ? [{ type: 'identity', literal, identity }] : [];
  });
  if (typeof sample === 'string') return [...identities, ...timesInText(sample, timeShapes(identityGroup))];
  return [...identities, ...timesOf(sample, timeShapes(identityGroup))];
}

/** Finds the times anywhere in a text. */
function timesInText(text: string, shapes: readonly TimeShape[]): Replacement[] {
  return shapes.flatMap(({ kind }) => {
    const shape = new RegExp(`(?<![\\w.:-])${timeShape(kind)}(?![\\w:-]|\\.\\d)`, 'g');
    const literals = new Set([...text.matchAll(shape)].map(([literal]) => literal));
    return [...literals].map((literal) => ({ type: 'time', literal, kind }) as const);
  });
}

/** The form of a format's times, and whether they are JSON numbers. */
interface TimeShape {
  readonly kind: TimeKind;
  readonly isNumber: boolean;
  readonly shape: RegExp;
}

function timeShapes({ times }: IdentityGroup): TimeShape[] {
  return times.map((moment) => {
    const kind = timeKind(moment);
    return { kind, isNumber: isCounted(kind) && kind === moment, shape: new RegExp(`^${timeShape(kind)}$`) };
  });
}

/** The format in which a group's samples write a value as a time; undefined where it is none. */
export function timeKindIn(identityGroup: IdentityGroup, value: Json | undefined): TimeKind | undefined {
  return shapeOf(value, timeShapes(identityGroup))?.kind;
}

function shapeOf(value: Json | undefined, shapes: readonly TimeShape[]): TimeShape | undefined {
  if (typeof value !== 'string' && !(value instanceof JsonNumber)) return undefined;
  const literal = leafText(value);
  return shapes.find(({ isNumber, shape }) => isNumber === (literal !== value) && shape.test(literal));
}

function timesOf(value: Json, shapes: readonly TimeShape[]): Replacement[] {
  if (typeof value === 'string' || value instanceof JsonNumber) {
    const found = shapeOf(value, shapes);
    return found ? [{ type: 'time', literal: leafText(value), kind: found.kind }] : [];
  }
  if (Array.isArray(value)) return value.flatMap((item) => timesOf(item, shapes));
  return value instanceof Map ? [...value.values()].flatMap((member) => timesOf(member, shapes)) : [];
}

/** Returns the event's time in a sample, in one of the group's formats; else the time that its samples use as now. */
export function eventTimeOf(sample: Json, identityGroup: IdentityGroup): string | null {
  const shapes = timeShapes(identityGroup);
  if (typeof sample === 'string')
    return timeBehind(sample, identityGroup.eventTime, shapes) ?? identityGroup.now ?? null;
  for (const path of identityGroup.eventTime) {
    const value = getPath(sample, parsePath(path));
    if (shapeOf(value, shapes)) return leafText(value as string | JsonNumber);
  }
  return identityGroup.now ?? null;
}

/** Returns the time right after one of some texts, such as `<timestamp>`. */
function timeBehind(text: string, before: readonly string[], shapes: readonly TimeShape[]): string | null {
  const shape = new RegExp(`^(?:${shapes.map(({ kind }) => timeShape(kind)).join('|')})`);
  for (const each of shapes.length > 0 ? before : []) {
    const at = text.indexOf(each);
    const found = at < 0 ? null : shape.exec(text.slice(at + each.length, at + each.length + 64));
    if (found) return found[0];
  }
  return null;
}

/** The text of the id at a path, which may be a whole number. */
function idAt(sample: Json, path: string): string | null {
  const value = getPath(sample, parsePath(path));
  if (typeof value === 'string') return value;
  return value instanceof JsonNumber && isIdNumber(value) ? value.text : null;
}

/** Returns whether a number can be an id: a whole one, and long enough that others are not taken for it. */
export function isIdNumber({ text }: JsonNumber): boolean {
  return /^[1-9]\d{4,}$/.test(text);
}

function leafText(value: string | JsonNumber): string {
  return typeof value === 'string' ? value : value.text;
}

function holesOf(bytes: Uint8Array, replacements: ReadonlyMap<string, Replacement>): Hole[] {
  if (replacements.size === 0) return [];
  const finder = literalFinder([...replacements.keys()]);
  const offsets = new Map<string, number[]>();
  for (const match of Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1').matchAll(finder)) {
    const list = offsets.get(match[0]) ?? [];
    list.push(match.index);
    offsets.set(match[0], list);
  }
  return [...replacements].flatMap(([written, replacement]) => {
    const found = offsets.get(written);
    return found ? [{ replacement, offsets: found }] : [];
  });
}

/** The bytes of one delivery: a copy, with the renewal's texts in the holes. */
export function fillPayload(payload: CompiledPayload, renewal: Pick<IdentityRenewal, 'text'>): Uint8Array {
  const bytes = Buffer.allocUnsafe(payload.bytes.length);
  bytes.set(payload.bytes);
  for (const { replacement, offsets } of payload.holes) {
    const fresh = renewal.text(replacement);
    const text = payload.written ? payload.written(fresh) : fresh;
    for (const offset of offsets) bytes.write(text, offset, 'latin1');
  }
  return bytes;
}
