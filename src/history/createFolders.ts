import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it that are missing. One by one: where a system lets nobody make them, as in /proc, Node's own way to
 * make several never ends.
 */
export function createFolders(folder: string, mode?: number): void {
  if (existsSync(folder)) return;
  createFolders(dirname(folder), mode);
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    // Another process made it meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
