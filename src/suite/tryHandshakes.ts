import type { HandshakeEnded } from '../core/handshake.js';
import { type ShakingOptions, sendHandshakes } from '../handshake/sendHandshakes.js';
import type { ItemResult, TriedItem, UnitContext } from './unit.js';

export interface HandshakeTrial extends ShakingOptions, Pick<UnitContext, 'onDelivery'> {
  /** One for each of the handshakes, in order. */
  readonly items: readonly TriedItem[];
}

/** Sends handshakes as items of a case. */
export async function* tryHandshakes({
  items,
  onDelivery,
  ...options
}: HandshakeTrial): AsyncGenerator<ItemResult, void> {
  const waiting = [...items];
  for await (const shaken of sendHandshakes(options)) {
    const item = waiting.shift()!;
    onDelivery(shaken.ended, item);
    yield handshakeResult(item, shaken);
  }
}

function handshakeResult(item: TriedItem, { ended, problem }: HandshakeEnded): ItemResult {
  return {
    item,
    failures: problem === null ? [] : [{ expectation: 'handshake', message: problem }],
    deliveries: [ended],
    more: 0,
    outcome: ended.outcome,
    startedAt: Date.parse(ended.attempts[0]!.startedAt),
    check: null,
    captured: {},
  };
}
