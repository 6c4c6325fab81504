import { UsageError } from '../core/errors.js';
import { maxLoadMs } from '../core/load.js';
import { checkOptions } from './check.js';
import { connectionOptions } from './connection.js';
import { configOption, executionOptions } from './execution.js';
import { flowOptions } from './flow.js';
import type { OptionValues } from './option.js';
import { outputOptions } from './output.js';
import { payloadOptions } from './payload.js';
import { assertOneStdin } from './send.js';

const { to, secret, timeout, expect, log } = executionOptions;
const { variant, mode, set, unset, data, raw, header, dialect, fresh, seed, now } = payloadOptions;
const { json, quiet, verbose } = outputOptions;
const group = 'Load';
/** More threads than these no machine of today has use for. */
const maxWorkers = 64;

/** The options of `load`. */
export const loadOptions = {
  rate: { type: 'rates', group, help: 'arrivals: 500/s, 90/m, or a ramp 50/s..2000/s' },
  for: { type: 'duration', max: maxLoadMs, group, help: 'how long at this rate, such as 30s; default: 10s' },
  stages: { type: 'stages', group, help: 'in place of both: 10s@100/s,30s@100/s..1000/s,10s@0' },
  arrivals: {
    type: 'choice',
    choices: ['constant', 'poisson'],
    value: 'kind',
    group,
    help: 'constant (default), or poisson: as from many users',
  },
  also: {
    type: 'texts',
    value: 'provider event',
    group,
    help: "mix in: 'stripe charge.refunded=2' (repeatable; =2 is a weight)",
  },
  flows: { type: 'texts', value: 'flow', group, help: "mix in a whole flow: 'stripe checkout=2' (repeatable)" },
  maxInFlight: {
    type: 'whole',
    min: 1,
    max: 20_000,
    group,
    help: 'drop deliveries beyond this number in flight; default: 1000',
  },
  workers: {
    type: 'whole',
    min: 1,
    max: maxWorkers,
    group,
    help: 'number of sending threads; default: 1',
  },
  warmUp: { type: 'duration', max: maxLoadMs, group, help: 'exclude this first part from the figures, such as 5s' },
  duplicates: { type: 'share', group: 'Fault injection', help: 'send this share twice with the same id, such as 2%' },
  faults: {
    type: 'faultShares',
    group: 'Fault injection',
    help: 'cut-body=1% or slow-upload=2s@1% (repeatable)',
  },
  maxLatency: { type: 'latencyLimits', group: 'Thresholds', help: 'such as p99=250ms (repeatable)' },
  maxFailed: { type: 'share', group: 'Thresholds', help: 'share that may fail or be dropped; default: 0%' },
  minRate: { type: 'rate', group: 'Thresholds', help: 'deliveries per second that must be reached' },
  baseline: { type: 'text', value: 'file', group: 'Thresholds', help: 'compare with an earlier run; see --save' },
  tolerance: { type: 'share', group: 'Thresholds', help: 'how much worse than the baseline is ok; default: 10%' },
  variant,
  mode,
  set,
  unset,
  data,
  raw,
  header,
  dialect,
  fresh,
  seed,
  now,
  to,
  allowRemote: { ...checkOptions.allowRemote, help: 'confirm that you may load this remote receiver' },
  secret,
  timeout,
  expect,
  log,
  probe: { ...flowOptions.probe, help: "also measure when the receiver's state settles" },
  ...configOption,
  ...connectionOptions,
  json: { ...json, help: 'print one JSON object per second, and a summary' },
  report: { type: 'texts', value: 'kind=file', group: 'Output', help: 'write html or junit (repeatable)' },
  save: { type: 'text', value: 'file', group: 'Output', help: 'write the figures, for a later --baseline' },
  quiet,
  verbose: { ...verbose, help: 'print latencies by percentile, and every kind of failure' },
} as const;

/** Option values of a load. */
export type LoadValues = OptionValues<typeof loadOptions>;

/** Throws a UsageError for options that contradict each other. */
export function assertLoadOptions(options: LoadValues): void {
  const { rate, stages, data, raw, baseline, tolerance, json, nameOf } = options;
  const conflict = (message: string) => new UsageError('CONFLICT', message);
  if (stages !== undefined) {
    const other = (['rate', 'for'] as const).find((key) => options[key] !== undefined);
    if (other)
      throw conflict(`${nameOf('stages')} says rates and times, and so does ${nameOf(other)}. Give one of them.`);
  } else if (rate === undefined) {
    throw new UsageError(
      'NO_RATE',
      `At what rate? Give ${nameOf('rate')} 100/s, or ${nameOf('stages')} 10s@100/s,30s@500/s.`,
    );
  }
  const change = (['variant', 'set', 'unset', 'data', 'raw', 'dialect', 'fresh'] as const).find((key) => options[key]);
  if (change && options.flows) {
    throw conflict(
      `${nameOf(change)} is for events, and the deliveries of ${nameOf('flows')} are as their flow has them.`,
    );
  }
  if (data !== undefined && raw !== undefined) {
    throw conflict(`${nameOf('data')} and ${nameOf('raw')} are two bodies. Give one of them.`);
  }
  if (raw !== undefined && (options.set ?? options.unset) !== undefined) {
    throw conflict(
      `${nameOf('set')} and ${nameOf('unset')} change fields, but ${nameOf('raw')} sends a body as it is.`,
    );
  }
  if (options.dialect !== undefined && (data ?? raw) !== undefined) {
    throw conflict(
      `${nameOf('dialect')} writes the sample, but ${nameOf(data === undefined ? 'raw' : 'data')} is a body.`,
    );
  }
  if (tolerance !== undefined && baseline === undefined) {
    throw conflict(`${nameOf('tolerance')} belongs to a comparison. Add ${nameOf('baseline')} FILE.`);
  }
  if (json && options.report?.some((each) => each.endsWith('=-'))) {
    throw conflict(
      `Only one of ${nameOf('json')} and ${nameOf('report')} can go to stdout. Write the other to a file.`,
    );
  }
  assertOneStdin([...(options.secret ?? []), data, raw]);
}
