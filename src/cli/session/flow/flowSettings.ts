import type { Header } from '../../../core/delivery.js';
import { parseDuration } from '../../../core/duration.js';
import { UsageError } from '../../../core/errors.js';
import { type FlowOrder, flowOrders } from '../../../core/flow.js';
import { defaults, limits, parseWhole } from '../../../core/limits.js';
import { parseSpeed } from '../../../core/speed.js';
import { unknownName } from '../../../core/unknownName.js';
import type { FlowFaults } from '../../../flow/arrange.js';
import type { FlowFlags } from '../../options/flags/flow.js';
import { readSendFlags } from '../../options/sendSettings.js';

/** The flags of `flow`, read and checked; what needs a file or the environment comes later. */
export interface FlowSettings {
  readonly faults: FlowFaults;
  readonly concurrency: number;
  readonly speed: number;
  readonly headers: readonly Header[];
  readonly seed: number | null;
  /** Milliseconds since 1970; null means the clock. */
  readonly now: number | null;
}

const longestJitterMs = 365 * 86_400_000;

/** Reads the flags. Throws a UsageError for the first that is wrong. */
export function readFlowFlags(flags: FlowFlags): FlowSettings {
  const { secret, header, seed, now, concurrency, timeout } = flags;
  const shared = readSendFlags({
    ...(secret && { secret }),
    ...(header && { header }),
    ...(seed !== undefined && { seed }),
    ...(now !== undefined && { now }),
    ...(concurrency !== undefined && { concurrency }),
    ...(timeout !== undefined && { timeout }),
  });
  const settings: FlowSettings = {
    faults: {
      order: flags.order === undefined ? 'natural' : readOrder(flags.order),
      copies: parseWhole(flags.duplicate ?? String(defaults.duplicate), '--duplicate', limits.duplicate),
      drop: flags.drop ?? [],
      jitterMs: flags.jitter === undefined ? 0 : readJitter(flags.jitter),
    },
    concurrency: shared.concurrency,
    speed: flags.speed === undefined ? Number.POSITIVE_INFINITY : parseSpeed(flags.speed, '--speed'),
    headers: shared.headers,
    seed: shared.seed,
    now: shared.now,
  };
  refuseConflicts(flags, settings);
  return settings;
}

function readOrder(text: string): FlowOrder {
  const order = flowOrders.find((known) => known === text);
  if (order) return order;
  throw unknownName('UNKNOWN_ORDER', `--order: there is no order ${text}.`, {
    name: text,
    known: flowOrders,
    facts: { option: '--order' },
  });
}

function readJitter(text: string): number {
  const ms = parseDuration(text, '--jitter');
  if (ms <= longestJitterMs) return Math.round(ms);
  throw new UsageError('BAD_DURATION', `--jitter: ${text} is longer than 365d.`);
}

function refuseConflicts(flags: FlowFlags, { faults, concurrency, speed }: FlowSettings): void {
  const conflict = (message: string) => new UsageError('CONFLICT', message);
  if (faults.jitterMs > 0 && faults.order !== 'natural') {
    throw conflict('--jitter makes an order of its own, and --order another. Give one of them.');
  }
  if (concurrency > 1 && Number.isFinite(speed)) {
    throw conflict('--concurrency sends at once, and --speed one after another in time. Give one of them.');
  }
  if (flags.dryRun && (flags.probe ?? flags.orders) !== undefined) {
    throw conflict('--dry-run sends nothing, so that there is no state to look at. Leave out --probe and --orders.');
  }
  if (!flags.orders) return;
  if (flags.probe === undefined) {
    throw conflict('--orders compares the states of the receiver. Say with --probe how to see them.');
  }
  const chosen = (['order', 'jitter', 'duplicate', 'concurrency', 'speed'] as const).find(
    (name) => flags[name] !== undefined,
  );
  if (chosen) throw conflict(`--orders runs in all orders, and --${chosen} chooses one. Give one of them.`);
}
