import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Projects whose logs are kept, and the bytes of all of them together. */
const maxProjects = 100;
const maxLogBytes = 256 * 1024 * 1024;

/** Removes the logs of the projects that were sent from least recently, where there are too many; never `current`. */
export function dropOldProjects(all: string, current: string): void {
  const projects = readdirSync(all)
    .map((name) => join(all, name))
    .filter((path) => path !== current)
    .flatMap(sizeOf)
    .sort((a, b) => b.usedAtMs - a.usedAtMs);
  let count = 1;
  let total = 0;
  for (const { path, bytes } of projects) {
    total += bytes;
    if (++count > maxProjects || total > maxLogBytes) rmSync(path, { recursive: true, force: true });
  }
}

interface ProjectSize {
  readonly path: string;
  readonly bytes: number;
  readonly usedAtMs: number;
}

function sizeOf(path: string): ProjectSize[] {
  try {
    const files = readdirSync(path).map((name) => statSync(join(path, name)));
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    return [{ path, bytes, usedAtMs: Math.max(0, ...files.map(({ mtimeMs }) => mtimeMs)) }];
  } catch {
    // Another process removes it.
    return [];
  }
}
