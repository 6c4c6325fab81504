import type { Provider } from '../core/provider.js';
import { writeJson } from '../json/dialect.js';
import { parseJson } from '../json/parse.js';
import { compilePayload, type Hole } from './compiled.js';
import { readEvent } from './readEvent.js';
import { findIdentityGroup } from './renewal.js';
import { sampleFile, sampleNames } from './sampleName.js';
import type { StoredEntry } from './stored.js';

/** Makes the store of a provider's samples, for the build; `read` gives the text of a sample's file. */
export function makeStore(provider: Provider, read: (file: string) => string): Uint8Array {
  const entries: Record<string, StoredEntry> = {};
  const bodies: Uint8Array[] = [];
  let start = 0;
  for (const name of sampleNames(provider)) {
    const file = sampleFile(name);
    const sample = parseJson(read(file));
    const identityGroup = findIdentityGroup(provider.identities, name.event);
    const { dialect } = provider;
    const bytes = Buffer.from(writeJson(sample, dialect));
    const { holes, eventTime } = compilePayload({ sample, bytes, identityGroup, fresh: 'all', dialect });
    const stored = holes.map(({ replacement, offsets }: Hole) => {
      const { literal } = replacement;
      const what = replacement.type === 'time' ? replacement.kind : identityGroup!.ids.indexOf(replacement.identity);
      return [literal, what, offsets] as const;
    });
    entries[file] = { start, length: bytes.length, told: readEvent(provider, sample), eventTime, holes: stored };
    bodies.push(bytes);
    start += bytes.length;
  }
  return Buffer.concat([Buffer.from(`${JSON.stringify(entries)}\n`), ...bodies]);
}
