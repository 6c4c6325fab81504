import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Whether the packages of this folder are there: `npm run test:official` installs them. */
export const areInstalled = existsSync(join(import.meta.dirname, 'node_modules'));

/** A package of this folder, which the compiler need not know. */
export function load<T>(name: string): Promise<T> {
  return import(name) as Promise<T>;
}
