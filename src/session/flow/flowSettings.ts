import type { Header } from '../../core/delivery.js';
import { defaults } from '../../core/limits.js';
import type { FlowFaults } from '../../flow/scheduleSteps.js';
import { assertFlowOptions, type FlowValues } from '../../options/flow.js';
import { assertOneStdin } from '../../options/send.js';

/** The options of a flow with their defaults. */
export interface FlowSettings {
  readonly faults: FlowFaults;
  readonly concurrency: number;
  readonly speed: number;
  readonly headers: readonly Header[];
  readonly seed: number | null;
  /** Milliseconds since 1970; null means the clock. */
  readonly now: number | null;
}

/** Fills in the defaults. Throws a UsageError for options that contradict each other. */
export function flowSettings(options: FlowValues): FlowSettings {
  assertOneStdin(options.secret ?? []);
  assertFlowOptions(options);
  return {
    faults: {
      order: options.order ?? 'natural',
      copies: options.duplicate ?? defaults.duplicate,
      drop: options.drop ?? [],
      jitterMs: options.jitter ?? 0,
    },
    concurrency: options.concurrency ?? defaults.concurrency,
    speed: options.speed ?? Number.POSITIVE_INFINITY,
    headers: options.header ?? [],
    seed: options.seed ?? null,
    now: options.now ?? null,
  };
}
