import zlib, { brotliCompressSync, constants } from 'node:zlib';
import type { Provider } from '../core/provider.js';
import { writeBody } from '../json/dialect.js';
import type { Json } from '../json/value.js';
import { compilePayload, type Hole } from './compiled.js';
import { findIdentityGroup } from './identityRenewal.js';
import { readEvent } from './prepare.js';
import { type SampleKey, type SampleName, sampleNames } from './sampleName.js';
import { decompressPart, offsetsOf, prefixStep, type StoredFacts, type StoredHole, type StoreIndex } from './stored.js';

/** Bytes of samples below which a store is not compressed: to load the decompressor would take longer. */
const smallStore = 24_000;
/** The window, as a power of two, that holds a whole section: the decompressor sets aside as much memory. */
const windowBits = 20;
/** Bytes of samples that are compressed together: more make the store smaller, and the start of a command that reads one of them longer. */
const maxSection = 800_000;

/** Builds the store of a provider's samples: a line of JSON that says where each section stands, and the sections, which are compressed. */
export function buildStore(
  provider: Provider,
  read: (name: SampleKey) => Json,
): { readonly store: Uint8Array; readonly isCompressed: boolean } {
  const samples = sampleNames(provider).map((name) => compiledOf(name, read(name)));
  const isCompressed = samples.reduce((sum, { bytes }) => sum + bytes.length, 0) >= smallStore;
  const groups = sectionsOf(samples);
  const parts = groups.map((group) => {
    const facts = group.map((sample) => `${JSON.stringify(sample.facts)}\n`);
    const head = Buffer.from(facts.join(''));
    const bodies = Buffer.concat(group.map(({ bytes }) => bytes).sort((a, b) => b.length - a.length));
    const section = Buffer.concat([head, bodies]);
    if (!isCompressed) return { packed: section, prefixes: [] };
    const packed = compress(section);
    return { packed, prefixes: prefixesOf(packed, head.length, bodies.length) };
  });
  const index: StoreIndex = {
    isCompressed,
    sections: groups.map((group, at) => [parts[at]!.packed.length, ...group.map(({ bytes }) => bytes.length)]),
    prefixes: parts.map(({ prefixes }) => prefixes),
  };
  const packed = parts.map((part) => part.packed);
  return { store: Buffer.concat([Buffer.from(`${JSON.stringify(index)}\n`), ...packed]), isCompressed };
}

function compress(bytes: Buffer): Buffer {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants;
  return brotliCompressSync(bytes, {
    params: { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: windowBits, [BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
}

/** Finds the fewest compressed bytes for each step of the bodies but the last, which all of them hold. */
function prefixesOf(packed: Uint8Array, head: number, bodies: number): number[] {
  const prefixes: number[] = [];
  for (let end = prefixStep; end < bodies; end += prefixStep) {
    let [tooFew, enough] = [prefixes.at(-1) ?? 0, packed.length];
    while (enough - tooFew > 1) {
      const middle = (tooFew + enough) >> 1;
      if (decompressPart(zlib, packed.subarray(0, middle)).length >= head + end) enough = middle;
      else tooFew = middle;
    }
    prefixes.push(enough);
  }
  return prefixes;
}

interface CompiledSample {
  readonly facts: StoredFacts;
  readonly bytes: Uint8Array;
}

/** Samples in the order of the events, those together that are compressed together: in sections of about the same size. */
function sectionsOf(samples: readonly CompiledSample[]): CompiledSample[][] {
  const total = samples.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const evenSize = total / Math.ceil(total / maxSection);
  const sections: CompiledSample[][] = [];
  let size = 0;
  for (const sample of samples) {
    const last = sections.at(-1);
    size += sample.bytes.length;
    if (last && size - sample.bytes.length / 2 <= evenSize) last.push(sample);
    else {
      sections.push([sample]);
      size = sample.bytes.length;
    }
  }
  return sections;
}

/** Returns a sample's body, and what the build finds out about it. */
function compiledOf({ provider, event }: SampleName, sample: Json): CompiledSample {
  const identityGroup = findIdentityGroup(provider.identities, event);
  const { dialect } = provider;
  const bytes = Buffer.from(writeBody(sample, dialect));
  const { holes, eventTime } = compilePayload({ sample, bytes, identityGroup, fresh: 'all', dialect });
  const stored = holes.map(({ replacement, offsets }: Hole): StoredHole => {
    const { literal } = replacement;
    const what = replacement.type === 'time' ? replacement.kind : identityGroup!.ids.indexOf(replacement.identity);
    const isEach = offsetsOf(bytes, literal).join() === offsets.join();
    return isEach ? [literal, what] : [literal, what, offsets];
  });
  return { facts: [readEvent(provider, sample, event), eventTime, stored], bytes };
}
