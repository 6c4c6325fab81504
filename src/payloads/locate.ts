import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let found: string | undefined;

/** The `payloads` folder of this package: beside `dist` when built, beside `src` in a clone. */
export function payloadFolder(): string {
  if (found) return found;
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'payloads')) || !existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('The payloads folder of webhook-sim is missing; install the package again.');
    folder = parent;
  }
  found = join(folder, 'payloads');
  return found;
}
