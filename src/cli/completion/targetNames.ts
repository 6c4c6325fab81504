import { basename, extname, resolve } from 'node:path';
import { findConfig } from '../../config/find.js';
import { readConfig } from '../../config/read.js';
import type { Candidate } from './candidate.js';

/** The targets that a config in YAML or JSON names. One in JavaScript or TypeScript is left alone: reading it would run it. */
export async function targetNames(cwd: string, file: string | undefined): Promise<Candidate[]> {
  try {
    const path = file === undefined ? findConfig(cwd) : resolve(cwd, file);
    if (path === null || !['.json', '.yaml', '.yml'].includes(extname(path))) return [];
    const { targets } = (await readConfig(path, path)).data as { targets?: unknown };
    if (typeof targets !== 'object' || targets === null || Array.isArray(targets)) return [];
    return Object.keys(targets).map((value) => ({ value, description: `target of ${basename(path)}` }));
  } catch {
    return [];
  }
}
