import { describe, expect, it } from 'vitest';
import type { Disabling } from '../../src/core/policy.js';
import { DisablingCounter } from '../../src/policy/disablingCounter.js';
import { someDelivery } from '../support/delivery.js';

const base = { afterConsecutiveFailures: 3, per: 'endpoint', by: 'disabling' } as const;
const delivery = someDelivery('http://localhost/');

/** Deliveries of `attempts` failed attempts each; whether the provider would have stopped after each of them, and in the end perhaps. */
function after(disabling: Disabling, attempts: readonly number[]) {
  const streaks = new DisablingCounter();
  const stops = attempts.map((count) => {
    for (let i = 0; i < count; i++) streaks.attempted(delivery, disabling, 'rejected');
    streaks.ended(delivery, disabling, 'rejected');
    return streaks.stops(delivery, disabling);
  });
  return { stops, disabled: streaks.disabled() };
}

describe('failures in a row', () => {
  it('count each attempt', () => {
    expect(after({ ...base, counts: 'attempts' }, [2, 2])).toMatchObject({
      stops: [false, true],
      disabled: [{ isCertain: true, attempts: 3, deliveries: 1 }],
    });
  });

  it('count only deliveries', () => {
    expect(after({ ...base, counts: 'deliveries' }, [2, 2, 2])).toMatchObject({
      stops: [false, false, true],
      disabled: [{ isCertain: true, attempts: 6, deliveries: 3 }],
    });
    expect(after({ ...base, counts: 'deliveries' }, [9, 9])).toEqual({ stops: [false, false], disabled: [] });
  });

  it('are certain only by both readings, where it is unknown', () => {
    const disabling = { ...base, counts: null };
    expect(after(disabling, [2, 2])).toMatchObject({
      stops: [false, false],
      disabled: [{ isCertain: false, attempts: 3, deliveries: 1 }],
    });
    expect(after(disabling, [2, 2, 2])).toMatchObject({ stops: [false, false, true], disabled: [{ isCertain: true }] });
  });

  it('end with a success', () => {
    const disabling = { ...base, counts: 'attempts' } as const;
    const streaks = new DisablingCounter();
    for (const outcome of ['rejected', 'timed_out', 'accepted', 'broken', 'unreachable'] as const) {
      streaks.attempted(delivery, disabling, outcome);
      expect(streaks.stops(delivery, disabling)).toBe(false);
    }
    streaks.attempted(delivery, disabling, 'rejected');
    expect(streaks.stops(delivery, disabling)).toBe(true);
  });
});
