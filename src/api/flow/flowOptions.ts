import type { FlowDelivered, FlowOrder, FlowState, TellableFlowEvent } from '../../core/flow.js';
import type { HandshakeEnded } from '../../core/handshake.js';
import type { RunEnded } from '../../core/run.js';
import type { ConnectionOptions, MakingOptions, ProjectOptions, WaitingOptions } from '../project/callOptions.js';
import type { DestinationOptions } from '../project/destinationOptions.js';
import type { AnyProvider } from '../providers.js';

/** Which flow is sent, where, and what goes wrong with it. */
export interface FlowOptions<P extends AnyProvider>
  extends MakingOptions,
    WaitingOptions,
    ConnectionOptions,
    DestinationOptions,
    ProjectOptions {
  /** Whose flow: a provider's name, or one of your own. Without it, `flow` is one of the config. */
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
  /** How many times each event is delivered; 1 by default. */
  readonly duplicate?: number;
  /** Deliveries under way at once; 1 by default. */
  readonly concurrency?: number;
  /** Pace of the story: `1x`, `600x`, or `instant` (the default). */
  readonly speed?: string;
  /** What shows the receiver's state after the flow: a URL, or a command whose output is read. */
  readonly probe?: string;
  /** Sends it in each order, with duplicates and at once; the states that `probe` shows have to be the same. */
  readonly orders?: boolean;
  /** The provider's handshakes first; where one fails, nothing more is sent. */
  readonly handshake?: boolean;
  /** A port of 127.0.0.1 on which the public keys are served meanwhile; 0 for any free one. */
  readonly serveKeys?: number;
  /** Keeps what is sent in the project's delivery log; nothing is kept by default. */
  readonly log?: boolean;
}

/** What flows came to. */
export interface FlowResult {
  /** True where everything was as it had to be. */
  readonly ok: boolean;
  /** What the command line would end with: 0, 1, 3 or 4. */
  readonly exitCode: number;
  /** What came before the first event, where that was asked for. */
  readonly handshakes: readonly HandshakeEnded[];
  readonly deliveries: readonly FlowDelivered[];
  /** What the probe saw after each flow. */
  readonly states: readonly FlowState[];
  /** The sums of each flow. */
  readonly summaries: readonly RunEnded[];
  /** All that happened in the flows, in order: also orderings, and why a flow stopped. */
  readonly events: readonly TellableFlowEvent[];
  readonly interrupted: boolean;
  /** What is odd about the options, or was on the way. */
  readonly notes: readonly string[];
}
