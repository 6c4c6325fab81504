import { deflateRawSync } from 'node:zlib';
import type { Provider } from '../core/provider.js';
import { writeBody } from '../json/dialect.js';
import type { Json } from '../json/value.js';
import { compilePayload, type Hole } from './compiled.js';
import { findIdentityGroup } from './identityRenewal.js';
import { readEvent } from './prepare.js';
import { type SampleKey, type SampleName, sampleKey, sampleNames } from './sampleName.js';
import type { StoredFacts, StoreIndex } from './stored.js';

/** Bytes of samples below which a store is not compressed: to load the decompressor would take longer. */
const smallStore = 24_000;
/** Bytes that a sample can refer back to. */
const maxDictionary = 32_000;

/** Builds the store of a provider's samples: a line of JSON that says where each stands, the dictionary, and the samples, each compressed by itself. */
export function buildStore(provider: Provider, read: (name: SampleKey) => Json): Uint8Array {
  const blocks = sampleNames(provider).map((name) => ({ key: sampleKey(name), bytes: blockOf(name, read(name)) }));
  const size = blocks.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const dictionary = size < smallStore ? null : dictionaryOf(blocks.map(({ bytes }) => bytes));
  const parts: Uint8Array[] = [];
  let start = 0;
  const place = (bytes: Uint8Array): readonly [start: number, length: number] => {
    parts.push(bytes);
    start += bytes.length;
    return [start - bytes.length, bytes.length];
  };
  const packed = dictionary && place(deflateRawSync(dictionary, { level: 9 }));
  const samples = blocks.map(({ key, bytes }) => [
    key,
    place(dictionary ? deflateRawSync(bytes, { level: 9, dictionary }) : bytes),
  ]);
  const index: StoreIndex = { dictionary: packed, samples: Object.fromEntries(samples) };
  return Buffer.concat([Buffer.from(`${JSON.stringify(index)}\n`), ...parts]);
}

/** What the build finds out about a sample, a line of JSON, and its body. */
function blockOf({ provider, event }: SampleName, sample: Json): Buffer {
  const identityGroup = findIdentityGroup(provider.identities, event);
  const { dialect } = provider;
  const bytes = writeBody(sample, dialect);
  const { holes, eventTime } = compilePayload({ sample, bytes, identityGroup, fresh: 'all', dialect });
  const stored = holes.map(({ replacement, offsets }: Hole) => {
    const { literal } = replacement;
    const what = replacement.type === 'time' ? replacement.kind : identityGroup!.ids.indexOf(replacement.identity);
    return [literal, what, offsets] as const;
  });
  const facts: StoredFacts = { eventInBody: readEvent(provider, sample, event), eventTime, holes: stored };
  return Buffer.concat([Buffer.from(`${JSON.stringify(facts)}\n`), bytes]);
}

/** What the samples have in common, as far as a few of them have it: each one once in equal steps, the first last, for that is nearest. */
function dictionaryOf(blocks: readonly Uint8Array[]): Buffer {
  const chosen: Uint8Array[] = [];
  let size = 0;
  const step = Math.max(1, Math.floor(blocks.length / 16));
  for (let at = 0; at < blocks.length && size < maxDictionary; at += step) {
    chosen.unshift(blocks[at]!);
    size += blocks[at]!.length;
  }
  return Buffer.concat(chosen).subarray(-maxDictionary);
}
