import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../core/errors.js';
import { shownPath } from '../core/printable.js';
import { type PlacedDocument, unreadable } from '../documents/document.js';
import { configEndings } from './find.js';
import { readDocument } from './read.js';

/** The place of the config that names providers. */
export interface ProvidersPlace {
  readonly folder: string;
  /** The config as people see it. */
  readonly shown: string;
  /** The folder from which paths are shown. */
  readonly cwd: string;
}

/** A description that a config names, not yet read. */
export interface ProviderSource {
  readonly read: () => Promise<PlacedDocument>;
  /** As people see it. */
  readonly shown: string;
  /** True where to read it runs it. */
  readonly isScript: boolean;
  /** The folder of its samples, unless it says another. */
  readonly samples: string;
  /** The file of its flows, next to its own; null where it is in the config. */
  readonly flows: string | null;
  /** The folder of its file; null where it is in the config. */
  readonly folder: string | null;
  /** The folder that paths in it begin at: that of its file, or of the config. */
  readonly base: string;
  /** The path of its file; for one in the config its name. */
  readonly path: string;
}

/** The folder of a provider's samples, next to its description. */
const samplesFolder = 'events';
const flowsFile = 'flows.yaml';
const beginning = 'Begin one with: webhook-sim provider new';

/** A place that a config names, and why there is no description in it. */
export interface MissingProvider {
  readonly path: string;
  readonly error: UsageError;
}

/** Finds the descriptions that a config names, and the places without one. Leaves keys that are no names to the config's schema. */
export function findProviders(written: unknown, place: ProvidersPlace): (ProviderSource | MissingProvider)[] {
  return (Array.isArray(written) ? written : [written]).flatMap((item, at) => findSources(item, at, place));
}

/** The descriptions that a config names. Throws a UsageError for a place that has none. */
export function requireProviders(written: unknown, place: ProvidersPlace): ProviderSource[] {
  return findProviders(written, place).map((found) => {
    if ('error' in found) throw found.error;
    return found;
  });
}

/** The description at a path: the file itself, or the one in a folder. Throws a UsageError. */
export function findDescription(path: string, cwd: string): ProviderSource {
  const shown = shownPath(path, cwd);
  const file = isFolder(path) ? descriptionIn(path, shown) : path;
  if (file === null) throw unreadable(shown, `holds no provider.yaml (or .json, .ts, …). ${beginning}`);
  return sourceFromFile(file, cwd);
}

function findSources(
  item: unknown,
  at: number,
  { folder, shown, cwd }: ProvidersPlace,
): (ProviderSource | MissingProvider)[] {
  if (typeof item === 'object' && item !== null) {
    const { name } = item as { name?: unknown };
    const read = async () => ({ data: item, locate: async () => null });
    const samples = join(folder, samplesFolder, String(name));
    return [
      {
        read,
        shown: `${shown}: providers[${at}]`,
        isScript: false,
        samples,
        flows: null,
        folder: null,
        base: folder,
        path: String(name),
      },
    ];
  }
  if (typeof item !== 'string' || item === '') return [];
  const path = resolve(folder, item);
  if (!existsSync(path)) {
    return [{ path, error: unreadable(shown, `providers: there is no ${shownPath(path, cwd)}.`) }];
  }
  if (!isFolder(path)) return [sourceAt(path, () => sourceFromFile(path, cwd))];
  const own = sourceIn(path, cwd);
  if (own !== null) return [own];
  const inner = readdirSync(path)
    .sort()
    .map((name) => join(path, name))
    .filter(isFolder)
    .flatMap((each) => sourceIn(each, cwd) ?? []);
  return inner.length > 0 ? inner : [{ path, error: missingDescription(shownPath(path, cwd)) }];
}

/** The description in a folder; null where there is none. */
function sourceIn(folder: string, cwd: string): ProviderSource | MissingProvider | null {
  return sourceAt(folder, () => {
    const file = descriptionIn(folder, shownPath(folder, cwd));
    return file === null ? null : sourceFromFile(file, cwd);
  });
}

function sourceAt<T>(path: string, find: () => T): T | MissingProvider {
  try {
    return find();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { path, error };
  }
}

function missingDescription(shown: string): UsageError {
  return unreadable(shown, `holds no provider.yaml (or .json, .ts, …), nor does a folder in it. ${beginning}`);
}

/** The description in a folder; null where there is none. Throws a UsageError where there are two. */
function descriptionIn(folder: string, shown: string): string | null {
  const files = configEndings.map((ending) => join(folder, `provider.${ending}`)).filter((file) => existsSync(file));
  if (files.length > 1) {
    throw unreadable(shown, `${files.map((file) => basename(file)).join(' and ')} are both there. Keep one.`);
  }
  return files[0] ?? null;
}

function sourceFromFile(path: string, cwd: string): ProviderSource {
  const shown = shownPath(path, cwd);
  const folder = dirname(path);
  return {
    read: () => readDocument(path, shown, `description of a provider. ${beginning}`),
    shown,
    isScript: /\.m?[jt]s$/.test(path),
    samples: join(folder, samplesFolder),
    flows: join(folder, flowsFile),
    folder,
    base: folder,
    path,
  };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
