/** Writes the catalogue alone into dist/, for tests, which run the sources. */
import { renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeCatalogue } from './bundle.js';

const folder = join(dirname(import.meta.dirname), 'dist/catalogue');
const fresh = `${folder}-${process.pid}`;
await writeCatalogue(fresh);
rmSync(folder, { recursive: true, force: true });
renameSync(fresh, folder);
