import type { SuiteEvent } from '../../core/suite.js';

/** Turns the results of suites into text: as they come, or a whole document with the summary, which is the last event. */
export interface SuiteReporter {
  event(event: SuiteEvent): void;
}
