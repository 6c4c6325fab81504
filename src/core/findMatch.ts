import { createContext, Script } from 'node:vm';
import { UsageError } from './errors.js';

/** Milliseconds that a pattern may take on one text, which is the receiver's: some patterns need years on some texts. */
const limitMs = 500;

export const tooSlowReason = 'takes too long on it';

const script = new Script('pattern.exec(text)');
let place: { pattern: RegExp | null; text: string } | undefined;

/** Finds the first match of a pattern in a text; null where there is none, `tooSlowReason` where the search takes too long. */
export function findMatch(pattern: RegExp, text: string): RegExpExecArray | null | typeof tooSlowReason {
  place ??= createContext({ pattern: null, text: '' }) as NonNullable<typeof place>;
  Object.assign(place, { pattern, text });
  try {
    return script.runInContext(place, { timeout: limitMs }) as RegExpExecArray | null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return tooSlowReason;
    throw error;
  } finally {
    Object.assign(place, { pattern: null, text: '' });
  }
}

/** Reads the source of a regular expression. Throws a UsageError for a bad one; `what` names its place. */
export function readPattern(source: string, what: string): RegExp {
  try {
    return new RegExp(source, 'u');
  } catch (cause) {
    throw new UsageError('BAD_PATTERN', `${what}: ${(cause as Error).message}.`, { cause });
  }
}
