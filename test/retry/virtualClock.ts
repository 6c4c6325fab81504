import type { Clock } from '../../src/core/world.js';

/** A clock whose time passes only while somebody sleeps; what was slept is kept in order. */
export interface VirtualClock extends Clock {
  readonly slept: number[];
}

export function virtualClock(start = Date.parse('2026-03-04T05:06:07Z')): VirtualClock {
  const slept: number[] = [];
  const sleepers: { due: number; go: () => void }[] = [];
  let now = start;
  let ticking = false;
  const tick = () => {
    sleepers.sort((a, b) => a.due - b.due);
    const next = sleepers.shift();
    ticking = next !== undefined;
    if (!next) return;
    now = Math.max(now, next.due);
    next.go();
    setImmediate(tick);
  };
  return {
    slept,
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        slept.push(ms);
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
        sleepers.push({ due: now + ms, go: resolve });
        if (!ticking) setImmediate(tick);
        ticking = true;
      }),
  };
}
