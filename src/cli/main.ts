import { UsageError } from '../core/errors.js';
import { bugReport } from './io/bug.js';
import { exitCodes } from './io/exitCode.js';
import type { Io } from './io/io.js';
import { userErrorText } from './io/userError.js';
import { runProgram } from './program.js';

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

/** What is told of an error that nothing caught, and the code to exit with; `own` is the folder that this program runs from. */
export function reportLateError(error: unknown, own: string): { readonly text: string; readonly exitCode: number } {
  const text = userErrorText(error, own);
  return text === null ? { text: bugReport(error), exitCode: exitCodes.bug } : { text, exitCode: exitCodes.usage };
}
