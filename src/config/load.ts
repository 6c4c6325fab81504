import type { Config } from './config.js';
import { readConfig } from './read.js';
import { configSchema } from './schema.js';
import { validate } from './validate.js';

/** Reads and checks a config file; apart from the rest, for it loads all that this takes. */
export async function loadConfig(path: string, shown: string): Promise<Config> {
  return validate(configSchema, await readConfig(path, shown), shown);
}
