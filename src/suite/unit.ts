import type { DeliveryEnded } from '../core/run.js';
import type { CheckResult, Failure, ResultEnded } from '../core/suite.js';
import type { Variables } from './variables.js';

/** What a result is about: a case, or of a case over several events one of them. */
export type Item = Pick<ResultEnded, 'suite' | 'place' | 'name' | 'kind' | 'provider' | 'event' | 'variant' | 'forge'>;

/** What came of an item at one try. */
export interface Tried {
  readonly item: Item;
  readonly failures: readonly Failure[];
  readonly deliveries: readonly DeliveryEnded[];
  readonly check: CheckResult | null;
  /** What it gives to later cases. */
  readonly captured: Variables;
}

/** A case that is ready to run: all that can be wrong with it has been found out. */
export interface Unit {
  readonly items: readonly Item[];
  /** Why it is not run; null where it is. */
  readonly disabled: string | null;
  /** Names of the variables that earlier cases must give it. */
  readonly needs: readonly string[];
  /** Names of those that it gives. */
  readonly gives: readonly string[];
  /** Runs some of its items and yields each when it has ended; those that never come were interrupted. */
  readonly run: (items: readonly Item[], variables: Variables, signal: AbortSignal) => AsyncIterable<Tried>;
}

/** Cases that are run together. */
export interface UnitGroup {
  readonly units: readonly Unit[];
  /** Cases under way at once. */
  readonly concurrency: number;
}
