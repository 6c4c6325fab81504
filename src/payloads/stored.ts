import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogueFolder } from '../core/catalogueFolder.js';
import type { IdentityGroup } from '../core/provider.js';
import type { TimeKind } from '../core/time.js';
import { type CompiledPayload, type Hole, holeWriter } from './compiled.js';
import { findIdentityGroup } from './identityRenewal.js';
import type { SampleName } from './sampleName.js';

/** A sample as the build keeps it, with what else there would be to find out at each start. */
export interface StoredSample {
  /** With all that can be renewed. */
  readonly payload: CompiledPayload;
  /** The event's name as the body tells it; null where it tells none. */
  readonly eventInBody: string | null;
}

/** A literal, what it is (an identity by its number in the group, or a kind of time), and its byte offsets where these are not all of its occurrences. */
export type StoredHole = readonly [literal: string, what: number | TimeKind, offsets?: readonly number[]];

/** Facts that the build found out about a sample. */
export type StoredFacts = readonly [eventInBody: string | null, eventTime: string | null, holes: readonly StoredHole[]];

/** The first line of a store. */
export interface StoreIndex {
  readonly isCompressed: boolean;
  /** Of each section, which follow each other, its bytes as it is stored and those of each sample in it, in the order of the provider's samples. */
  readonly sections: readonly (readonly [stored: number, ...samples: number[]])[];
  /** Of each section the stored bytes that hold its first `prefixStep` bytes, its first two times as many, and so on. */
  readonly prefixes: readonly (readonly number[])[];
}

/** The beginning of a section: a line of JSON with the facts of each of its samples, then their bodies, the longest first. */
interface Section {
  readonly text: Buffer;
  /** The offset at which each of the lines ends. */
  readonly ends: readonly number[];
}

interface Store extends StoreIndex {
  readonly bytes: Buffer;
  /** The sections that were read, by number. */
  readonly read: Map<number, Section>;
  readonly decompress: Decompress | null;
}

const stores = new Map<string, Store | null>();

/** The file of a provider's store. npm packs files by their endings, and what is not compressed packs better without bytes between that are. */
export function storeFile(name: string, isCompressed: boolean): string {
  return `${name}.${isCompressed ? 'packed' : 'samples'}`;
}

/** A sample out of the store of the build; null where there is none, as of a provider of one's own. */
export async function storedSample(name: SampleName): Promise<StoredSample | null> {
  const { provider } = name;
  if (provider.samples !== undefined) return null;
  let store = stores.get(provider.name);
  if (store === undefined) {
    const files = [false, true].map((isCompressed) => join(catalogueFolder(), storeFile(provider.name, isCompressed)));
    const file = files.find((each) => existsSync(each));
    store = file === undefined ? null : await openStore(readFileSync(file));
    stores.set(provider.name, store);
  }
  return store && sampleIn(store, name);
}

/** Opens a store: a line of JSON that says where its sections stand, then these. */
export async function openStore(file: Buffer): Promise<Store> {
  const end = file.indexOf('\n');
  const index = JSON.parse(file.toString('utf8', 0, end)) as StoreIndex;
  const bytes = file.subarray(end + 1);
  return { ...index, bytes, read: new Map(), decompress: index.isCompressed ? await loadDecompressor() : null };
}

/** Above the bytes of a section, so that one chunk holds it: fifty small ones cost a fifth more time. */
const chunkSize = 2 ** 20;

type Decompress = (bytes: Uint8Array) => Buffer;

/** Loads the decompressor, which takes time that small stores do without. */
async function loadDecompressor(): Promise<Decompress> {
  const zlib = await import('node:zlib');
  return (bytes) => decompressPart(zlib, bytes);
}

/** Returns all that the beginning of a compressed section, or the whole of it, holds. */
export function decompressPart(
  { brotliDecompressSync, constants }: typeof import('node:zlib'),
  bytes: Uint8Array,
): Buffer {
  return brotliDecompressSync(bytes, { chunkSize, finishFlush: constants.BROTLI_OPERATION_FLUSH });
}

/** The bytes of a section from one point to the next at which reading it can stop. */
export const prefixStep = 65_536;

/** Returns a section of a store up to at least the byte `end` of its bodies. A part of it is read in a fraction of the time. */
function sectionOf(store: Store, number: number, end: number): Section {
  const known = store.read.get(number);
  if (known && holds(known, end)) return known;
  const { sections, prefixes, bytes, decompress } = store;
  const start = sections.slice(0, number).reduce((sum, [stored]) => sum + stored, 0);
  const [stored, ...samples] = sections[number]!;
  const read = (length: number) => {
    const packed = bytes.subarray(start, start + length);
    return parseSection(decompress ? decompress(packed) : packed, samples.length);
  };
  const part = read(prefixes[number]![Math.ceil(end / prefixStep) - 1] ?? stored);
  const section = holds(part, end) ? part : read(stored);
  store.read.set(number, section);
  return section;
}

function parseSection(text: Buffer, samples: number): Section {
  const ends: number[] = [];
  for (let line = 0; line < samples; line++) ends.push(text.indexOf('\n', (ends.at(-1) ?? -1) + 1));
  return { text, ends };
}

function holds({ text, ends }: Section, end: number): boolean {
  return ends.at(-1)! + 1 + end <= text.length;
}

/** A sample out of a store. */
export function sampleIn(store: Store, name: SampleName): StoredSample | null {
  const { place, count } = placeOf(name);
  const stored = store.sections.reduce((sum, { length }) => sum + length - 1, 0);
  // A provider with other events is not the one that was built.
  return place === undefined || count !== stored ? null : sampleAt(store, place, name);
}

/** The number of a sample in the order of `sampleNames`, of which there may be hundreds, without an object for each. */
function placeOf({ provider: { events }, ...wanted }: SampleName): { readonly place?: number; readonly count: number } {
  let place: number | undefined;
  let count = 0;
  for (const event in events) {
    if (event === wanted.event && wanted.variant === null) place = count;
    count++;
    for (const variant in events[event]!.variants) {
      if (event === wanted.event && variant === wanted.variant) place = count;
      count++;
    }
  }
  return { ...(place !== undefined && { place }), count };
}

function sampleAt(store: Store, place: number, { provider, event }: SampleName): StoredSample {
  let at = place;
  const number = store.sections.findIndex(({ length }) => {
    const isHere = at < length - 1;
    if (!isHere) at -= length - 1;
    return isHere;
  });
  const [, ...lengths] = store.sections[number]!;
  const length = lengths[at]!;
  const start = lengths.reduce((sum, each, i) => (each > length || (each === length && i < at) ? sum + each : sum), 0);
  const { text, ends } = sectionOf(store, number, start + length);
  const bodies = ends.at(-1)! + 1;
  const bytes = text.subarray(bodies + start, bodies + start + length);
  const facts = text.toString('utf8', at === 0 ? 0 : ends[at - 1]! + 1, ends[at]);
  const [eventInBody, eventTime, holes] = JSON.parse(facts) as StoredFacts;
  const identityGroup = findIdentityGroup(provider.identities, event);
  const payload = { bytes, holes: holes.map((hole) => holeOf(hole, bytes, identityGroup)), eventTime };
  return { payload: { ...payload, ...holeWriter(provider.dialect) }, eventInBody };
}

function holeOf([literal, what, known]: StoredHole, bytes: Buffer, identityGroup: IdentityGroup | undefined): Hole {
  const offsets = known ?? offsetsOf(bytes, literal);
  if (typeof what !== 'number') return { replacement: { type: 'time', literal, kind: what }, offsets };
  return { replacement: { type: 'identity', literal, identity: identityGroup!.ids[what]! }, offsets };
}

/** The byte offsets of all occurrences of a text. */
export function offsetsOf(bytes: Buffer, text: string): number[] {
  const found: number[] = [];
  for (let at = bytes.indexOf(text); at !== -1; at = bytes.indexOf(text, at + 1)) found.push(at);
  return found;
}
