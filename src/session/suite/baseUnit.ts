import { UsageError } from '../../core/errors.js';
import { type Variables, variablesIn } from '../../core/variables.js';
import type { World } from '../../core/world.js';
import type { ItemResult, TriedItem, Unit } from '../../suite/unit.js';
import type { CaseContext } from './suiteContext.js';

/** Stands in for a value before it is captured: valid both as text and as a number. */
const trialText = '1';

/** The common part of all kinds of unit. */
export interface UnitFrame extends Pick<Unit, 'disabled' | 'needs' | 'gives'> {
  readonly item: Pick<TriedItem, 'suite' | 'place'>;
  /** The variables, with a trial for those that are not captured yet. */
  readonly trial: Variables;
}

/** Returns the common part of a unit. */
export function baseUnit({ loaded, written, place, captured, variables }: CaseContext): UnitFrame {
  const { disabled } = written;
  const needs = [...new Set(variablesIn(written))].filter((name) => captured.has(name));
  return {
    item: { suite: loaded.shown, place },
    disabled: disabled === true ? 'disabled' : disabled === false || disabled === undefined ? null : disabled,
    needs,
    gives: Object.keys(written.capture ?? {}),
    trial: { ...variables, ...Object.fromEntries(needs.map((name) => [name, trialText])) },
  };
}

/** Yields results of items; a UsageError, caused by a value that an earlier case captured, fails the items, and the suite goes on. */
export async function* failOnUsageError(
  items: readonly TriedItem[],
  tries: () => AsyncIterable<ItemResult>,
  { clock }: World,
): AsyncGenerator<ItemResult, void> {
  const open = new Set(items);
  const startedAt = clock.now();
  try {
    for await (const tried of tries()) {
      open.delete(tried.item);
      yield tried;
    }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const failures = [{ expectation: 'variables', message: error.message }];
    const nothing = { deliveries: [], more: 0, check: null, captured: {} };
    for (const item of open) yield { item, failures, outcome: 'rejected', startedAt, ...nothing };
  }
}
