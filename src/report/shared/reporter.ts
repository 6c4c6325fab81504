import type { CheckEvent } from '../../core/check.js';
import type { ContractEvent } from '../../core/contract.js';
import type { AnyFlowEvent } from '../../core/flow.js';
import type { HandshakeEvent } from '../../core/handshake.js';
import type { RunEvent } from '../../core/run.js';
import type { SuiteEvent } from '../../core/suite.js';

/** The output of a report; it never knows whether that is a terminal, a file or a test. */
export type Writer = (text: string) => void;

/** All that is reported of runs, whatever they run. */
export type ReportEvent = RunEvent | HandshakeEvent | CheckEvent | AnyFlowEvent | SuiteEvent | ContractEvent;

/** Turns the events of a run into text: as they come, or a whole document with the summary, which is the last event. */
export interface Reporter {
  event(event: ReportEvent): void;
  /** Returns whether a report adds none of an event's own text, so that the event needs no masking; absent where any may need it. */
  isSilentOn?(event: ReportEvent): boolean;
}

/** The handlers of a report, by type of event. */
type EventHandlers = {
  readonly [Type in ReportEvent['type']]?: (event: Extract<ReportEvent, { readonly type: Type }>) => void;
};

/** A reporter that writes of the events that have a handler, and passes over all others. */
export function buildReporter(handlers: EventHandlers): Reporter {
  return { event: (event) => (handlers[event.type] as ((event: ReportEvent) => void) | undefined)?.(event) };
}

/** The look of a report for people. */
export interface TextStyle {
  readonly colour: boolean;
  /** True when the terminal shows characters beyond ASCII. */
  readonly unicode: boolean;
  /** Also show details for debugging: requests, phases, answers, advice. */
  readonly verbose: boolean;
  /** Columns of the terminal; null where there is none. */
  readonly columns: number | null;
}

/** Columns in which text is wrapped: those of the terminal, but no lines that are too long or too short to read. */
export function lineWidth({ columns }: Pick<TextStyle, 'columns'>, withoutTerminal: number): number {
  return columns === null ? withoutTerminal : Math.min(110, Math.max(60, columns));
}
