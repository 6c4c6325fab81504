import type { CheckCase } from './case.js';

/** How many deliveries a case sends. */
export function countDeliveries({ copies, sequence }: CheckCase): number {
  return sequence?.of.length ?? copies?.count ?? 1;
}

/** Whether a case sends the event as its provider does, so that an answer of 2xx to it can be no rejection. */
export function isUnchanged({
  body,
  wire,
  framing,
  forge,
  sequence,
  judges,
  isForeign,
  ageSeconds,
}: CheckCase): boolean {
  return ![body, wire, framing, forge, sequence, judges, isForeign, ageSeconds].some((each) => each !== undefined);
}
