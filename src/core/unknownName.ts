import { type ErrorFacts, UsageError } from './errors.js';
import { nearest, suggest } from './nearest.js';

interface UnknownName {
  readonly name: string;
  /** The names that there are. */
  readonly known: readonly string[];
  /** The hint where there is no name at all. */
  readonly otherwise?: string;
  /** What follows the nearest names. */
  readonly more?: string;
  readonly facts?: ErrorFacts;
}

/** The error for a name that there is none of; `problem` is the sentence that says so, and the nearest names follow it. */
export function unknownName(
  code: string,
  problem: string,
  { name, known, otherwise = '', more = '', facts }: UnknownName,
): UsageError {
  const first = known.length > 0 ? suggest(name, known) : otherwise;
  const hint = [first, more].filter((part) => part !== '').join(' ');
  return new UsageError(code, problem, { hint, facts: { ...facts, value: name, nearest: nearest(name, known) } });
}
