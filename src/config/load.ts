import { dirname } from 'node:path';
import type { Provider } from '../core/provider.js';
import { builtInProviders } from '../providers/registry.js';
import type { Config } from './config.js';
import { readConfig } from './read.js';
import { configSchema } from './schema.js';
import { validate } from './validate.js';

/** A config that fits, and all providers that it can name: those that ship, then its own. */
export interface LoadedConfig {
  readonly config: Config;
  readonly providers: readonly Provider[];
}

/** Reads and checks a config file; apart from the rest, for it loads all that this takes. */
export async function loadConfig(path: string, shown: string, cwd: string): Promise<LoadedConfig> {
  const document = await readConfig(path, shown);
  const written = (document.data as { providers?: unknown } | null)?.providers;
  let providers: readonly Provider[] = builtInProviders;
  if (written !== undefined) {
    const { loadProviders } = await import('./loadProviders.js');
    providers = [...builtInProviders, ...(await loadProviders(written, { folder: dirname(path), shown, cwd }))];
  }
  const names = providers.map(({ name }) => name);
  return { config: await validate(configSchema(names), document, shown), providers };
}
