import { UsageError } from '../core/errors.js';
import { bugReport } from './bug.js';
import { exitCodes } from './exitCode.js';
import type { Io } from './io.js';
import { runProgram } from './program.js';

export { bugReport };

/** Runs one command line (without node and script) and resolves with its exit code; never throws. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await runProgram(argv, io);
  } catch (error) {
    const isMisuse = error instanceof UsageError;
    io.stderr.write(io.secrets.inText(isMisuse ? `webhook-sim: ${error.message}\n` : bugReport(error)));
    return isMisuse ? exitCodes.usage : exitCodes.bug;
  }
}
