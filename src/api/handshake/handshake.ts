import type { AnyProvider } from '../providers.js';
import type { HandshakeOptions, HandshakeResult } from './performHandshake.js';

/**
 * Sends what a provider sends before its first event, such as a challenge, and tells whether the receiver answers each as it has to. A receiver
 * that fails is a value; rejects with a UsageError for whatever is wrong with the options.
 */
export async function handshake<const P extends AnyProvider>(options: HandshakeOptions<P>): Promise<HandshakeResult> {
  const { performHandshake } = await import('./performHandshake.js');
  return performHandshake(options);
}
