import type { RunEvent } from '../../core/run.js';

/** Where a report writes; it never knows whether that is a terminal, a file or a test. */
export type Writer = (text: string) => void;

/** Turns the events of a run into text. */
export interface Reporter {
  event(event: RunEvent): void;
  /** Whether an event adds none of its own text, so that it may be told unmasked; absent where each may. */
  isSilentOn?(event: RunEvent): boolean;
}
