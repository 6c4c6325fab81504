import { UsageError } from '../core/errors.js';
import { bugReport, bugSentence } from './io/bug.js';
import { exitCodes } from './io/exitCode.js';
import type { Io } from './io/io.js';
import { withWaitNotice } from './io/showWaiting.js';
import type { ToldError } from './io/tellError.js';
import { userErrorText } from './io/userError.js';
import { errorStyleOf } from './options/errorStyle.js';
import { runProgram } from './program.js';
import { Left } from './prompts/ask.js';

/** Runs one command line (without node and script) and resolves with its exit code; never throws. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  Object.assign(io.errorStyle, errorStyleOf(argv));
  try {
    return await runProgram(argv, withWaitNotice(io));
  } catch (error) {
    if (error instanceof Left) return exitCodes.sigint;
    const { tellError } = await import('./io/tellError.js');
    const isMisuse = error instanceof UsageError;
    if (isMisuse) tellError({ ...factsOf(error), text: `webhook-sim: ${error.message}\n` }, io);
    else tellError(bugOf(error), io);
    return isMisuse ? exitCodes.usage : exitCodes.bug;
  }
}

function factsOf({ code, problem, hint, facts }: UsageError) {
  return { code, problem, hint, facts };
}

function bugOf(error: unknown): ToldError {
  const text = bugReport(error);
  return { code: 'BUG', problem: bugSentence, facts: { detail: text.slice(text.indexOf('\n') + 1).trimEnd() }, text };
}

/** Tells an error that nothing caught, and returns the code to exit with; `own` is the folder that this program runs from. */
export async function tellLateError(error: unknown, own: string, io: Io): Promise<number> {
  const { tellError } = await import('./io/tellError.js');
  const text = userErrorText(error, own);
  if (text === null) {
    tellError(bugOf(error), io);
    return exitCodes.bug;
  }
  tellError({ code: 'SCRIPT_FAILED', problem: text.replace(/^webhook-sim: /, '').trimEnd(), text }, io);
  return exitCodes.usage;
}
