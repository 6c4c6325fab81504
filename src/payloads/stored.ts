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

/** What the build found out about a sample. */
export type StoredFacts = readonly [eventInBody: string | null, eventTime: string | null, holes: readonly StoredHole[]];

/** The first line of a store. */
export interface StoreIndex {
  readonly isCompressed: boolean;
  /** Of each section, which follow each other, its bytes as it is stored and those of each sample in it, in the order of the provider's samples. */
  readonly sections: readonly (readonly [stored: number, ...samples: number[]])[];
}

/** What a section holds: a line of JSON with the facts of each of its samples, then their bodies. */
interface Section {
  readonly text: Buffer;
  /** Where each of the lines ends. */
  readonly ends: readonly number[];
}

interface Store extends StoreIndex {
  readonly bytes: Buffer;
  /** The sections that were read, by number. */
  readonly read: Map<number, Section>;
  readonly decompress: ((bytes: Uint8Array) => Buffer) | null;
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

/** To load the decompressor takes time, which small stores do without. */
async function loadDecompressor(): Promise<(bytes: Uint8Array) => Buffer> {
  const { brotliDecompressSync } = await import('node:zlib');
  return (bytes) => brotliDecompressSync(bytes, { chunkSize });
}

/** A section of a store, which is decompressed once. */
function sectionOf({ sections, bytes, read, decompress }: Store, number: number): Section {
  const known = read.get(number);
  if (known) return known;
  const start = sections.slice(0, number).reduce((sum, [stored]) => sum + stored, 0);
  const [stored, ...samples] = sections[number]!;
  const packed = bytes.subarray(start, start + stored);
  const text = decompress ? decompress(packed) : packed;
  const ends: number[] = [];
  for (const _ of samples) ends.push(text.indexOf('\n', (ends.at(-1) ?? -1) + 1));
  const section = { text, ends };
  read.set(number, section);
  return section;
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
  const { text, ends } = sectionOf(store, number);
  const start = lengths.slice(0, at).reduce((sum, length) => sum + length, ends.at(-1)! + 1);
  const bytes = text.subarray(start, start + lengths[at]!);
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
