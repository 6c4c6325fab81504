import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../fixtures/tls');

/** The path of a test certificate or key, by the name of its file. */
export const pemPath = (name: string) => join(folder, `${name}.pem`);

export const pem = (name: string) => readFileSync(pemPath(name), 'utf8');

/** Returns a server's certificates by the names of their files, and the key of them all. */
export const identity = (...names: string[]) => ({ cert: names.map(pem).join(''), key: pem('key') });
