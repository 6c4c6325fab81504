import type { ErrorFacts } from '../../core/errors.js';
import { asLine, errorLine } from '../../report/shared/jsonLines.js';
import type { Io } from './io.js';
import { pastable } from './pastable.js';

/** An error that ends a command. */
export interface PrintableError {
  readonly code: string;
  readonly problem: string;
  readonly hint?: string | null;
  readonly facts?: ErrorFacts;
  /** The text for stderr; empty where it was printed already. */
  readonly text: string;
}

/** Prints an error: as a line of JSON on stdout where that is wanted, and in words on stderr unless quiet. Masks secrets. */
export function printError({ code, problem, hint = null, facts = {}, text }: PrintableError, io: Io): void {
  const { json, quiet } = io.errorStyle;
  if (text !== '' && !(json && quiet)) io.stderr.write(pastable(io.secrets.inText(text), io));
  if (!json) return;
  const masked = <T>(value: T): T => maskTexts(value, (each) => io.secrets.inText(each)) as T;
  const line = errorLine(masked({ code, message: problem, hint: hint && pastable(hint, io), facts }));
  io.stdout.write(`${asLine(line)}\n`);
}

function maskTexts(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((item) => maskTexts(item, mask));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskTexts(item, mask)]));
}
