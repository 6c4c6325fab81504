import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Project } from '../config/project.js';
import type { World } from '../core/world.js';

const lookMs = 2000;

/** Calls when the config of a project, or its `.env` files, were changed, until it is closed. */
export function watchConfig(
  { file, folder }: Pick<Project, 'file' | 'folder'>,
  io: Pick<World, 'cwd'>,
  onChange: () => void,
): { close(): void } {
  if (file === null) return { close: () => {} };
  const paths = [resolve(io.cwd, file), join(folder, '.env'), join(folder, '.env.local')];
  let before = stampOf(paths);
  const timer = setInterval(() => {
    const now = stampOf(paths);
    if (now === before) return;
    before = now;
    onChange();
  }, lookMs).unref();
  return { close: () => clearInterval(timer) };
}

function stampOf(paths: readonly string[]): string {
  return paths.map((path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0).join();
}
