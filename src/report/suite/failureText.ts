import { excerpt } from '../../core/printable.js';
import type { Failure } from '../../core/suite.js';

/** Characters of a failure that are reported. */
const limit = 1000;

/** A failure in one safe line. */
export function failureLine({ expectation, message }: Failure): string {
  return `${expectation}: ${excerpt(message, limit)}`;
}

/** What all failures say, in one safe line. */
export function failureSummary(failures: readonly Failure[]): string {
  return failures.map(({ message }) => excerpt(message, limit)).join('; ');
}
