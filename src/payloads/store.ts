import { brotliCompressSync, constants } from 'node:zlib';
import type { Provider } from '../core/provider.js';
import { writeBody } from '../json/dialect.js';
import type { Json } from '../json/value.js';
import { compilePayload, type Hole } from './compiled.js';
import { findIdentityGroup } from './identityRenewal.js';
import { readEvent } from './prepare.js';
import { type SampleKey, type SampleName, sampleKey, sampleNames } from './sampleName.js';
import type { StoredFacts, StoredSpan, StoreIndex } from './stored.js';

/** Bytes of samples below which a store is not compressed: to load the decompressor would take longer. */
const smallStore = 24_000;
/** Bytes of samples that are compressed together: more make the store smaller, and the start of a command that reads one of them longer. */
const maxSection = 200_000;

/** Builds the store of a provider's samples: a line of JSON that says where each stands, and the samples, in sections that are compressed. */
export function buildStore(provider: Provider, read: (name: SampleKey) => Json): Uint8Array {
  const blocks = sampleNames(provider).map((name) => ({ key: sampleKey(name), bytes: blockOf(name, read(name)) }));
  const isCompressed = blocks.reduce((sum, { bytes }) => sum + bytes.length, 0) >= smallStore;
  const groups = sectionsOf(blocks);
  const parts = groups.map((group) => {
    const bytes = Buffer.concat(group.map((block) => block.bytes));
    return isCompressed ? brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }) : bytes;
  });
  const index: StoreIndex = {
    isCompressed,
    sections: spansOf(parts),
    samples: Object.fromEntries(
      groups.flatMap((group, at) => {
        const spans = spansOf(group.map(({ bytes }) => bytes));
        return group.map(({ key }, place) => [key, [at, ...spans[place]!] as const]);
      }),
    ),
  };
  return Buffer.concat([Buffer.from(`${JSON.stringify(index)}\n`), ...parts]);
}

interface Block {
  readonly key: string;
  readonly bytes: Uint8Array;
}

/** Samples in the order of the events, those together that are compressed together. */
function sectionsOf(blocks: readonly Block[]): Block[][] {
  const sections: Block[][] = [];
  let size = 0;
  for (const block of blocks) {
    const last = sections.at(-1);
    size += block.bytes.length;
    if (last && size <= maxSection) last.push(block);
    else {
      sections.push([block]);
      size = block.bytes.length;
    }
  }
  return sections;
}

/** Where parts stand one after the other. */
function spansOf(parts: readonly Uint8Array[]): StoredSpan[] {
  let start = 0;
  return parts.map(({ length }) => {
    start += length;
    return [start - length, length];
  });
}

/** Returns what the build finds out about a sample, a line of JSON, and its body. */
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
