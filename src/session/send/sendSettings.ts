import type { Fault } from '../../core/attempt.js';
import type { Header } from '../../core/delivery.js';
import { parseSpeed } from '../../core/duration.js';
import { defaults } from '../../core/limits.js';
import type { JsonDialect } from '../../core/provider.js';
import type { StatusRule } from '../../core/status.js';
import { assertSendOptions, type SendValues } from '../../options/send.js';
import type { Edit } from '../../payloads/edit.js';
import type { Freshness } from '../../payloads/identityRenewal.js';

/** The options of a send with their defaults. */
export interface SendSettings {
  readonly edits: readonly Edit[];
  readonly headers: readonly Header[];
  readonly count: number;
  readonly concurrency: number;
  readonly timeLimitMs: number | null;
  readonly expect: StatusRule | null;
  /** Null where nothing is tried again. */
  readonly retry: RetrySettings | null;
  /** The number of times that each delivery is sent. */
  readonly copies: number;
  readonly fault: Fault | null;
  /** In place of the provider's own. */
  readonly dialect: JsonDialect | undefined;
  readonly fresh: Freshness;
  readonly seed: number | null;
  /** Milliseconds since 1970; null means the clock. */
  readonly now: number | null;
}

/** Settings for retrying what is not accepted. */
export interface RetrySettings {
  /** Milliseconds between attempts; null for the provider's own schedule. */
  readonly delaysMs: readonly number[] | null;
  readonly speed: number;
}

/** Fills in the defaults, except that of the time limit, which files and providers may set. Throws a UsageError for contradicting options. */
export function sendSettings(options: SendValues): Omit<SendSettings, 'timeLimitMs'> {
  assertSendOptions(options);
  return {
    edits: [...(options.set ?? []), ...(options.unset ?? [])],
    headers: options.header ?? [],
    count: options.count ?? defaults.count,
    concurrency: options.concurrency ?? defaults.concurrency,
    expect: options.expect ?? null,
    retry: retrySettings(options),
    copies: options.duplicate ?? defaults.duplicate,
    fault: options.fault ?? null,
    dialect: options.dialect,
    fresh: options.exact ? 'nothing' : (options.fresh ?? 'ids'),
    seed: options.seed ?? null,
    now: options.now ?? null,
  };
}

function retrySettings({ retry, schedule, speed }: SendValues): RetrySettings | null {
  if (!retry && schedule === undefined) return null;
  return { delaysMs: schedule ?? null, speed: speed ?? parseSpeed(defaults.retrySpeed, 'speed') };
}
