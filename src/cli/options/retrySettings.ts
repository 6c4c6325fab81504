import { parseDuration } from '../../core/duration.js';
import { UsageError } from '../../core/errors.js';
import type { Fault } from '../../core/fault.js';
import { defaults, parseSchedule } from '../../core/limits.js';
import { parseSpeed } from '../../core/speed.js';
import type { SendFlags } from './flags/send.js';

/** What `send` was told of tries after the first one. */
export interface RetrySettings {
  /** Milliseconds between attempts; null for the provider's own schedule. */
  readonly delaysMs: readonly number[] | null;
  readonly speed: number;
}

const uploadMs = 5000;
const longestUploadMs = 3_600_000;

/** Reads `--retry`, `--schedule` and `--speed`; null where nothing is tried again. Throws a UsageError. */
export function retrySettings({ retry, schedule, speed, forge }: SendFlags): RetrySettings | null {
  if (!retry && schedule === undefined) {
    if (speed === undefined) return null;
    throw new UsageError('CONFLICT', '--speed is the pace of retries. Add --retry, or --schedule 5s,1m.');
  }
  if (forge !== undefined) {
    throw new UsageError('CONFLICT', '--retry is what a provider does, --forge what a forger does. Give one of them.');
  }
  return {
    delaysMs: schedule === undefined ? null : parseSchedule(schedule.split(','), '--schedule'),
    speed: parseSpeed(speed ?? defaults.retrySpeed, '--speed'),
  };
}

/** Reads `--fault`; null where it is not given. Throws a UsageError. */
export function faultSetting({ fault }: SendFlags): Fault | null {
  if (fault === undefined) return null;
  const [kind, value] = fault.split(/=(.*)/s);
  if (kind === 'cut-body' && value === undefined) return { kind };
  if (kind !== 'slow-upload') {
    throw new UsageError(
      'UNKNOWN_FAULT',
      `--fault: "${fault}" is none. Write cut-body, slow-upload or slow-upload=30s.`,
    );
  }
  if (value === undefined) return { kind, durationMs: uploadMs };
  const durationMs = parseDuration(value, '--fault slow-upload');
  if (durationMs > 0 && durationMs <= longestUploadMs) return { kind, durationMs };
  throw new UsageError('BAD_FAULT', `--fault slow-upload: ${value} is not between 1ms and 1h.`);
}
