/** Results for folders from earlier builds, kept outside the package under the hash of their files and of the code that processed them. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder in which a build keeps what later ones may use; gone with the installed packages. */
export function cacheFolder(name) {
  const folder = join(dirname(import.meta.dirname), 'node_modules/.cache/webhook-sim-build', name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** The hash of the names and bytes of all files of a folder, and of some code. */
export function hashFolder(folder, code) {
  const hash = createHash('sha256').update(code);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of files.map((entry) => join(entry.parentPath, entry.name)).sort()) {
    const bytes = readFileSync(path);
    hash.update(`${path.slice(folder.length)}\n${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex').slice(0, 32);
}
