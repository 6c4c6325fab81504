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
    /** Whether it takes something from an earlier answer, so that the flow goes in its order only. */
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
  /** Those of the provider that was asked for, or the project's own. */
  readonly flows: readonly FlowRow[];
  /** Those of all providers, where none was asked for. */
  readonly others: readonly FlowGroup[];
}

export interface FlowRequestBody extends DestinationBody, FirstHandshakes {
  readonly provider: string;
  readonly flow: string;
  /** What is delivered, in this order: a step that is not here is lost, one that is here twice is delivered twice. All in their order where it is left out. */
  readonly arrangement?: readonly {
    readonly step: number;
    /** Milliseconds since the flow's first event, on the provider's clock; never less than the one before. */
    readonly atMs: number;
  }[];
  /** `1x`, `600x`, `instant` (default). */
  readonly speed?: string;
  readonly seed?: number;
}
