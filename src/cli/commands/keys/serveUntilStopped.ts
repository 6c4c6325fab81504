import { type ServedKeys, startKeyServer } from '../../../receiver/keyServer.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';

export interface ServeFlags {
  readonly port: number;
  readonly json?: boolean;
}

/** Serves keys until a signal comes; resolves with the exit code. */
export async function serveUntilStopped(served: readonly ServedKeys[], flags: ServeFlags, io: Io): Promise<number> {
  const server = await startKeyServer(served, flags.port);
  const { url, paths } = server;
  const text = flags.json
    ? JSON.stringify({ schemaVersion: 1, type: 'keys-served', url, paths })
    : paths.map((path) => url + path).join('\n');
  io.stdout.write(`${text}\n`);
  if (!io.interrupted.aborted) {
    await new Promise<void>((resolve) => io.interrupted.addEventListener('abort', () => resolve(), { once: true }));
  }
  await server.close();
  const { reason } = io.interrupted;
  return reason === 'SIGTERM' ? exitCodes.sigterm : reason === 'SIGINT' ? exitCodes.sigint : exitCodes.ok;
}
