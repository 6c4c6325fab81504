import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import paths, { dirname, join, type PlatformPath } from 'node:path';
import type { World } from '../core/world.js';

/** The place of one project's delivery log. */
export interface LogFolder {
  /** The project's own folder. */
  readonly project: string;
  /** The user's home, without which nothing is kept; null where the state has a place of its own. */
  readonly home: string | null;
  /** Holds the logs of all projects. */
  readonly all: string;
  /** Holds this one's: `project.json`, `deliveries.jsonl` and the files that were `deliveries.jsonl` before it. */
  readonly path: string;
}

/** The file that is written to. */
export const currentFile = 'deliveries.jsonl';

/** The log of the project in a folder; null where the environment names no home. */
export function logFolder(project: string, io: Pick<World, 'env'>): LogFolder | null {
  const state = stateFolder(io);
  if (state === null) return null;
  const all = join(state.path, 'log');
  return {
    project,
    home: state.home,
    all,
    path: join(all, createHash('sha256').update(project).digest('hex').slice(0, 16)),
  };
}

const earlierFile = /^deliveries\.(\d{8})\.[0-9a-f]+\.jsonl$/;

/** The number of a file that was full; undefined for any other name. */
export function parseFileNumber(name: string): number | undefined {
  const number = earlierFile.exec(name)?.[1];
  return number === undefined ? undefined : Number(number);
}

/** The files of a log among the names in its folder, the oldest first. */
export function sortFiles(names: readonly string[]): string[] {
  const earlier = names.filter((name) => earlierFile.test(name)).sort();
  return names.includes(currentFile) ? [...earlier, currentFile] : earlier;
}

/** The folder for the state of the user's programs, by the XDG base directories. */
interface StateFolder {
  readonly path: string;
  /** The user's home, without which nothing is kept; null where the state has a place of its own. */
  readonly home: string | null;
}

/**
 * Returns the state folder; null where the environment names no home. On Windows it is below %LOCALAPPDATA%, which each shell has there and no other
 * system: only some have HOME, and all share one log.
 */
export function stateFolder(
  { env }: Pick<World, 'env'>,
  { isAbsolute, join }: Pick<PlatformPath, 'isAbsolute' | 'join'> = paths,
): StateFolder | null {
  const state = [env.XDG_STATE_HOME, env.LOCALAPPDATA].find((each) => each && isAbsolute(each));
  if (state) return { path: join(state, 'webhook-sim'), home: null };
  const home = [env.HOME, env.USERPROFILE].find((each) => each && isAbsolute(each));
  return home ? { path: join(home, '.local/state/webhook-sim'), home } : null;
}

/** Creates a folder and its missing parents. One by one: where a system allows no creation, as in /proc, Node's own recursive way never ends. */
export function createFolders(folder: string, mode?: number): void {
  if (existsSync(folder)) return;
  const above = dirname(folder);
  // A drive or a share of Windows may be missing, too.
  if (above !== folder) createFolders(above, mode);
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    // Another process has created it.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
