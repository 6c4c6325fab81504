import type { ChosenTarget } from '../../config/target.js';
import type { PreparedHandshake } from '../../handshake/handshake.js';
import type { ReadyHandshake } from './prepareHandshakes.js';

/** Makes handshakes one after the other, so that random numbers are drawn in one order. */
export async function* prepareInOrder(
  handshakes: readonly ReadyHandshake[],
  urlFor: ChosenTarget['urlFor'],
): AsyncGenerator<PreparedHandshake> {
  for (const { makeFor } of handshakes) yield await makeFor(urlFor);
}
