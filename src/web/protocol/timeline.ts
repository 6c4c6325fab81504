import type { Diagnosis } from '../../core/diagnosis.js';
import type { LogRow } from '../../core/logEntry.js';
import type { ShownAttempt } from './jobs.js';
import type { SecretChoice, ShownBody, ShownHeader } from './send.js';

/** A delivery of the log, sent or received, in a line. */
export type DeliveryRow = LogRow;

/** A page of the timeline, the newest first. */
export interface DeliveryList {
  readonly rows: readonly DeliveryRow[];
  /** The value of `before` for the next page; null for the last page. */
  readonly next: string | null;
  /** The number of matching deliveries, on all pages. */
  readonly total: number;
  /** Lines of the log that are torn or broken. */
  readonly broken: number;
}

export interface DeliveryDetails extends DeliveryRow {
  readonly publicUrl: string | null;
  readonly framing: 'length' | 'chunked';
  readonly headers: readonly ShownHeader[];
  readonly body: ShownBody;
  readonly results: readonly ShownAttempt[];
  /** The reason why it can't be sent again; null where it can. */
  readonly resendProblem: string | null;
  /** The command that sends it again. */
  readonly resendCommand: string;
}

export interface ResendRequestBody {
  /** Keys of deliveries, in the order in which they are sent; with `payload` only one. */
  readonly keys: readonly string[];
  /** As `DestinationBody.target`; where each went, if it is left out. */
  readonly target?: string;
  /** Signs them again; they go as they were where it is left out and nothing is edited. */
  readonly secret?: SecretChoice;
  /** The payload in place of its own, as JSON text; it is signed again. */
  readonly payload?: string;
}

export interface CurlCommand {
  readonly command: string;
  /** Values to fill in, or that are too old; a line each. */
  readonly notes: readonly string[];
}

export interface SuiteCaseRequest {
  /** The name of the case; one is made of its event where it is left out. */
  readonly name?: string;
  /** Adds it to a suite of `ProjectState.suites`, or to a new file of the project whose name ends in `.webhooks.yaml`; only shown where it is left out. */
  readonly saveTo?: string;
}

export interface WrittenCase {
  /** The case, as YAML of a suite. */
  readonly yaml: string;
  /** The file that it was written to; null for none. */
  readonly savedTo: string | null;
  /** The command that runs it. */
  readonly command: string | null;
}

export interface VerifyRequestBody {
  /** A captured request in any form that `verify` reads: HTTP text, curl, HAR, … */
  readonly text: string;
  /** Found out where it is left out. */
  readonly provider?: string;
  readonly secret?: SecretChoice;
}

/** A diagnosis of a signature, as in `verify --json`. */
export type ShownDiagnosis = Diagnosis;
