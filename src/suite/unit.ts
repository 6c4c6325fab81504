import type { Outcome } from '../core/attempt.js';
import type { DeliveryEnded } from '../core/run.js';
import type { Failure, ResultEnded, SuiteCheck } from '../core/suite.js';
import type { Variables } from '../core/variables.js';

/** What a result is about: a case, or of a case over several events one of them. */
export type TriedItem = Pick<
  ResultEnded,
  'suite' | 'place' | 'name' | 'kind' | 'provider' | 'event' | 'variant' | 'forge'
>;

/** What came of an item at one try. */
export interface ItemResult {
  readonly item: TriedItem;
  readonly failures: readonly Failure[];
  /** What was sent, as far as it is kept: those that failed before all others. */
  readonly deliveries: readonly DeliveryEnded[];
  /** How many more were sent. */
  readonly more: number;
  /** What decides the exit code where it failed. */
  readonly outcome: Outcome;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly check: SuiteCheck | null;
  /** What it gives to later cases. */
  readonly captured: Variables;
}

/** What a unit runs by. */
export interface UnitContext {
  /** Those of its items that are run. */
  readonly items: readonly TriedItem[];
  /** What earlier cases gave of what it needs. */
  readonly variables: Variables;
  /** Told of each delivery as it ends, also of those that are not kept. */
  readonly onDelivery: (delivery: DeliveryEnded, item: TriedItem) => void;
  readonly signal: AbortSignal;
}

/** A case that is ready to run: all that can be wrong with it has been found out. */
export interface Unit {
  readonly items: readonly TriedItem[];
  /** Why it is not run; null where it is. */
  readonly disabled: string | null;
  /** Names of the variables that earlier cases must give it. */
  readonly needs: readonly string[];
  /** Names of those that it gives. */
  readonly gives: readonly string[];
  /** The ways that it goes, by names that those who made it know. */
  readonly ways: readonly string[];
  /** Yields each of its items when it has ended; those that never come were interrupted. */
  readonly run: (running: UnitContext) => AsyncIterable<ItemResult>;
}

/** Cases that are run together. */
export interface UnitGroup {
  readonly units: readonly Unit[];
  /** concurrent Cases. */
  readonly concurrency: number;
}
