import { UsageError } from '../../../core/errors.js';
import type { OwnBody } from '../../../payloads/prepare.js';
import type { Io } from '../../io/io.js';
import { readInput } from './readInput.js';

/** Reads the body that `--data` or `--raw` names; undefined where neither is given. */
export async function readOwnBody(flags: { data?: string; raw?: string }, io: Io): Promise<OwnBody | undefined> {
  if (flags.data !== undefined && flags.raw !== undefined) {
    throw new UsageError('CONFLICT', '--data and --raw are two bodies. Give one of them.');
  }
  const path = flags.data ?? flags.raw;
  if (path === undefined) return undefined;
  const flag = flags.data === undefined ? '--raw' : '--data';
  const source = path === '-' ? 'Standard input' : `${flag} ${path}`;
  return { bytes: await readBody(path, source, io), checked: flags.data !== undefined, source };
}

/** Reads a body; `source` names it in errors. */
export function readBody(path: string, source: string, io: Io): Promise<Uint8Array> {
  return readInput(path, io).catch((cause: Error) => {
    throw new UsageError('BAD_DATA', `${source}: ${cause.message}. Name a file, or - for standard input.`, { cause });
  });
}
