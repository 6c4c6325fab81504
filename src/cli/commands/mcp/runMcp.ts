import { UsageError } from '../../../core/errors.js';
import { openMcpServer } from '../../../mcp/openMcpServer.js';
import { mcpOptions } from '../../../options/mcp.js';
import { readOptions } from '../../../options/readOptions.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { flagName, type RawFlags } from '../../options/flags.js';

/** Runs `mcp` until its client disconnects or a signal arrives; resolves with the exit code. */
export async function runMcp(flags: RawFlags, io: Io): Promise<number> {
  const { config, allowRemote = false } = readOptions(mcpOptions, flags, flagName);
  const { interrupted } = io;
  if (io.standardStreams === undefined || io.stdinIsTTY) {
    throw new UsageError('NO_CLIENT', 'webhook-sim mcp speaks the Model Context Protocol, and a terminal does not.', {
      hint: 'Add it to the settings of your agent or editor; webhook-sim mcp --help has what to write.',
    });
  }
  const server = await openMcpServer({ config, allowRemote, ...io.standardStreams() }, io);
  try {
    await Promise.race([server.closed, aborted(interrupted)]);
  } finally {
    await server.close();
  }
  return interrupted.reason === 'SIGTERM' ? exitCodes.sigterm : exitCodes.ok;
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
