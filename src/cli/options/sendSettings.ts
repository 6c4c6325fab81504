import { badValue } from '../../core/badValue.js';
import type { Header } from '../../core/delivery.js';
import { UsageError } from '../../core/errors.js';
import type { Fault } from '../../core/fault.js';
import { defaults, limits, parseMoment, parseWhole } from '../../core/limits.js';
import type { Dialect } from '../../core/provider.js';
import { parseStatusRule, type StatusRule } from '../../core/status.js';
import { parseTimeLimit } from '../../core/timeLimit.js';
import { parseHeader } from '../../delivery/header.js';
import { type Edit, parseSet, parseUnset } from '../../payloads/edit.js';
import { parseDialect } from '../../payloads/parseDialect.js';
import type { Freshness } from '../../payloads/renewal.js';
import type { SendFlags } from './flags/send.js';
import { faultSetting, type RetrySettings, retrySettings } from './retrySettings.js';

/** The flags of `send`, read and checked; what needs a file or the environment comes later. */
export interface SendSettings {
  readonly edits: readonly Edit[];
  readonly headers: readonly Header[];
  readonly count: number;
  readonly concurrency: number;
  readonly timeLimitMs: number | null;
  readonly expect: StatusRule | null;
  /** Null where nothing is tried again. */
  readonly retry: RetrySettings | null;
  /** How many times each delivery is sent. */
  readonly copies: number;
  readonly fault: Fault | null;
  /** In place of the provider's own. */
  readonly dialect: Dialect | undefined;
  readonly fresh: Freshness;
  readonly seed: number | null;
  /** Milliseconds since 1970; null means the clock. */
  readonly now: number | null;
}

/** Reads the flags. Throws a UsageError for the first that is wrong. */
export function readSendFlags(flags: SendFlags): SendSettings {
  const edits = [...(flags.set ?? []).map(parseSet), ...(flags.unset ?? []).map(parseUnset)];
  if (edits.length > 0 && (flags.data ?? flags.raw) !== undefined) {
    throw new UsageError(
      'CONFLICT',
      '--set and --unset change the sample, but --data and --raw send a body as it is. Give one or the other.',
    );
  }
  if (flags.edit && (flags.data ?? flags.raw) !== undefined) {
    throw new UsageError(
      'CONFLICT',
      '--edit opens the sample, but --data and --raw send a body as it is. Give one or the other.',
    );
  }
  if ([...(flags.secret ?? []), flags.data, flags.raw].filter((value) => value === '-').length > 1) {
    throw new UsageError('CONFLICT', 'Standard input (-) can be read only once. Give the other one as a file.');
  }
  if (flags.curl && flags.json) {
    throw new UsageError('CONFLICT', '--curl prints commands and --json objects. Give one of them.');
  }
  return {
    edits,
    headers: (flags.header ?? []).map(parseHeader),
    count: parseWhole(flags.count ?? String(defaults.count), '--count', limits.count),
    concurrency: parseWhole(flags.concurrency ?? String(defaults.concurrency), '--concurrency', limits.concurrency),
    timeLimitMs: flags.timeout === undefined ? null : parseTimeLimit(flags.timeout, '--timeout'),
    expect: flags.expect === undefined ? null : parseStatusRule(flags.expect, '--expect'),
    retry: retrySettings(flags),
    copies: parseWhole(flags.duplicate ?? String(defaults.duplicate), '--duplicate', limits.duplicate),
    fault: faultSetting(flags),
    dialect: flags.bodyStyle === undefined ? undefined : dialect(flags.bodyStyle, flags),
    fresh: freshness(flags),
    seed: flags.seed === undefined ? null : parseWhole(flags.seed, '--seed', limits.seed),
    now: flags.now === undefined ? null : parseMoment(flags.now, '--now'),
  };
}

function dialect(name: string, { data, raw }: SendFlags): Dialect {
  if ((data ?? raw) !== undefined) {
    throw new UsageError(
      'CONFLICT',
      '--body-style writes the sample, but --data and --raw send a body as it is. Give one or the other.',
    );
  }
  return parseDialect(name, '--body-style');
}

function freshness({ fresh, exact }: SendFlags): Freshness {
  if (fresh !== undefined && exact)
    throw new UsageError('CONFLICT', '--exact renews nothing, --fresh does. Give one of them.');
  if (fresh !== undefined && fresh !== 'ids' && fresh !== 'all') {
    throw badValue('BAD_FRESH', '--fresh', { value: fresh, reason: `"${fresh}" is neither ids nor all.` });
  }
  return exact ? 'nothing' : (fresh ?? 'ids');
}
