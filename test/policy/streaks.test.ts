import { describe, expect, it } from 'vitest';
import type { Disabling } from '../../src/core/policy.js';
import { DisablingCounter } from '../../src/policy/disablingCounter.js';
import { someDelivery } from '../support/delivery.js';

const base = { afterConsecutiveFailures: 3, per: 'endpoint', by: 'disabling' } as const;
const delivery = someDelivery('http://localhost/');
const failed = (status: number, scheduledAtMs = 0) => ({ status, scheduledAtMs, outcome: 'rejected' }) as const;

/** Deliveries of `attempts` failed attempts each; whether the provider would have stopped after each of them, and in the end perhaps. */
function after(disabling: Disabling, attempts: readonly number[]) {
  const streaks = new DisablingCounter();
  const stops = attempts.map((count) => {
    for (let i = 0; i < count; i++) streaks.attempted(delivery, disabling, failed(500));
    streaks.ended(delivery, disabling, 'rejected');
    return streaks.stops(delivery, disabling);
  });
  return { stops, disabled: streaks.disabled() };
}

describe('failures in a row', () => {
  it('count each attempt', () => {
    expect(after({ ...base, counts: 'attempts' }, [2, 2])).toMatchObject({
      stops: [false, true],
      disabled: [{ isCertain: true, attemptCount: 3, deliveries: 1 }],
    });
  });

  it('count only deliveries', () => {
    expect(after({ ...base, counts: 'deliveries' }, [2, 2, 2])).toMatchObject({
      stops: [false, false, true],
      disabled: [{ isCertain: true, attemptCount: 6, deliveries: 3 }],
    });
    expect(after({ ...base, counts: 'deliveries' }, [9, 9])).toEqual({ stops: [false, false], disabled: [] });
  });

  it('are certain only by both readings, where it is unknown', () => {
    const disabling = { ...base, counts: null };
    expect(after(disabling, [2, 2])).toMatchObject({
      stops: [false, false],
      disabled: [{ isCertain: false, attemptCount: 3, deliveries: 1 }],
    });
    expect(after(disabling, [2, 2, 2])).toMatchObject({ stops: [false, false, true], disabled: [{ isCertain: true }] });
  });

  it('end with a success', () => {
    const disabling = { ...base, counts: 'attempts' } as const;
    const streaks = new DisablingCounter();
    for (const outcome of ['rejected', 'timed_out', 'accepted', 'broken', 'unreachable'] as const) {
      streaks.attempted(delivery, disabling, { status: null, scheduledAtMs: 0, outcome });
      expect(streaks.stops(delivery, disabling)).toBe(false);
    }
    streaks.attempted(delivery, disabling, failed(500));
    expect(streaks.stops(delivery, disabling)).toBe(true);
  });
});

describe('a receiver that fails for long', () => {
  const disabling = { afterFailing: '5d', counts: null, per: 'endpoint', by: 'disabling' } as const;
  const days = (count: number) => count * 86_400_000;

  it('is disabled once no delivery was accepted for so long', () => {
    const streaks = new DisablingCounter();
    streaks.attempted(delivery, disabling, failed(500));
    streaks.attempted(delivery, disabling, failed(500, days(5) - 1));
    expect(streaks.stops(delivery, disabling)).toBe(false);
    streaks.attempted(delivery, disabling, failed(500, days(5)));
    expect(streaks.stops(delivery, disabling)).toBe(true);
    expect(streaks.disabled()).toMatchObject([{ afterFailing: '5d', afterConsecutiveFailures: null, attemptCount: 3 }]);
  });

  it('is not where it accepted one meanwhile', () => {
    const streaks = new DisablingCounter();
    streaks.attempted(delivery, disabling, failed(500));
    streaks.attempted(delivery, disabling, { status: 200, scheduledAtMs: days(3), outcome: 'accepted' });
    streaks.attempted(delivery, disabling, failed(500, days(4)));
    streaks.attempted(delivery, disabling, failed(500, days(8)));
    expect(streaks.disabled()).toEqual([]);
  });
});

describe('a failure that disables by itself', () => {
  const disabling = { on: '410', counts: null, per: 'endpoint', by: 'disabling' } as const;

  it('does so at once, and no other does', () => {
    const streaks = new DisablingCounter();
    for (let i = 0; i < 50; i++) streaks.attempted(delivery, disabling, failed(404));
    expect(streaks.disabled()).toEqual([]);
    streaks.attempted(delivery, disabling, failed(410));
    expect(streaks.disabled()).toMatchObject([{ onStatus: 410, isCertain: true }]);
  });
});
