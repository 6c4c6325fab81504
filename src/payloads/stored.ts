import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogueFolder } from '../core/catalogueFolder.js';
import type { IdentityGroup } from '../core/provider.js';
import type { TimeKind } from '../core/time.js';
import { type CompiledPayload, type Hole, holeWriter } from './compiled.js';
import { findIdentityGroup } from './identityRenewal.js';
import { type SampleName, sampleKey } from './sampleName.js';

/** A sample as the build keeps it, with what else there would be to find out at each start. */
export interface StoredSample {
  /** With all that can be renewed. */
  readonly payload: CompiledPayload;
  /** The event's name as the body tells it; null where it tells none. */
  readonly eventInBody: string | null;
}

/** A literal, what it is (an identity by its number in the group, or a kind of time), and its byte offsets. */
type StoredHole = readonly [literal: string, what: number | TimeKind, offsets: readonly number[]];

/** The first line of a sample. */
export interface StoredFacts extends Pick<StoredSample, 'eventInBody'>, Pick<CompiledPayload, 'eventTime'> {
  readonly holes: readonly StoredHole[];
}

/** Where bytes stand, counted from the second line of a store or the beginning of a section. */
export type StoredSpan = readonly [start: number, length: number];

/** The first line of a store. */
export interface StoreIndex {
  readonly isCompressed: boolean;
  readonly sections: readonly StoredSpan[];
  /** The number of its section, and where a sample stands in that. */
  readonly samples: Readonly<Record<string, readonly [section: number, ...StoredSpan]>>;
}

interface Store extends StoreIndex {
  readonly bytes: Buffer;
  /** The sections that were read, by number. */
  readonly read: Map<number, Buffer>;
  readonly decompress: ((bytes: Uint8Array) => Buffer) | null;
}

const stores = new Map<string, Store | null>();

/** A sample out of the store of the build; null where there is none, as of a provider of one's own. */
export async function storedSample(name: SampleName): Promise<StoredSample | null> {
  const { provider } = name;
  if (provider.samples !== undefined) return null;
  let store = stores.get(provider.name);
  if (store === undefined) {
    const file = join(catalogueFolder(), `${provider.name}.samples`);
    store = existsSync(file) ? await openStore(readFileSync(file)) : null;
    stores.set(provider.name, store);
  }
  return store && sampleIn(store, name);
}

/** Opens a store: a line of JSON that says where each sample stands, then what it says. */
export async function openStore(file: Buffer): Promise<Store> {
  const end = file.indexOf('\n');
  const index = JSON.parse(file.toString('utf8', 0, end)) as StoreIndex;
  const bytes = file.subarray(end + 1);
  return { ...index, bytes, read: new Map(), decompress: index.isCompressed ? await loadDecompressor() : null };
}

/** To load the decompressor takes time, which small stores do without. */
async function loadDecompressor(): Promise<(bytes: Uint8Array) => Buffer> {
  const { brotliDecompressSync } = await import('node:zlib');
  return (bytes) => brotliDecompressSync(bytes);
}

/** A section of a store, which is decompressed once. */
function sectionOf({ sections, bytes, read, decompress }: Store, number: number): Buffer {
  const known = read.get(number);
  if (known) return known;
  const packed = slice(bytes, sections[number]!);
  const section = decompress ? decompress(packed) : packed;
  read.set(number, section);
  return section;
}

/** A sample out of a store. */
export function sampleIn(store: Store, name: SampleName): StoredSample | null {
  const place = store.samples[sampleKey(name)];
  if (!place) return null;
  const [section, ...span] = place;
  const block = slice(sectionOf(store, section), span);
  const end = block.indexOf('\n');
  const { eventInBody, eventTime, holes } = JSON.parse(block.toString('utf8', 0, end)) as StoredFacts;
  const identityGroup = findIdentityGroup(name.provider.identities, name.event);
  const payload = {
    bytes: block.subarray(end + 1),
    holes: holes.map((hole) => holeOf(hole, identityGroup)),
    eventTime,
  };
  return { payload: { ...payload, ...holeWriter(name.provider.dialect) }, eventInBody };
}

function slice(bytes: Buffer, [start, length]: StoredSpan): Buffer {
  return bytes.subarray(start, start + length);
}

function holeOf([literal, what, offsets]: StoredHole, identityGroup: IdentityGroup | undefined): Hole {
  if (typeof what !== 'number') return { replacement: { type: 'time', literal, kind: what }, offsets };
  return { replacement: { type: 'identity', literal, identity: identityGroup!.ids[what]! }, offsets };
}
