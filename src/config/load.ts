import type { Config } from './config.js';
import { readConfig } from './read.js';
import { validateConfig } from './validate.js';

/** Reads and checks a config file; apart from the rest, for it loads all that this takes. */
export async function loadConfig(path: string, shown: string): Promise<Config> {
  return validateConfig(await readConfig(path, shown), shown);
}
