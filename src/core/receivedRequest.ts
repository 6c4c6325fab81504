import type { Header } from './delivery.js';

/** A request as it arrived. */
export interface ReceivedRequest {
  readonly method: string;
  /** The address by which the provider knows the receiver. */
  readonly url: string;
  /** As they came, in order and letter case. */
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
  /** The name of the handshake that it was recognised as, which a function may sign in place of an event. */
  readonly handshake?: string;
}
