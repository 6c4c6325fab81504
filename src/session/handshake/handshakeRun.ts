import type { Provider } from '../../core/provider.js';
import type { Secret } from '../../core/secret.js';
import type { ReadyHandshake } from './prepareHandshakes.js';

/** The handshakes of one provider, and by what they go. */
export interface HandshakeRun {
  readonly provider: Provider;
  readonly handshakes: readonly ReadyHandshake[];
  readonly secrets: readonly Secret[];
  readonly timeLimitMs: number | null;
}
