import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { decodeUtf16 } from '../core/decodeUtf16.js';
import { UsageError } from '../core/errors.js';
import { assertRegularFile } from '../core/regularFile.js';

/** Environment variables. */
export type Env = Readonly<Record<string, string | undefined>>;

/** An environment with the variables that files add. */
export interface FullEnv {
  readonly env: Env;
  /** The files that were read, weakest first. */
  readonly files: readonly string[];
  /** Returns the file of a variable; absent for one that was set before. */
  readonly fileOf: ReadonlyMap<string, string>;
}

/** The files next to a config, weakest first. */
const names = ['.env', '.env.local'];

/** Adds the variables of `.env` and `.env.local` in a folder to an environment; none that is set is overridden. */
export function withEnvFiles(env: Env, folder: string): FullEnv {
  const added: Record<string, string> = {};
  const fileOf = new Map<string, string>();
  const files: string[] = [];
  for (const name of names) {
    const text = read(join(folder, name));
    if (text === null) continue;
    files.push(name);
    for (const [variable, value] of Object.entries(parseEnv(text))) {
      if (env[variable] !== undefined || value === undefined) continue;
      added[variable] = value;
      fileOf.set(variable, name);
    }
  }
  return { env: files.length > 0 ? { ...env, ...added } : env, files, fileOf };
}

function read(path: string): string | null {
  try {
    assertRegularFile(path);
    // Editors and PowerShell of Windows begin files with a mark, or write UTF-16.
    const bytes = readFileSync(path);
    return decodeUtf16(bytes) ?? new TextDecoder().decode(bytes);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EISDIR') return null;
    throw new UsageError('BAD_ENV_FILE', `${path} can't be read (${code}).`, { cause });
  }
}
