import type { TellableFlowEvent } from '../../core/flow.js';

/** What a report says of a flow before it begins. */
export interface FlowHead {
  readonly name: string;
  readonly title: string;
  /** The providers that it is about, by name. */
  readonly providers: readonly string[];
  readonly offsetsMs: readonly number[];
}

/** Turns what happens in flows into text. */
export interface FlowReporter {
  /** A flow begins. */
  start(flow: FlowHead): void;
  event(event: TellableFlowEvent): void;
}
