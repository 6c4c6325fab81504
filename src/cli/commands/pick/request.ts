import type { Io } from '../../io/io.js';
import { send } from '../send/send.js';
import { type Choice, flagsOf } from './choice.js';

/** A request as `send --dry-run --json` tells it. */
export interface ShownRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** The request that a choice makes, with its secrets masked; sends nothing. Throws a UsageError. */
export async function requestOf(choice: Choice, io: Io): Promise<ShownRequest> {
  let text = '';
  const stdout = {
    write: (more: string) => {
      text += more;
    },
    isTTY: false,
    columns: 80,
  };
  const listening = Object.create(io, { stdout: { value: stdout } }) as Io;
  const flags = { ...flagsOf(choice), dryRun: true as const, json: true, quiet: true };
  await send(choice.provider.name, [choice.event], flags, listening);
  const { url, request } = JSON.parse(text);
  const body = request.body === undefined ? Buffer.from(request.bodyBase64, 'base64') : Buffer.from(request.body);
  return { method: request.method, url, headers: request.headers, body };
}
