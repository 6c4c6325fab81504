import type { Header } from '../../core/delivery.js';
import { defaults } from '../../core/limits.js';
import { type Random, randomFrom, seededRandom } from '../../core/random.js';
import type { World } from '../../core/world.js';
import type { FlowFaults } from '../../flow/scheduleSteps.js';
import { readJson } from '../../json/parse.js';
import type { Json } from '../../json/value.js';
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

/** The randomness and the clock of a run: the identities are the same for a seed, however their deliveries are shuffled. */
export function flowRandom({ seed, now }: FlowSettings, io: World): { ids: Random; order: Random; now: () => number } {
  const ids = seed === null ? randomFrom(io.entropy(16)) : seededRandom(seed);
  const order = seed === null ? randomFrom(io.entropy(16)) : seededRandom(seed + 1);
  return { ids, order, now: now === null ? io.clock.now : () => now };
}

/** Returns what a probe saw: JSON, or else text; of several lines, so that they are compared one by one. */
export function readState(bytes: Uint8Array): Json {
  const json = readJson(bytes);
  if (json !== undefined) return json;
  const lines = new TextDecoder().decode(bytes).trimEnd().split(/\r?\n/);
  return lines.length > 1 ? lines : lines[0]!;
}
