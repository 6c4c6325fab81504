import { thrownAt, UsageError, WebhookSimError } from '../core/errors.js';
import { printable } from '../core/printable.js';
import { exitCodes } from './io/exitCode.js';
import type { ErrorStyle, Io } from './io/io.js';
import { withPastableHints } from './io/pastable.js';
import type { PrintableError } from './io/printError.js';
import { withWaitNotice } from './io/showWaiting.js';
import { runProgram } from './program.js';
import { PromptCancelled } from './prompts/ask.js';

/** The text about an unexpected error. */
const bugSentence = 'this is a bug in webhook-sim, please report it.';

/** Returns the report of an unexpected error. */
function bugReport(error: unknown): string {
  const known = error instanceof WebhookSimError;
  const detail = known || !(error instanceof Error) ? String(error) : (error.stack ?? error.message);
  return `webhook-sim: ${bugSentence}\n${detail}\n`;
}

/** Runs one command line (without node and script) and resolves with its exit code; never throws. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  Object.assign(io.errorStyle, readErrorStyle(argv));
  try {
    return await runProgram(argv, withWaitNotice(withPastableHints(io)));
  } catch (error) {
    if (error instanceof PromptCancelled) return exitCodes.sigint;
    const { printError } = await import('./io/printError.js');
    const isMisuse = error instanceof UsageError;
    if (isMisuse) printError({ ...factsOf(error), text: `webhook-sim: ${error.message}\n` }, io);
    else printError(buildBugError(error), io);
    return isMisuse ? exitCodes.usage : exitCodes.bug;
  }
}

function factsOf({ code, problem, hint, facts }: UsageError) {
  return { code, problem, hint, facts };
}

function buildBugError(error: unknown): PrintableError {
  const text = bugReport(error);
  return { code: 'BUG', problem: bugSentence, facts: { detail: text.slice(text.indexOf('\n') + 1).trimEnd() }, text };
}

/** Prints an error that nothing caught, and returns the exit code; `own` is the folder that this program runs from. */
export async function printUncaughtError(error: unknown, own: string, io: Io): Promise<number> {
  const { printError } = await import('./io/printError.js');
  const text = userErrorText(error, own);
  if (text === null) {
    printError(buildBugError(error), io);
    return exitCodes.bug;
  }
  printError({ code: 'SCRIPT_FAILED', problem: text.replace(/^webhook-sim: /, '').trimEnd(), text }, io);
  return exitCodes.usage;
}

/**
 * Returns the text about an error that a script of the user's threw late (in a timer, or a promise that nobody awaits), with its place; null for one
 * of our own. `own` is the folder that this program runs from.
 */
export function userErrorText(error: unknown, own: string): string | null {
  if (!(error instanceof Error)) return text(String(error), 'a script of yours');
  const at = thrownAt(error);
  if (at === null || at.file.startsWith(own)) return null;
  const place = [at.file, at.line, at.column].filter((part) => part !== null).join(':');
  return text(`${error.name}: ${error.message}`, place);
}

function text(what: string, place: string): string {
  return `webhook-sim: ${printable(place)} threw an error after it was loaded: ${printable(what)}\n`;
}

/**
 * Returns the style of errors by the arguments alone, so that it holds for errors of parsing, too; ignores all after `--`, which belongs to another
 * program.
 */
function readErrorStyle(argv: readonly string[]): ErrorStyle {
  const end = argv.indexOf('--');
  const own = end < 0 ? argv : argv.slice(0, end);
  return { json: own.includes('--json'), quiet: own.includes('-q') || own.includes('--quiet') };
}
