import type { CaseEnded, CheckEnded } from '../../core/check.js';
import { asLine, attemptLine, requestLine, warningLine } from '../shared/jsonLines.js';
import type { Writer } from '../shared/reporter.js';
import type { CheckReporter } from './checkReporter.js';

const schemaVersion = 1;

/** One JSON object per case of a check and one for the summary, each on its line. */
export function checkLines(write: Writer): CheckReporter {
  return {
    event(event) {
      if (event.type === 'case') write(`${asLine(caseLine(event))}\n`);
      else write(`${asLine(event.type === 'warning' ? warningLine(event) : checkSummaryLine(event))}\n`);
    },
  };
}

/** What JSON tells of a case of a check. */
export function caseLine({ type, deliveries, ...told }: CaseEnded): object {
  return {
    schemaVersion,
    type,
    ...told,
    requests: deliveries.map(({ delivery }) => requestLine(delivery)),
    attempts: deliveries.flatMap(({ attempts }) => attempts.map(attemptLine)),
  };
}

/** What JSON tells of a whole check. */
export function checkSummaryLine({ type, ...told }: CheckEnded): object {
  return { schemaVersion, type, ...told };
}
