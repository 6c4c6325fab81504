import type { FirstHandshakes } from './handshake.js';
import type { DestinationBody } from './send.js';

/** A flow, of the catalogue or of the project. */
export interface FlowRow {
  readonly provider: string;
  readonly name: string;
  readonly title: string;
  readonly isOwn: boolean;
  readonly steps: readonly {
    /** From 1. */
    readonly step: number;
    readonly provider: string;
    readonly event: string;
    readonly eventTitle: string;
    readonly variant: string | null;
    /** Milliseconds since the first event, on the provider's clock. */
    readonly offsetMs: number;
    /** Whether it uses a value of an earlier answer, so that the order can't change. */
    readonly needsOrder: boolean;
  }[];
}

/** The flows of a provider, by name. */
export interface FlowGroup {
  readonly provider: string;
  readonly title: string;
  readonly flows: readonly { readonly name: string; readonly title: string; readonly steps: number }[];
}

export interface FlowList {
  /** The flows of the requested provider, or of the project. */
  readonly flows: readonly FlowRow[];
  /** The flows of all providers, if none was requested. */
  readonly others: readonly FlowGroup[];
}

export interface FlowRequestBody extends DestinationBody, FirstHandshakes {
  readonly provider: string;
  readonly flow: string;
  /** The steps to deliver, in order: a missing step is lost, a repeated one is delivered twice. By default all in their order. */
  readonly arrangement?: readonly {
    readonly step: number;
    /** Milliseconds since the flow's first event, on the provider's clock; never less than the one before. */
    readonly atMs: number;
  }[];
  /** `1x`, `600x`, `instant` (default). */
  readonly speed?: string;
  readonly seed?: number;
}
