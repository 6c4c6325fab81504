import type { ArrivalPattern, LoadStage } from '../core/load.js';
import { type Random, randomShare } from '../core/random.js';

/** The seconds that stages take together. */
export function secondsOf(stages: readonly LoadStage[]): number {
  return stages.reduce((sum, { durationMs }) => sum + durationMs / 1000, 0);
}

/** The arrivals that are expected of stages until a moment, in seconds since their start. */
export function expectedArrivals(stages: readonly LoadStage[], untilSecond = Number.POSITIVE_INFINITY): number {
  let from = 0;
  let count = 0;
  for (const { durationMs, fromRate, toRate } of stages) {
    const whole = durationMs / 1000;
    const seconds = Math.min(whole, untilSecond - from);
    if (seconds <= 0) break;
    count += fromRate * seconds + ((toRate - fromRate) / whole) * (seconds ** 2 / 2);
    from += whole;
  }
  return count;
}

/** Returns the arrival rate of the stages at a time, in seconds since their start; 0 after their end. */
export function rateAt(stages: readonly LoadStage[], second: number): number {
  let from = 0;
  for (const { durationMs, fromRate, toRate } of stages) {
    const whole = durationMs / 1000;
    if (second < from + whole) return fromRate + ((toRate - fromRate) * (second - from)) / whole;
    from += whole;
  }
  return 0;
}

/** Yields the times at which deliveries are due, in milliseconds since the start. */
export function* scheduleArrivals(
  stages: readonly LoadStage[],
  kind: ArrivalPattern,
  random: Random,
): Generator<number, void> {
  let startMs = 0;
  let before = 0;
  let next = kind === 'poisson' ? exponential(random) : 0;
  for (const { durationMs, fromRate, toRate } of stages) {
    const seconds = durationMs / 1000;
    const slope = (toRate - fromRate) / seconds;
    const total = ((fromRate + toRate) / 2) * seconds;
    // A hair less: sums of fractions must not give one more than there is time for.
    while (next < before + total - 1e-9) {
      yield startMs + 1000 * arrivalSecond(next - before, fromRate, slope);
      next += kind === 'poisson' ? exponential(random) : 1;
    }
    before += total;
    startMs += durationMs;
  }
}

/** The seconds after which so many have arrived, at a rate that grows by `slope` each second. */
function arrivalSecond(count: number, rate: number, slope: number): number {
  if (count === 0) return 0;
  return (2 * count) / (rate + Math.sqrt(Math.max(0, rate * rate + 2 * slope * count)));
}

/** A distance between two arrivals of a Poisson process that sends one for each unit. */
function exponential(random: Random): number {
  return -Math.log1p(-randomShare(random));
}
