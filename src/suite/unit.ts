import type { Outcome } from '../core/attempt.js';
import type { DeliveryEnded } from '../core/run.js';
import type { Failure, ResultEnded, SuiteCheck } from '../core/suite.js';
import type { Variables } from '../core/variables.js';

/** The subject of a result: a case, or one event of a case over several. */
export type TriedItem = Pick<
  ResultEnded,
  'suite' | 'place' | 'name' | 'kind' | 'provider' | 'event' | 'variant' | 'forge'
>;

/** The result of one try of an item. */
export interface ItemResult {
  readonly item: TriedItem;
  readonly failures: readonly Failure[];
  /** The kept deliveries: the failed ones first. */
  readonly deliveries: readonly DeliveryEnded[];
  /** The number of deliveries that were not kept. */
  readonly more: number;
  /** The outcome that decides the exit code of a failure. */
  readonly outcome: Outcome;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly check: SuiteCheck | null;
  /** Values for later cases. */
  readonly captured: Variables;
}

/** Input and callbacks of a unit. */
export interface UnitContext {
  /** Those of its items that are run. */
  readonly items: readonly TriedItem[];
  /** The values from earlier cases that it needs. */
  readonly variables: Variables;
  /** Called with each delivery as it ends, also with those that are not kept. */
  readonly onDelivery: (delivery: DeliveryEnded, item: TriedItem) => void;
  readonly signal: AbortSignal;
}

/** A case that is ready to run: all that can be wrong with it has been found out. */
export interface Unit {
  readonly items: readonly TriedItem[];
  /** The reason to skip it; null where it is run. */
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
  /** Cases in progress at once. */
  readonly concurrency: number;
}
