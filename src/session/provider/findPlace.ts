import { readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { addProvider } from '../../authoring/scaffold/addProvider.js';
import { draftConfig } from '../../authoring/scaffold/draft.js';
import { findConfig } from '../../config/find.js';
import { findProviders, type ProviderSource } from '../../config/findProviders.js';
import { readConfig, statIfAny } from '../../config/read.js';
import { UsageError } from '../../core/errors.js';
import { shownPath } from '../../core/printable.js';
import { exampleUrl } from '../../core/target.js';
import type { World } from '../../core/world.js';

/** The project that a new provider comes into. */
export interface ConfigPlace {
  /** The config; null where there is none. */
  readonly path: string | null;
  /** The folder of the config, or the working folder. */
  readonly folder: string;
  /** The folder of the providers. */
  readonly providers: string;
  /** Folders whose subfolders the config takes as providers. */
  readonly covered: readonly string[];
  /** Names of the providers that are there, each with where it is described. */
  readonly named: ReadonlyMap<string, string>;
}

const defaultFolder = 'webhooks';

/** Finds the config and its providers. Throws a UsageError for a config that can't be read. */
export async function findPlace(options: { readonly config?: string }, io: Pick<World, 'cwd'>): Promise<ConfigPlace> {
  const path = options.config === undefined ? findConfig(io.cwd) : resolve(io.cwd, options.config);
  const folder = path === null ? io.cwd : dirname(path);
  if (path === null) {
    return { path, folder, providers: join(folder, defaultFolder), covered: [], named: new Map() };
  }
  const shown = shownPath(path, io.cwd);
  const { providers } = ((await readConfig(path, shown)).data ?? {}) as { providers?: unknown };
  const found = providers === undefined ? [] : findProviders(providers, { folder, shown, cwd: io.cwd });
  const sources = found.filter((each) => 'read' in each);
  const names = await Promise.all(sources.map(async (source) => [await describedName(source), source.shown] as const));
  const folders = [providers].flat().flatMap((item) => (typeof item === 'string' ? resolve(folder, item) : []));
  const described = sources.flatMap((source) => source.folder ?? []);
  // A folder that is itself a description takes no others.
  const covered = folders.filter((each) => isFolder(each) && !described.includes(each));
  return { path, folder, providers: covered[0] ?? join(folder, defaultFolder), covered, named: new Map(names) };
}

/** The change to the config for a provider in a folder. */
export interface ChangedConfig {
  readonly path: string;
  /** Null where it stays as it is. */
  readonly text: string | null;
  /** Text that only the config's author can add; null for none. */
  readonly toAdd: string | null;
}

/** Returns the config that names the provider in a folder: changed, new, or unchanged where it includes it already. */
export async function changedConfig(place: ConfigPlace, folder: string, name: string): Promise<ChangedConfig> {
  const entry = relative(place.folder, folder).replaceAll('\\', '/');
  if (place.path === null) {
    const own = basename(folder) === name && dirname(entry) !== '.' ? dirname(entry) : entry;
    const path = join(place.folder, 'webhook-sim.config.yaml');
    return { path, text: draftConfig({ format: 'yaml', target: exampleUrl, providers: [], own }), toAdd: null };
  }
  const { path } = place;
  if (place.covered.includes(dirname(folder)) || place.named.has(name)) return { path, text: null, toAdd: null };
  const text = await addProvider(path, readFileSync(path, 'utf8'), entry);
  return { path, text, toAdd: text === null ? `providers: ['${entry}']` : null };
}

function isFolder(path: string): boolean {
  return statIfAny(path)?.isDirectory() === true;
}

/** Returns the name in a description; one that can't be read is called as its folder. */
export async function describedName(source: ProviderSource): Promise<string> {
  const fallback = source.folder === null ? source.shown : basename(source.folder);
  try {
    const { name } = ((await source.read()).data ?? {}) as { name?: unknown };
    return typeof name === 'string' && name !== '' ? name : fallback;
  } catch (error) {
    if (error instanceof UsageError) return fallback;
    throw error;
  }
}
