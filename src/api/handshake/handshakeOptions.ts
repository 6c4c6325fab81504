import type { HandshakeEnded, HandshakeEvent } from '../../core/handshake.js';
import type { RunEnded } from '../../core/run.js';
import type {
  BesideOptions,
  CallResult,
  ConnectionOptions,
  MakingOptions,
  ProjectOptions,
  ProviderOptions,
  WaitingOptions,
} from '../project/callOptions.js';
import type { DestinationOptions } from '../project/destinationOptions.js';
import type { AnyProvider } from '../providers.js';

/** Which handshakes are sent, and where. */
export interface HandshakeOptions<P extends AnyProvider>
  extends ProviderOptions<P>,
    MakingOptions,
    Pick<BesideOptions, 'serveKeys'>,
    WaitingOptions,
    ConnectionOptions,
    DestinationOptions,
    ProjectOptions {
  /** Which of its handshakes; by default all, in its order. */
  readonly names?: readonly string[];
}

/** What handshakes came to. */
export interface HandshakeResult extends CallResult {
  readonly handshakes: readonly HandshakeEnded[];
  readonly summary: RunEnded;
  /** All that happened, in order. */
  readonly events: readonly HandshakeEvent[];
}
