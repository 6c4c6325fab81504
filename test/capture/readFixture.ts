import { readFileSync } from 'node:fs';

/** The bytes of a file that a real program wrote. */
export function readFixture(name: string): Buffer {
  return readFileSync(new URL(`fixtures/${name}`, import.meta.url));
}
