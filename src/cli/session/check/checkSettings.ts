import { parseRefusalRule, type RefusalRule } from '../../../check/refusalRule.js';
import type { Selection } from '../../../check/selectCases.js';
import type { Header } from '../../../core/delivery.js';
import { parseTimeLimit } from '../../../core/timeLimit.js';
import type { CheckFlags } from '../../options/flags/check.js';
import { readSendFlags } from '../../options/sendSettings.js';

/** The flags of `check`, read and checked; what needs a file or the environment comes later. */
export interface CheckSettings extends Selection {
  readonly headers: readonly Header[];
  /** Null where none is asked for. */
  readonly budgetMs: number | null;
  readonly expect: RefusalRule | null;
  readonly seed: number | null;
  /** Milliseconds since 1970; null means the clock. */
  readonly now: number | null;
}

/** Reads the flags. Throws a UsageError for the first that is wrong. */
export function readCheckFlags(flags: CheckFlags): CheckSettings {
  const { secret, header, seed, now } = flags;
  const shared = readSendFlags({
    ...(secret && { secret }),
    ...(header && { header }),
    ...(seed !== undefined && { seed }),
    ...(now !== undefined && { now }),
  });
  return {
    headers: shared.headers,
    seed: shared.seed,
    now: shared.now,
    budgetMs: flags.budget === undefined ? null : parseTimeLimit(flags.budget, '--budget'),
    expect: flags.expect === undefined ? null : parseRefusalRule(flags.expect, '--expect'),
    only: flags.only ?? [],
    skip: flags.skip ?? [],
  };
}
