import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let found: string | undefined;

/** The folder in which the build keeps the providers that ship: next to the bundle, or in `dist` of a source tree. */
export function catalogueFolder(): string {
  found ??= findFolder();
  return found;
}

function findFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  const beside = join(folder, 'catalogue');
  if (existsSync(join(beside, 'index.json'))) return beside;
  while (!existsSync(join(folder, 'dist/catalogue/index.json'))) {
    if (dirname(folder) === folder) {
      throw new Error('The catalogue of webhook-sim is missing. Install the package again; in a clone, run npm ci.');
    }
    folder = dirname(folder);
  }
  return join(folder, 'dist/catalogue');
}
