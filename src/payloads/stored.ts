import { existsSync, readFileSync } from 'node:fs';
import type { IdentityGroup, Provider } from '../core/provider.js';
import type { TimeKind } from '../core/time.js';
import { type CompiledPayload, type Hole, writing } from './compiled.js';
import { storeFile } from './locate.js';
import { findIdentityGroup } from './renewal.js';
import { type SampleName, sampleFile } from './sampleName.js';

/** A sample as the build keeps it, with what else there would be to find out at each start. */
export interface StoredSample {
  /** With all that can be renewed. */
  readonly payload: CompiledPayload;
  /** The event's name as the body tells it; null where it tells none. */
  readonly told: string | null;
}

/** A literal, what it is (an identity by its number in the group, or a kind of time), and its byte offsets. */
type StoredHole = readonly [literal: string, what: number | TimeKind, offsets: readonly number[]];

/** What a store's first line tells of a sample; `start` counts from its second line. */
export interface StoredEntry extends Pick<StoredSample, 'told'>, Pick<CompiledPayload, 'eventTime'> {
  readonly start: number;
  readonly length: number;
  readonly holes: readonly StoredHole[];
}

interface Store {
  readonly entries: Readonly<Record<string, StoredEntry>>;
  readonly bodies: Buffer;
}

const stores = new Map<Provider, Store | null>();

/** A sample out of the store of the build; null where there is none, as in a source tree or of a provider of one's own. */
export function storedSample(name: SampleName): StoredSample | null {
  const { provider } = name;
  if (provider.payloads !== undefined) return null;
  let store = stores.get(provider);
  if (store === undefined) {
    const file = storeFile(provider.name);
    store = existsSync(file) ? readStore(readFileSync(file)) : null;
    stores.set(provider, store);
  }
  return store && sampleIn(store, name);
}

/** Reads a store: a line of JSON with the entry of each sample, then their bytes. */
export function readStore(bytes: Buffer): Store {
  const end = bytes.indexOf('\n');
  return { entries: JSON.parse(bytes.toString('utf8', 0, end)), bodies: bytes.subarray(end + 1) };
}

/** A sample out of a store. */
export function sampleIn({ entries, bodies }: Store, name: SampleName): StoredSample | null {
  const entry = entries[sampleFile(name)];
  if (!entry) return null;
  const { start, length, holes, eventTime, told } = entry;
  const identityGroup = findIdentityGroup(name.provider.identities, name.event);
  const bytes = bodies.subarray(start, start + length);
  const payload = { bytes, holes: holes.map((hole) => holeOf(hole, identityGroup)), eventTime };
  return { payload: { ...payload, ...writing(name.provider.dialect) }, told };
}

function holeOf([literal, what, offsets]: StoredHole, identityGroup: IdentityGroup | undefined): Hole {
  if (typeof what !== 'number') return { replacement: { type: 'time', literal, kind: what }, offsets };
  return { replacement: { type: 'identity', literal, identity: identityGroup!.ids[what]! }, offsets };
}
