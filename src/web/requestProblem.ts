import { WebhookSimError } from '../core/errors.js';
import type { Problem } from './protocol.js';

interface ProblemDetails {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

/** A request that the server of the page does not carry out, with the status that it answers. */
export class RequestProblem extends Error {
  readonly code: string;
  readonly hint: string | null;

  constructor(
    readonly status: number,
    { code, message, hint }: ProblemDetails,
  ) {
    super(message);
    this.code = code;
    this.hint = hint ?? null;
  }
}

/** Returns the status and the body for an error; the details of an unexpected one are not shown. */
export function describeProblem(error: unknown): { readonly status: number; readonly problem: Problem } {
  if (error instanceof RequestProblem) {
    const { status, code, message, hint } = error;
    return { status, problem: { error: { code, message, hint, facts: {} } } };
  }
  if (error instanceof WebhookSimError) {
    const { code, problem, hint, facts } = error;
    const status = notFound.has(code) ? 404 : 400;
    return { status, problem: { error: { code, message: problem, hint, facts } } };
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { status: 500, problem: { error: { code: 'BUG', message, hint: 'Please report it.', facts: {} } } };
}

const notFound = new Set(['UNKNOWN_PROVIDER', 'UNKNOWN_EVENT', 'UNKNOWN_DELIVERY', 'UNKNOWN_VARIANT', 'UNKNOWN_FLOW']);
