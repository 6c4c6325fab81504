import type { HandshakeEnded, HandshakeEvent } from '../../core/handshake.js';
import type { RunEnded } from '../../core/run.js';
import type { ConnectionOptions, MakingOptions, ProjectOptions, WaitingOptions } from '../project/callOptions.js';
import type { DestinationOptions } from '../project/destinationOptions.js';
import type { AnyProvider } from '../providers.js';

/** Which handshakes are sent, and where. */
export interface HandshakeOptions<P extends AnyProvider>
  extends MakingOptions,
    WaitingOptions,
    ConnectionOptions,
    DestinationOptions,
    ProjectOptions {
  /** A provider's name, or one of your own. */
  readonly provider: P;
  /** Which of its handshakes; by default all, in its order. */
  readonly names?: readonly string[];
  /** A port of 127.0.0.1 on which the provider's public keys are served meanwhile; 0 for any free one. */
  readonly serveKeys?: number;
}

/** What handshakes came to. */
export interface HandshakeResult {
  /** True where every answer was the right one. */
  readonly ok: boolean;
  /** What the command line would end with: 0, 1, 3 or 4. */
  readonly exitCode: number;
  readonly handshakes: readonly HandshakeEnded[];
  readonly summary: RunEnded;
  /** All that happened, in order. */
  readonly events: readonly HandshakeEvent[];
  /** What is odd about the options, or was on the way. */
  readonly notes: readonly string[];
}
