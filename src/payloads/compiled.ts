import type { Dialect, IdentityGroup } from '../core/provider.js';
import { isCounted, type TimeKind, timeShape } from '../core/time.js';
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
  /** The time of the event as the sample tells it, in its text; null where it tells none. */
  readonly eventTime: string | null;
  /** How the bytes write the text of a hole, where they do not write it as it is; it keeps its length. */
  readonly written?: (text: string) => string;
}

/** A literal of the sample that a renewal writes over. */
export interface Hole {
  readonly replacement: Replacement;
  /** Byte offsets of all occurrences. */
  readonly offsets: readonly number[];
}

/** What a payload is compiled from. */
export interface PayloadSource {
  /** The sample before any edit: it tells which texts are identities. */
  readonly sample: Json;
  /** The bytes to send before renewal. */
  readonly bytes: Uint8Array;
  readonly identityGroup: IdentityGroup | undefined;
  readonly fresh: Freshness;
  /** Whose bytes they are; by default some dialect of JSON. */
  readonly dialect?: Dialect;
}

/** Finds every place of a payload that its freshness renews. */
export function compilePayload({ sample, bytes, identityGroup, fresh, dialect }: PayloadSource): CompiledPayload {
  if (!identityGroup || fresh === 'nothing') return { bytes, holes: [], eventTime: null };
  const eventTime = eventTimeOf(sample, identityGroup);
  const { written } = writing(dialect);
  const replacements = new Map<string, Replacement>();
  for (const replacement of replacementsOf(sample, identityGroup)) {
    if (fresh === 'all' || renewedByDefault(replacement, eventTime)) {
      replacements.set(written?.(replacement.literal) ?? replacement.literal, replacement);
    }
  }
  const holes = holesOf(bytes, replacements);
  return { bytes, holes, eventTime, ...writing(dialect) };
}

/** How a dialect writes the text of a hole, where not as it is. */
export function writing(dialect: Dialect | undefined): Pick<CompiledPayload, 'written'> {
  const form = dialect === undefined ? null : formOf(dialect);
  return form && form.kind !== 'multipart' ? { written: formText } : {};
}

/** A payload that was compiled for `all`, as it is for a freshness. */
export function withFreshness(payload: CompiledPayload, fresh: Freshness): CompiledPayload {
  const { bytes, holes, eventTime } = payload;
  if (fresh === 'nothing') return { bytes, holes: [], eventTime: null };
  if (fresh === 'all') return payload;
  return { ...payload, holes: holes.filter(({ replacement }) => renewedByDefault(replacement, eventTime)) };
}

function renewedByDefault(replacement: Replacement, eventTime: string | null): boolean {
  if (replacement.type === 'time') return replacement.literal === eventTime;
  const { deduplicates, at } = replacement.identity;
  return deduplicates === true || (at !== undefined && at === eventTime);
}

/** All literals of a group of identities that a sample holds. */
export function replacementsOf(sample: Json, identityGroup: IdentityGroup): Replacement[] {
  const identities = identityGroup.ids.flatMap((identity): Replacement[] => {
    const literal = identity.literal ?? textAt(sample, [identity.path!])?.slice(identity.prefix?.length ?? 0);
    return literal ? [{ type: 'identity', literal, identity }] : [];
  });
  const shapes = identityGroup.times.map((kind) => ({ kind, shape: new RegExp(`^${timeShape(kind)}$`) }));
  return [...identities, ...timesOf(sample, shapes)];
}

interface TimeShape {
  readonly kind: TimeKind;
  readonly shape: RegExp;
}

function timesOf(value: Json, shapes: readonly TimeShape[]): Replacement[] {
  if (typeof value === 'string' || value instanceof JsonNumber) {
    const literal = leafText(value);
    const found = shapes.find(({ kind, shape }) => isCounted(kind) === (literal !== value) && shape.test(literal));
    return found ? [{ type: 'time', literal, kind: found.kind }] : [];
  }
  if (Array.isArray(value)) return value.flatMap((item) => timesOf(item, shapes));
  return value instanceof Map ? [...value.values()].flatMap((member) => timesOf(member, shapes)) : [];
}

/** The time of the event as a sample tells it, in writing or as a number in one of the group's formats. */
function eventTimeOf(sample: Json, { eventTime, times }: IdentityGroup): string | null {
  const counted = times.filter(isCounted).map((kind) => new RegExp(`^${timeShape(kind)}$`));
  for (const path of eventTime) {
    const value = getPath(sample, parsePath(path));
    if (typeof value === 'string') return value;
    if (value instanceof JsonNumber && counted.some((shape) => shape.test(value.text))) return value.text;
  }
  return null;
}

function textAt(sample: Json, paths: readonly string[]): string | null {
  for (const path of paths) {
    const value = getPath(sample, parsePath(path));
    if (typeof value === 'string') return value;
  }
  return null;
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
