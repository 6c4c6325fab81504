import type { Outcome } from './attempt.js';
import type { Plain } from './plain.js';
import type { DeliveryEnded, RunEnded, RunWarning } from './run.js';

/** One event of a provider's flow. */
export interface FlowStep {
  readonly event: string;
  readonly variant?: string;
  /** Duration since the step before (`2h`); by default that between the samples' times, which is nothing where they hold no time of the event. */
  readonly after?: string;
  /** Texts of the sample, each with the flow's own text that replaces it, so that all steps are about the same things. */
  readonly same?: { readonly [text: string]: string };
  /** Members that are not as in the sample, by path. Ids and times in them are those of the flow, and are renewed with it. */
  readonly set?: { readonly [path: string]: Plain };
}

/** A sequence of a provider's events about the same things; JSON-serialisable. */
export interface Flow {
  readonly name: string;
  readonly title: string;
  readonly steps: readonly FlowStep[];
}

export const flowOrders = ['natural', 'reversed', 'shuffled'] as const;

/** The order in which the events of a flow arrive. */
export type FlowOrder = (typeof flowOrders)[number];

/** The place of a value for later steps or cases: a path in the answer's JSON, or one of these. */
export type CaptureSpec =
  | string
  | { readonly json: string }
  | { readonly header: string }
  /** A regular expression on the answer's body; its first group, else all that it matches. */
  | { readonly matches: string }
  /** A path in the body that was sent. */
  | { readonly sent: string };

/** One step of a user's own flow. */
export interface OwnFlowStep {
  /** A provider and an event, as typed after `send`. */
  readonly send: string;
  readonly variant?: string;
  /** Duration since the step before. */
  readonly after?: string;
  /** By path. A text keeps the type of the value that it replaces, as `--set path=value` does, and may hold `${name}`; all else is set as it is. */
  readonly set?: { readonly [path: string]: Plain };
  readonly unset?: readonly string[];
  /** Values of the answer that later steps name as `${name}`. */
  readonly capture?: { readonly [name: string]: CaptureSpec };
}

/** A user's own flow, also across providers. */
export interface OwnFlow {
  readonly title?: string;
  readonly steps: readonly OwnFlowStep[];
}

/** A flow that begins. */
export interface FlowStarted {
  readonly type: 'flow';
  readonly name: string;
  readonly title: string;
  /** The providers that it is about, by name. */
  readonly providers: readonly string[];
  /** Of each step, milliseconds from the first event of the flow. */
  readonly offsetsMs: readonly number[];
}

/** The position of a delivery in its flow. */
export interface FlowPlace {
  /** The flow's name. */
  readonly flow: string;
  /** From 1, in the flow's natural order. */
  readonly step: number;
  /** From 1, one more for each time that it is delivered. */
  readonly copy: number;
  /** Milliseconds from the first event of the flow to this one, on the provider's clock. */
  readonly offsetMs: number;
}

/** A delivery of a flow that has ended. */
export interface FlowDelivered extends DeliveryEnded {
  readonly place: FlowPlace;
}

/** A flow that stopped: an earlier answer lacks a value that a step needs. */
export interface FlowStopped {
  readonly type: 'stopped';
  readonly flow: string;
  readonly step: number;
  /** One sentence; it may quote the receiver, so its text is hostile. */
  readonly message: string;
}

/** The result of a probe after a flow, or the reason why there is none. */
export interface FlowState {
  readonly type: 'state';
  readonly flow: string;
  /** Hostile text; null where there is none. */
  readonly json: string | null;
  /** Hostile text; null where there is a state. */
  readonly problem: string | null;
  /** The failure of the probe; null where it succeeded. */
  readonly failed: Outcome | null;
}

export type FlowEvent = FlowDelivered | FlowStopped | FlowState | RunEnded;

/** The maximum length of a state that an ordering shows, in characters. */
export const maxState = 4096;

/** A place in which two states differ, with both values as JSON; null for a missing one. Hostile text. */
export interface StateDifference {
  readonly path: string;
  readonly natural: string | null;
  readonly here: string | null;
}

/** An ordering of a flow's deliveries that has ended, with its effect on the receiver. */
export interface OrderingEnded {
  readonly type: 'ordering';
  readonly flow: string;
  /** `natural`, `again`, `reversed`, `shuffled 1`, `duplicated`, `replayed`, `raced`. */
  readonly ordering: string;
  /** In words, how the deliveries arrived. */
  readonly title: string;
  readonly sent: number;
  readonly accepted: number;
  /** The first one has the state that all others are compared with. */
  readonly state: 'first' | 'same' | 'different' | 'unknown';
  /** Of the natural order, the state before the first event, as JSON of at most 4,096 characters; else null. Hostile text. */
  readonly before: string | null;
  /** The state at the end, shortened in the same way; null where it is unknown. */
  readonly seen: string | null;
  /** The differences from the state after the natural order; at most 20. */
  readonly differences: readonly StateDifference[];
  /** The reason why the state is unknown or inconclusive; hostile text. */
  readonly problem: string | null;
}

/** The result of the orderings of a flow. */
export interface OrdersEnded {
  readonly type: 'orders';
  readonly flow: string;
  /** Whether all was accepted and the state was always the same. */
  readonly ok: boolean;
  /** Orderings that ended in another state. */
  readonly different: readonly string[];
  /** Paths that were not compared, for they differ between two equal runs. */
  readonly ignored: readonly string[];
  /** The reason why there is no verdict; hostile text. */
  readonly problem: string | null;
  /** The sums over all deliveries. */
  readonly run: RunEnded;
  /** Failures of probes; they decide the exit code as deliveries do. */
  readonly failedProbes: readonly Outcome[];
}

/** A delivery of one of a flow's orderings. */
export interface OrderingDelivered extends FlowDelivered {
  readonly ordering: string;
}

export type OrdersEvent = OrderingDelivered | OrderingEnded | OrdersEnded;

/** All events of flows. */
export type AnyFlowEvent = FlowStarted | FlowEvent | OrdersEvent | RunWarning;
