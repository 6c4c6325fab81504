import { expect, it } from 'vitest';
import type { LoadStage } from '../../src/core/load.js';
import { parseLatencyLimit, parseRates, parseShare, parseStages } from '../../src/core/load.js';
import { seededRandom } from '../../src/core/random.js';
import { expectedArrivals, rateAt, scheduleArrivals } from '../../src/load/arrivals.js';

const times = (stages: readonly LoadStage[], kind: 'constant' | 'poisson' = 'constant', seed = 1) => [
  ...scheduleArrivals(stages, kind, seededRandom(seed)),
];
const stage = (seconds: number, fromRate: number, toRate = fromRate): LoadStage => ({
  durationMs: seconds * 1000,
  fromRate,
  toRate,
});

it('sends evenly at a rate, the first at once', () => {
  expect(times([stage(1, 4)])).toEqual([0, 250, 500, 750]);
  expect(times([stage(30, 500)])).toHaveLength(15_000);
  expect(times([stage(10, 0.1)])).toEqual([0]);
});

it('lies on the parabola of an even ramp', () => {
  // At 10 more a second each second, t seconds have seen 5 t² arrivals.
  const ramp = times([stage(10, 0, 100)]);
  expect(ramp).toHaveLength(500);
  for (const [count, seconds] of [
    [0, 0],
    [5, 1],
    [20, 2],
    [125, 5],
    [320, 8],
  ] as const) {
    expect(ramp[count]).toBeCloseTo(seconds * 1000, 6);
  }
  // Downwards: 100 t − 5 t².
  const down = times([stage(10, 100, 0)]);
  expect(down).toHaveLength(500);
  expect(down[95]).toBeCloseTo(1000, 6);
  expect(down[375]).toBeCloseTo(5000, 6);
});

it('goes from stage to stage and rests where the rate is 0', () => {
  const all = times([stage(1, 2), stage(2, 0), stage(1, 2, 4), stage(1, 0)]);
  expect(all.slice(0, 3)).toEqual([0, 500, 3000]);
  expect(all).toHaveLength(5);
  expect(all.at(-1)!).toBeLessThan(4000);
});

it('tells what is expected and asked for at a moment', () => {
  const stages = [stage(10, 100), stage(10, 100, 300)];
  expect(expectedArrivals(stages)).toBe(3000);
  expect(expectedArrivals(stages, 15)).toBe(1000 + 500 + 250);
  expect([rateAt(stages, 5), rateAt(stages, 15), rateAt(stages, 20)]).toEqual([100, 200, 0]);
});

it('makes a Poisson process: counts and distances fit, and a seed gives the same again', () => {
  const rate = 200;
  const seconds = 500;
  const all = times([stage(seconds, rate)], 'poisson', 42);
  // Chi-square of counts in windows with a mean of 10 against the Poisson distribution, in classes of at least 5 expected.
  const windows = Array.from({ length: seconds * 20 }, () => 0);
  for (const ms of all) windows[Math.floor(ms / 50)]!++;
  const mean = 10;
  const probability = (count: number) => Math.exp(count * Math.log(mean) - mean - logFactorial(count));
  let chiSquare = 0;
  for (let count = 3; count <= 18; count++) {
    const expected = windows.length * probability(count);
    chiSquare += (windows.filter((each) => each === count).length - expected) ** 2 / expected;
  }
  // 99.9 % of 16 classes lie below 39.25.
  expect(chiSquare).toBeLessThan(39.25);
  // Kolmogorov and Smirnov for the distances; 99.9 % lie below 1.95 / √n.
  const distances = all
    .slice(1)
    .map((ms, at) => ms - all[at]!)
    .sort((a, b) => a - b);
  const worst = Math.max(
    ...distances.map((ms, at) => Math.abs(1 - Math.exp((-ms / 1000) * rate) - (at + 0.5) / distances.length)),
  );
  expect(worst).toBeLessThan(1.95 / Math.sqrt(distances.length));
  expect(times([stage(1, rate)], 'poisson', 42)).toEqual(times([stage(1, rate)], 'poisson', 42));
  expect(times([stage(1, rate)], 'poisson', 42)).not.toEqual(times([stage(1, rate)], 'poisson', 43));
});

it('reads rates, stages, shares and limits, and says what is wrong with others', () => {
  expect(parseRates('500/s', '--rate')).toEqual({ fromRate: 500, toRate: 500 });
  expect(parseRates('90/m..600/m', '--rate')).toEqual({ fromRate: 1.5, toRate: 10 });
  expect(parseStages('10s@100/s, 500ms@100..1000/s,10s@0', '--stages')).toEqual([
    stage(10, 100),
    stage(0.5, 100, 1000),
    stage(10, 0),
  ]);
  expect(parseShare('2%', '--duplicate')).toBe(0.02);
  expect(parseShare('0.25', '--duplicate')).toBe(0.25);
  expect(parseLatencyLimit('p99=250ms', '--max-latency')).toEqual({ percentile: 'p99', ms: 250 });
  for (const wrong of ['0/s', '0', '-5/s', 'fast', '5/d', '2000000/s', '1..2..3', 'Infinity', '1e3']) {
    expect(() => parseRates(wrong, '--rate'), wrong).toThrow(/^--rate/);
  }
  for (const wrong of ['', '10s', '10s@', '@5/s', '0s@5/s', '10s@0,5s@0', '10s@1@2', '10s@1..2..3', '10@5/s']) {
    expect(() => parseStages(wrong, '--stages'), wrong).toThrow(/^--stages/);
  }
  for (const wrong of ['101%', '-1%', '2', 'some', ''])
    expect(() => parseShare(wrong, '--max-failed'), wrong).toThrow();
  for (const wrong of ['p42=1s', 'p99', 'p99=fast', 'p99=1s=2s']) {
    expect(() => parseLatencyLimit(wrong, '--max-latency'), wrong).toThrow(/^--max-latency/);
  }
});

function logFactorial(count: number): number {
  let sum = 0;
  for (let each = 2; each <= count; each++) sum += Math.log(each);
  return sum;
}
