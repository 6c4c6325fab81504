import { formatDuration } from '../core/duration.js';
import { UsageError } from '../core/errors.js';
import { excerpt } from '../core/printable.js';
import { withoutPadding } from '../core/withoutPadding.js';

/** One call of a function of a description. */
export interface FunctionCall {
  readonly call: () => unknown;
  /** The owner of the function, for errors: `Acme: the function of its signature proof`. */
  readonly what: string;
  /** Secrets, which no error may show. */
  readonly hidden: readonly string[];
}

/** Thrown where a function throws, or returns anything but a text for a signature. */
export class FunctionError extends UsageError {}

/** The place of a function's text: a body takes characters that a header can't hold. */
export type FunctionPlace = 'header' | 'body';

/** Returns the text of a function. Rejects with a FunctionError, without a secret in it, for a result that is no signature. */
export async function callFunction(call: FunctionCall, place: FunctionPlace = 'header'): Promise<string> {
  const given = await awaitFunction(call);
  const problem = problemWith(given, place);
  if (problem === null) return given as string;
  throw new FunctionError('FUNCTION_FAILED', `${call.what} ${problem}`);
}

/** Whatever a function gives. Rejects with a FunctionError, without a secret in it, for one that throws or never ends. */
export async function awaitFunction(call: FunctionCall): Promise<unknown> {
  try {
    return await withinLimit(call);
  } catch (error) {
    throw error instanceof FunctionError ? error : thrown(error, call);
  }
}

/** Milliseconds that a function that signs is waited for. */
export const functionLimitMs = 10_000;

function withinLimit({ call, what }: FunctionCall): Promise<unknown> {
  const given = Promise.resolve(call());
  return new Promise((resolve, reject) => {
    const late = `${what} gave nothing within ${formatDuration(functionLimitMs)}. Does its promise ever settle?`;
    const timer = setTimeout(() => reject(new FunctionError('FUNCTION_FAILED', late)), functionLimitMs);
    given.finally(() => clearTimeout(timer)).then(resolve, reject);
  });
}

function problemWith(given: unknown, place: FunctionPlace): string | null {
  if (given instanceof Uint8Array) return "gives bytes. Let it return their text, such as .digest('hex').";
  if (typeof given !== 'string') {
    return `gives ${given === undefined ? 'nothing' : given === null ? 'null' : `what is no text (${typeof given})`}. Let it return the text of the signature.`;
  }
  if (given === '') return 'gives an empty text. Let it return the text of the signature.';
  if (place === 'body') return null;
  if (/[\u0000-\u001f\u007f-\u009f]/.test(given)) {
    return 'gives a text with a line break or another control character, which no header can hold. Take it out.';
  }
  return given === given.trim()
    ? null
    : 'gives a text with a space at its start or end, which HTTP takes off. Trim it.';
}

/** Keeps only the error's message, since the error may hold the secret anywhere. */
function thrown(error: unknown, { what, hidden }: FunctionCall): FunctionError {
  const words = error instanceof Error ? `${error.name}: ${error.message}` : typeof error === 'string' ? error : '';
  const safe = excerpt(withoutSecrets(words, hidden), 300);
  return new FunctionError(
    'FUNCTION_FAILED',
    `${what} threw an error${safe === '' ? '' : `: ${safe.replace(/\.$/, '')}`}.`,
  );
}

function withoutSecrets(text: string, hidden: readonly string[]): string {
  const forms = hidden.flatMap((secret) => {
    const bytes = Buffer.from(secret);
    const base64 = bytes.toString('base64');
    return [
      secret,
      JSON.stringify(secret).slice(1, -1),
      base64,
      withoutPadding(base64),
      bytes.toString('base64url'),
      bytes.toString('hex'),
    ];
  });
  return [...new Set(forms)]
    .filter((form) => form !== '')
    .sort((a, b) => b.length - a.length)
    .reduce((clean, form) => clean.replaceAll(form, '(secret)'), text);
}
