import { isAbsolute, relative } from 'node:path';

/** A file as people see it from a folder: the way to it, or the whole path where it lies outside. */
export function shownPath(file: string, cwd: string): string {
  const path = relative(cwd, file);
  return path === '' || path.startsWith('..') || isAbsolute(path) ? file : path;
}
