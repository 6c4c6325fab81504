/** Milliseconds of the processor in which no growth can be seen. */
const moment = 5;

/**
 * How many times as much of the processor one large piece of work takes as `times` small ones that are as large together: about 1 where
 * its time grows with its size, and `times` where it grows with the square. Both are measured in turn, and the least of several rounds
 * counts, so that what else the process compiles or collects belongs to neither.
 */
export async function growth(small: () => unknown, large: () => unknown, times: number, rounds = 5): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds && least > 1.5; round++) {
    const apart = await cpuTime(small, times);
    least = Math.min(least, (await cpuTime(large, 1)) / Math.max(apart, moment));
  }
  return least;
}

/** Milliseconds of the processor: what a busy machine does meanwhile does not count. */
async function cpuTime(work: () => unknown, times: number): Promise<number> {
  const start = process.cpuUsage();
  for (let time = 0; time < times; time++) await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
