import { UsageError } from '../../core/errors.js';
import type { World } from '../../core/world.js';
import type { SendValues } from '../../options/send.js';
import type { OwnBody } from '../../payloads/prepare.js';
import { readInput } from './readInput.js';

/** Reads the body that `data` or `raw` names; undefined where neither is given. */
export async function readOwnBody(
  { data, raw, nameOf }: Pick<SendValues, 'data' | 'raw' | 'nameOf'>,
  io: World,
): Promise<OwnBody | undefined> {
  const path = data ?? raw;
  if (path === undefined) return undefined;
  const source = path === '-' ? 'Standard input' : `${nameOf(data === undefined ? 'raw' : 'data')} ${path}`;
  return { bytes: await readBody(path, source, io), checked: data !== undefined, source, rawName: nameOf('raw') };
}

/** Reads a body; `source` names it in errors. */
export function readBody(path: string, source: string, io: World): Promise<Uint8Array> {
  return readInput(path, io).catch((cause: Error) => {
    throw new UsageError('BAD_DATA', `${source}: ${cause.message}. Name a file, or - for standard input.`, { cause });
  });
}
