import type { RunWarning } from '../core/run.js';
import { closeKeptConnections } from './keptConnections.js';

/**
 * Closes the connections that `send` keeps open for its next call. It is rarely needed: idle ones close by themselves after two seconds at most and
 * never keep the process alive. Deliveries in progress end as broken or unreachable; a later `send` opens new connections. Returns the wire warnings
 * that came after the last results, such as unexpected bytes, each with the id of its delivery.
 */
export function close(): readonly RunWarning[] {
  return closeKeptConnections();
}
