import { UsageError, WebhookSimError } from '../core/errors.js';
import { exitCodes } from './exitCode.js';
import type { Io } from './io.js';
import { runProgram } from './program.js';

/** Runs one command line (without node and script) and resolves with its exit code; never throws. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await runProgram(argv, io);
  } catch (error) {
    if (error instanceof UsageError) {
      io.stderr.write(`webhook-sim: ${error.message}\n`);
      return exitCodes.usage;
    }
    const known = error instanceof WebhookSimError;
    const detail = known || !(error instanceof Error) ? String(error) : (error.stack ?? error.message);
    io.stderr.write(`webhook-sim: this is a bug in webhook-sim, please report it.\n${detail}\n`);
    return exitCodes.bug;
  }
}
