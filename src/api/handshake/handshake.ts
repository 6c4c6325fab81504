import type { AnyProvider } from '../providers.js';
import type { HandshakeOptions, HandshakeResult } from './performHandshake.js';

/**
 * Sends the requests that a provider sends before its first event, such as a challenge, and checks the receiver's answer to each. A receiver that
 * fails is a value; rejects with a UsageError for wrong options.
 */
export async function handshake<const P extends AnyProvider>(options: HandshakeOptions<P>): Promise<HandshakeResult> {
  const { performHandshake } = await import('./performHandshake.js');
  return performHandshake(options);
}
