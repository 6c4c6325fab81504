import { dirname } from 'node:path';
import type { Provider } from '../core/provider.js';
import type { Clock } from '../core/world.js';
import { catalogueNames, isShippedName } from '../providers/catalogue.js';
import type { BrokenProvider } from '../providers/findProvider.js';
import type { Config } from './config.js';
import type { OwnProvider, OwnProviders } from './loadProviders.js';
import { readConfig } from './read.js';
import { configSchema } from './schema/schema.js';
import { validate } from './validate.js';

/** A valid config, and the providers of its own. */
export interface LoadedConfig {
  readonly config: Config;
  /** Its own; one of them takes the place of one that ships under its name. */
  readonly own: readonly Provider[];
  /** Its own that can't be used. */
  readonly broken: readonly BrokenProvider[];
  /** Its own that are named as one that ships. */
  readonly replacing: readonly OwnProvider[];
}

/** Reads and checks a config file; in a file of its own, since it imports everything that this needs. */
export async function loadConfig(path: string, shown: string, cwd: string, clock: Clock): Promise<LoadedConfig> {
  const document = await readConfig(path, shown);
  const written = (document.data as { providers?: unknown } | null)?.providers;
  let loaded: OwnProviders = { own: [], broken: [] };
  if (written !== undefined) {
    const { loadProviders } = await import('./loadProviders.js');
    loaded = await loadProviders(written, { folder: dirname(path), shown, cwd }, clock);
  }
  const { own, broken } = loaded;
  const taken = new Set([...own.map(({ provider }) => provider.name), ...broken.map(({ name }) => name)]);
  // The name of a description that can't be read is unknown.
  const names = broken.every(({ isNamed }) => isNamed) ? [...taken, ...catalogueNames()] : null;
  return {
    config: await validate(configSchema(names && [...new Set(names)]), document, shown),
    own: own.map(({ provider }) => provider),
    broken,
    replacing: own.filter(({ provider }) => isShippedName(provider.name)),
  };
}
