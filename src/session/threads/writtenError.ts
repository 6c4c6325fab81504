import { type ErrorFacts, UsageError, WebhookSimError } from '../../core/errors.js';

/** An error as plain data; one that is no error of use has no code. */
export interface WrittenError {
  readonly code: string | null;
  readonly problem: string;
  readonly hint: string;
  readonly facts: ErrorFacts;
  readonly stack: string;
}

/** Writes what was thrown as plain data. */
export function writeError(thrown: unknown): WrittenError {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const { stack = error.message } = error;
  if (!(error instanceof WebhookSimError)) return { code: null, problem: error.message, hint: '', facts: {}, stack };
  const { problem, hint, facts, code } = error;
  return { code, problem, hint: hint ?? '', facts, stack };
}

/** The error that `writeError` wrote. */
export function readError({ code, problem, hint, facts, stack }: WrittenError): Error {
  if (code !== null) return new UsageError(code, problem, { hint, facts });
  return Object.assign(new Error(problem), { stack });
}
