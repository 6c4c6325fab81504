import { expect } from 'vitest';

/** Milliseconds of the processor in which no growth can be seen. */
const moment = 5;
const rounds = 12;

/**
 * Expects a large piece of work to take about as much of the processor as `times` small ones that are as large together, where work that
 * grows with the square takes `times` as much. Both are measured in turn, and the least of several rounds counts, so that what else the
 * process compiles or collects belongs to neither.
 */
export async function expectLinear(small: () => unknown, large: () => unknown, times: number): Promise<void> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds && least > 1.5; round++) {
    const apart = await cpuTime(small, times);
    least = Math.min(least, (await cpuTime(large, 1)) / Math.max(apart, moment));
  }
  expect(least).toBeLessThan(times / 2);
}

/** Milliseconds of the processor: what a busy machine does meanwhile does not count. */
async function cpuTime(work: () => unknown, times: number): Promise<number> {
  const start = process.cpuUsage();
  for (let time = 0; time < times; time++) await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
