import { basename, extname, resolve } from 'node:path';
import { findConfig } from '../../config/find.js';
import { readConfig } from '../../config/read.js';
import type { Candidate } from './candidate.js';

/** Where a config is looked for: upward from a folder, unless a file is named. */
export interface ConfigPlace {
  readonly cwd: string;
  readonly file: string | undefined;
}

/** The targets or suites that a config in YAML or JSON names. One in JavaScript or TypeScript is left alone: reading it would run it. */
export async function configNames(kind: 'target' | 'suite', { cwd, file }: ConfigPlace): Promise<Candidate[]> {
  try {
    const path = file === undefined ? findConfig(cwd) : resolve(cwd, file);
    if (path === null || !['.json', '.yaml', '.yml'].includes(extname(path))) return [];
    const named = ((await readConfig(path, path)).data as Record<string, unknown>)[`${kind}s`];
    if (typeof named !== 'object' || named === null || Array.isArray(named)) return [];
    return Object.keys(named).map((value) => ({ value, description: `${kind} of ${basename(path)}` }));
  } catch {
    return [];
  }
}
