import type { Transport } from './transport.js';

/** A carrier of deliveries to their receiver; over the wire that is the transport. */
export type DeliveryTransport = Pick<Transport, 'send' | 'close'> &
  Partial<Pick<Transport, 'takeWarnings' | 'conclude' | 'warn'>>;
