import type { Config } from './config.js';

/** Returns a config as it is; for its types in a TypeScript or JavaScript file. */
export function defineConfig(config: Config): Config {
  return config;
}
