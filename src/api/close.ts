import { closeKept } from './keptConnections.js';

/**
 * Closes the connections that `send` keeps open for its next call. It is rarely needed: idle ones close by themselves after two seconds at
 * most and never keep the process alive. What is under way ends as broken or unreachable; a later `send` opens new connections.
 */
export function close(): void {
  closeKept();
}
