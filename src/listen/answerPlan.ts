import { UsageError } from '../core/errors.js';
import type { AnswerStep } from '../core/listened.js';

const maxSteps = 1000;

/** Reads a script of answers such as `500,timeout,200` or `500x3,reset,200`. Throws a UsageError that names the step. */
export function parseAnswerScript(text: string, what: string): AnswerStep[] {
  const steps = text.split(',').flatMap((part) => readStep(part.trim(), what));
  if (steps.length <= maxSteps) return steps;
  throw new UsageError('BAD_SCRIPT', `${what} has ${steps.length} answers; ${maxSteps} are the most.`);
}

function readStep(text: string, what: string): AnswerStep[] {
  const [, word = '', times = '1'] = /^(\d{3}|timeout|reset)(?:x(\d{1,4}))?$/.exec(text) ?? [];
  if (word === '' || Number(times) < 1) {
    throw new UsageError(
      'BAD_SCRIPT',
      `${what}: "${text}" is no answer. Write statuses, timeout or reset, such as 500,timeout,200 or 500x3,200.`,
    );
  }
  const step: AnswerStep = word === 'timeout' || word === 'reset' ? { is: word } : statusStep(Number(word), what);
  return Array.from({ length: Number(times) }, () => step);
}

function statusStep(status: number, what: string): AnswerStep {
  return { is: 'status', status: assertStatus(status, what) };
}

/** Throws a UsageError for what no complete answer has as its status. */
export function assertStatus(status: number, what: string): number {
  if (status >= 200 && status <= 599) return status;
  throw new UsageError('BAD_STATUS', `${what}: ${status} is no status of an answer. Write one from 200 to 599.`);
}

/** The answers of a listener, one after the other: those of the script, then always the same. */
export class AnswerPlan {
  private next = 0;

  constructor(
    private readonly script: readonly AnswerStep[],
    /** Null where what comes decides. */
    private readonly always: AnswerStep | null,
  ) {}

  /** Returns the answer to the next request; null where that depends on the request. */
  take(): AnswerStep | null {
    const step = this.script[this.next];
    if (step === undefined) return this.always;
    this.next++;
    return step;
  }
}
