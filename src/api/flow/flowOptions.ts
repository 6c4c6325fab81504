import type { FlowDelivered, FlowOrder, FlowState, TellableFlowEvent } from '../../core/flow.js';
import type { HandshakeEnded } from '../../core/handshake.js';
import type { RunEnded } from '../../core/run.js';
import type {
  BesideOptions,
  CallResult,
  ConnectionOptions,
  LoadOptions,
  MakingOptions,
  ProjectOptions,
  WaitingOptions,
} from '../project/callOptions.js';
import type { DestinationOptions } from '../project/destinationOptions.js';
import type { AnyProvider } from '../providers.js';

/** Which flow is sent, where, and which faults are injected. */
export interface FlowOptions<P extends AnyProvider>
  extends MakingOptions,
    LoadOptions,
    BesideOptions,
    WaitingOptions,
    ConnectionOptions,
    DestinationOptions,
    ProjectOptions {
  /** Whose flow: a provider's name, or a custom one. Without it, `flow` is one of the config. */
  readonly provider?: P;
  /** The flow's name. */
  readonly flow?: string;
  /** Every flow of the provider, in place of one. */
  readonly all?: boolean;
  /** The order in which its events arrive; `natural` by default. */
  readonly order?: FlowOrder;
  /** Events that get lost. */
  readonly drop?: string | readonly string[];
  /** Each delivery is late by up to so much, on the provider's clock. */
  readonly jitter?: string | number;
  /** Pace of the flow: `1x`, `600x`, or `instant` (the default). */
  readonly speed?: string;
  /** What shows the receiver's state after the flow: a URL, or a command whose output is read. */
  readonly probe?: string;
  /** Sends it in each order, with duplicates and at once; the states that `probe` shows have to be the same. */
  readonly orders?: boolean;
  /** The provider's handshakes first; where one fails, nothing more is sent. */
  readonly handshake?: boolean;
}

/** What flows came to. */
export interface FlowResult extends CallResult {
  /** The handshakes before the first event, where they were asked for. */
  readonly handshakes: readonly HandshakeEnded[];
  readonly deliveries: readonly FlowDelivered[];
  /** What the probe saw after each flow. */
  readonly states: readonly FlowState[];
  /** The sums of each flow. */
  readonly summaries: readonly RunEnded[];
  /** All that happened in the flows, in order: also orderings, and why a flow stopped. */
  readonly events: readonly TellableFlowEvent[];
  readonly interrupted: boolean;
}
