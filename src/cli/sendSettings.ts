import type { Header } from '../core/delivery.js';
import { UsageError } from '../core/errors.js';
import type { Fault } from '../core/fault.js';
import { suggest } from '../core/nearest.js';
import type { Dialect } from '../core/provider.js';
import { parseStatusRule, type StatusRule } from '../core/status.js';
import { parseTimeLimit } from '../core/timeLimit.js';
import { parseHeader } from '../delivery/header.js';
import { dialectNames } from '../json/dialect.js';
import { type Edit, parseSet, parseUnset } from '../payloads/edit.js';
import type { Freshness } from '../payloads/renewal.js';
import { faultSetting, type RetrySettings, retrySettings } from './retrySettings.js';
import type { SendFlags } from './sendCommand.js';

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
    count: wholeNumber(flags.count ?? '1', '--count', 1, 100_000_000),
    concurrency: wholeNumber(flags.concurrency ?? '1', '--concurrency', 1, 1000),
    timeLimitMs: flags.timeout === undefined ? null : parseTimeLimit(flags.timeout, '--timeout'),
    expect: flags.expect === undefined ? null : parseStatusRule(flags.expect, '--expect'),
    retry: retrySettings(flags),
    copies: wholeNumber(flags.duplicate ?? '1', '--duplicate', 1, 100),
    fault: faultSetting(flags),
    dialect: flags.bodyStyle === undefined ? undefined : dialect(flags.bodyStyle, flags),
    fresh: freshness(flags),
    seed: flags.seed === undefined ? null : wholeNumber(flags.seed, '--seed', 0, Number.MAX_SAFE_INTEGER),
    now: flags.now === undefined ? null : pointInTime(flags.now),
  };
}

function wholeNumber(text: string, flag: string, min: number, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new UsageError('BAD_NUMBER', `${flag}: "${text}" is not a whole number from ${min} to ${max}.`);
  }
  return value;
}

function dialect(name: string, { data, raw }: SendFlags): Dialect {
  if ((data ?? raw) !== undefined) {
    throw new UsageError(
      'CONFLICT',
      '--body-style writes the sample, but --data and --raw send a body as it is. Give one or the other.',
    );
  }
  const found = dialectNames.find((known) => known === name);
  if (found) return found;
  throw new UsageError('UNKNOWN_DIALECT', `--body-style: there is no style ${name}. ${suggest(name, dialectNames)}`);
}

function freshness({ fresh, exact }: SendFlags): Freshness {
  if (fresh !== undefined && exact)
    throw new UsageError('CONFLICT', '--exact renews nothing, --fresh does. Give one of them.');
  if (fresh !== undefined && fresh !== 'ids' && fresh !== 'all') {
    throw new UsageError('BAD_FRESH', `--fresh: "${fresh}" is neither ids nor all.`);
  }
  return exact ? 'nothing' : (fresh ?? 'ids');
}

/** The time in which Unix seconds have ten digits; ids and headers made of them keep their length in it. */
const firstTimeMs = Date.UTC(2001, 8, 10);
const lastTimeMs = Date.UTC(2286, 10, 20);

function pointInTime(text: string): number {
  const ms = /^\d{9,10}$/.test(text)
    ? Number(text) * 1000
    : /^\d{4}-\d{2}-\d{2}/.test(text)
      ? Date.parse(text)
      : Number.NaN;
  if (Number.isNaN(ms) || ms < 0) {
    throw new UsageError('BAD_TIME', `--now: "${text}" is not a time. Write 2026-01-31T12:00:00Z or Unix seconds.`);
  }
  if (ms < firstTimeMs || ms > lastTimeMs) {
    throw new UsageError('BAD_TIME', `--now: ${text} is not between 2001-09-10 and 2286-11-20.`);
  }
  return ms;
}
