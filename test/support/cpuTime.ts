/** Milliseconds of the processor that the cheapest of several runs takes: what a busy machine does meanwhile does not count. */
export function cpuTime(work: () => unknown, runs = 4): number {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}
