import { dirname, resolve } from 'node:path';
import { shownPath } from '../core/printable.js';
import type { Provider } from '../core/provider.js';
import type { Clock } from '../core/world.js';
import type { BrokenProvider, ModeChoice } from '../providers/findProvider.js';
import type { Config } from './config.js';
import { type Env, type FullEnv, withEnvFiles } from './envFiles.js';
import { findConfig } from './find.js';
import type { OwnProvider } from './loadProviders.js';

/** A working folder with its config and environment. */
export interface Project extends FullEnv {
  /** The config's path as people see it; null where there is none, and `config` is empty. */
  readonly file: string | null;
  /** The folder that its paths start from. */
  readonly folder: string;
  readonly config: Config;
  /** The providers of the config, which come before those that ship. */
  readonly own: readonly Provider[];
  /** Those of the config that can't be used. */
  readonly broken: readonly BrokenProvider[];
  /** Those of the config that take the place of one that ships under their name. */
  readonly replacing: readonly OwnProvider[];
  /** The form of deliveries by provider, as the config has it. */
  readonly modes?: Readonly<Record<string, ModeChoice>>;
  /** The mode of the named provider, as an option gives it. */
  readonly mode?: ModeChoice | undefined;
}

/** The surroundings in which a project is looked for. */
export interface ProjectPlace {
  readonly cwd: string;
  readonly env: Env;
  readonly clock: Clock;
  /** The config that the user names; by default it is looked for upward from `cwd`. */
  readonly file?: string | undefined;
}

/** A project without a config. */
export function emptyProject(cwd: string, env: Env): Project {
  const providers = { own: [], broken: [], replacing: [] };
  return { file: null, folder: cwd, config: {}, ...providers, env, files: [], fileOf: new Map() };
}

/** Opens the project around a folder: finds its config, reads and checks it, and adds the variables of its `.env` files. Throws a UsageError. */
export async function openProject({ cwd, env, clock, file }: ProjectPlace): Promise<Project> {
  const path = file === undefined ? findConfig(cwd) : resolve(cwd, file);
  if (path === null) return emptyProject(cwd, env);
  const shown = shownPath(path, cwd);
  const { loadConfig } = await import('./load.js');
  const folder = dirname(path);
  const loaded = await loadConfig(path, shown, cwd, clock);
  const modes = Object.entries(loaded.config.modes ?? {}).map(
    ([name, mode]) => [name, { name: mode, source: `${shown}: modes.${name}` }] as const,
  );
  return { file: shown, folder, ...loaded, modes: Object.fromEntries(modes), ...withEnvFiles(env, folder) };
}
