import { asLine } from '../shared/jsonLines.js';
import type { Writer } from '../shared/reporter.js';
import type { ContractReporter } from './contractTable.js';

/** One JSON object for each check of a provider and one for what they came to, each on its line. */
export function contractLines(write: Writer): ContractReporter {
  return {
    event(event) {
      write(`${asLine({ schemaVersion: 1, ...event })}\n`);
    },
  };
}
