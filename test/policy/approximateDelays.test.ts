import { describe, expect, it } from 'vitest';
import { delaysWithin } from '../../src/policy/approximateDelays.js';

const sum = (delays: readonly number[]) => delays.reduce((total, each) => total + each, 0);
const hour = 3_600_000;

describe('an approximation of retries whose times nobody tells', () => {
  it.each([
    ['only how long', 72 * hour, undefined, 14],
    ['few retries', 4 * hour, 8, 8],
    ['many retries', 72 * hour, 60, 60],
    ['a short time', 5000, undefined, 1],
    ['more retries than seconds', 5000, 20, 20],
  ])('ends when the time is over: %s', (_, totalMs, count, expected) => {
    const delays = delaysWithin(totalMs, count);
    expect(delays).toHaveLength(expected);
    expect(sum(delays)).toBe(totalMs);
    expect(Math.min(...delays)).toBeGreaterThan(0);
  });

  it('grows with each retry, at most to twice the wait', () => {
    for (const delays of [delaysWithin(72 * hour), delaysWithin(72 * hour, 60), delaysWithin(24 * hour, 10)])
      for (const [at, delay] of delays.slice(1).entries()) {
        expect(delay).toBeGreaterThanOrEqual(delays[at]! - 1000);
        expect(delay).toBeLessThanOrEqual(2 * delays[at]! + 2000);
      }
  });

  it('has no delay to make of no retries', () => {
    expect(delaysWithin(hour, 0)).toEqual([]);
  });
});
