import type { RunWarning } from '../core/run.js';
import { closeKeptConnections } from './keptConnections.js';

/**
 * Closes the connections that `send` keeps open for its next call. It is rarely needed: idle ones close by themselves after two seconds at
 * most and never keep the process alive. What is in progress ends as broken or unreachable; a later `send` opens new connections. Gives back
 * what was odd on the wire after the last results, such as bytes that nobody asked for, each with the id of its delivery.
 */
export function close(): readonly RunWarning[] {
  return closeKeptConnections();
}
