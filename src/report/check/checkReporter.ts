import type { CheckEvent } from '../../core/check.js';

/** Turns the events of a check into text. */
export interface CheckReporter {
  event(event: CheckEvent): void;
}
