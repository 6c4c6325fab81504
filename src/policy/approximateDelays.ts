/** The first wait where a provider retries but documents no times; each one after it is twice as long. */
const firstDelayMs = 10_000;
const longestDelayMs = 24 * 3_600_000;

/** Returns waits for a provider that documents the number of retries but not their times. */
export function approximateDelays(count: number): number[] {
  return Array.from({ length: count }, (_, at) => Math.min(firstDelayMs * 2 ** at, longestDelayMs));
}

/**
 * Returns waits for a provider that documents for how long it tries, and perhaps how many times. They grow, and the last retry is at the end of that
 * time; in whole seconds where that is precise enough.
 */
export function delaysWithin(totalMs: number, count = countWithin(totalMs)): number[] {
  const growth = findGrowth(totalMs, count);
  const unit = totalMs >= count * 1000 ? 1000 : 1;
  const shares = Array.from({ length: count }, (_, at) => growth ** at);
  const sum = shares.reduce((total, share) => total + share, 0);
  let share = 0;
  let beforeMs = 0;
  return shares.map((each, at) => {
    share += each;
    const atMs = at === count - 1 ? totalMs : Math.floor((totalMs * share) / sum / unit) * unit;
    const delayMs = atMs - beforeMs;
    beforeMs = atMs;
    return delayMs;
  });
}

/** Returns how many waits there are, each twice as long as the one before, from the first on. */
function countWithin(totalMs: number): number {
  return Math.max(1, Math.floor(Math.log2(totalMs / firstDelayMs + 1)));
}

/** Returns how many times as long each wait is: at most twice, and no more than leaves the first one its length. */
function findGrowth(totalMs: number, count: number): number {
  const needed = (growth: number): number =>
    firstDelayMs * Array.from({ length: count }, (_, at) => growth ** at).reduce((total, each) => total + each, 0);
  if (needed(2) <= totalMs) return 2;
  let [low, high] = [1, 2];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (needed(middle) > totalMs) high = middle;
    else low = middle;
  }
  return low;
}
