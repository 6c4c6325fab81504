import { extname, resolve } from 'node:path';
import { findConfig } from '../../../config/find.js';
import { readConfig } from '../../../config/read.js';

/** The place where a config is looked for: upward from a folder, unless a file is named. */
export interface PlainConfigPlace {
  readonly cwd: string;
  readonly file: string | undefined;
}

/** Returns the content of a config in YAML or JSON; null for none, and for one in JavaScript or TypeScript: reading it would run it. Throws. */
export async function readPlainConfig({
  cwd,
  file,
}: PlainConfigPlace): Promise<{ path: string; data: Record<string, unknown> } | null> {
  const path = file === undefined ? findConfig(cwd) : resolve(cwd, file);
  if (path === null || !['.json', '.yaml', '.yml'].includes(extname(path))) return null;
  return { path, data: (await readConfig(path, path)).data as Record<string, unknown> };
}
