import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let found: string | undefined;

/** The `payloads` folder of a clone, somewhere above its sources. */
export function payloadFolder(): string {
  if (found) return found;
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'payloads')) || !existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('The samples of webhook-sim are missing; install the package again.');
    folder = parent;
  }
  found = join(folder, 'payloads');
  return found;
}

/** The file in which the build keeps the samples of a provider; in a source tree there is none. */
export function storeFile(provider: string): string {
  return fileURLToPath(new URL(`samples/${provider}`, import.meta.url));
}
