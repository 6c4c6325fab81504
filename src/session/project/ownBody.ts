import type { World } from '../../core/world.js';
import type { SendValues } from '../../options/send.js';
import type { OwnBody } from '../../payloads/prepare.js';
import { readNamedInput } from './readInput.js';

/** Reads the body that `data` or `raw` names; undefined where neither is given. */
export async function readOwnBody(
  { data, raw, nameOf }: Pick<SendValues, 'data' | 'raw' | 'nameOf'>,
  io: World,
): Promise<OwnBody | undefined> {
  const path = data ?? raw;
  if (path === undefined) return undefined;
  const source = path === '-' ? 'Standard input' : `${nameOf(data === undefined ? 'raw' : 'data')} ${path}`;
  return {
    bytes: await readNamedInput(path, { source, code: 'BAD_DATA' }, io),
    checked: data !== undefined,
    source,
    rawName: nameOf('raw'),
  };
}
