import type { DestinationBody } from './send.js';

/** Whose handshakes are sent, and where. */
export interface HandshakeRequestBody extends DestinationBody {
  readonly provider: string;
}
