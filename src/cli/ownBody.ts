import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../core/errors.js';
import type { OwnBody } from '../payloads/prepare.js';
import type { Io } from './io.js';

/** Reads the body that `--data` or `--raw` names; undefined where neither is given. */
export async function readOwnBody(flags: { data?: string; raw?: string }, io: Io): Promise<OwnBody | undefined> {
  if (flags.data !== undefined && flags.raw !== undefined) {
    throw new UsageError('CONFLICT', '--data and --raw are two bodies. Give one of them.');
  }
  const path = flags.data ?? flags.raw;
  if (path === undefined) return undefined;
  const flag = flags.data === undefined ? '--raw' : '--data';
  const source = path === '-' ? 'Standard input' : `${flag} ${path}`;
  const bytes = path === '-' ? await io.readStdin() : await readBody(resolve(io.cwd, path), source);
  return { bytes, checked: flags.data !== undefined, source };
}

async function readBody(path: string, source: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const reason =
      code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : `it can't be read (${code})`;
    throw new UsageError('BAD_DATA', `${source}: ${reason}. Name a file, or - for standard input.`, { cause });
  }
}
