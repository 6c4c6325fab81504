import type { Provider } from '../../core/provider.js';
import type { Secret } from '../../core/secret.js';
import type { LogOptions } from '../../history/logDeliveries.js';
import type { Serving } from '../../session/keys/serveKeys.js';
import type { FirstRequest } from '../commands/handshake/runInitialHandshakes.js';
import type { Io } from '../io/io.js';
import type { ReportOptions } from '../reporting/openReport.js';
import type { StatusMessages } from './statusMessages.js';

/** Serves the public keys of a run where `--serve-keys` says so, with the signers that have some. Throws a UsageError. */
export async function serveRunKeys(
  port: number | undefined,
  signers: Iterable<readonly [Provider, readonly Secret[]]>,
  talk: StatusMessages,
): Promise<Serving | null> {
  if (port === undefined) return null;
  return (await import('../../session/keys/serveKeys.js')).serveKeys(port, signers, talk.say);
}

/** Sends the handshakes before the first delivery; resolves with the exit code where nothing may follow, else null. */
export async function sendFirstHandshakes(
  request: FirstRequest,
  options: ReportOptions & LogOptions,
  io: Io,
): Promise<number | null> {
  if (request.runs.every(({ handshakes }) => handshakes.length === 0)) return null;
  return (await import('../commands/handshake/runInitialHandshakes.js')).runInitialHandshakes(request, options, io);
}
