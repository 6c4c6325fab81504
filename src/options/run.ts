import { connectionOptions } from './connection.js';
import { configOption, executionOptions } from './execution.js';
import type { OptionValues } from './option.js';
import { outputOptions } from './output.js';

const { to, timeout, concurrency, serveKeys, log } = executionOptions;
const { json, quiet, verbose } = outputOptions;
const which = 'Selection';
const how = 'Target and execution';
const must = 'Thresholds';
const shown = 'Output';

/** The options of `run` that replace the defaults of suites. */
export const sharedRunOptions = {
  to: { ...to, help: 'target for cases that name none' },
  timeout,
  ...connectionOptions,
} as const;

/** The options of `run`. */
export const runOptions = {
  grep: { type: 'pattern', group: which, help: 'run only cases whose name matches a regular expression' },
  shard: { type: 'text', value: 'part', group: which, help: 'run one part of the cases, such as 1/3' },
  list: { type: 'switch', group: which, help: 'list the cases without sending' },
  to: sharedRunOptions.to,
  timeout,
  wait: {
    type: 'text',
    value: 'duration',
    group: how,
    help: 'wait for the target to accept connections; after --: 60s',
  },
  waitFor: { type: 'text', value: 'path', group: how, help: 'wait until this path of the target responds' },
  concurrency: { ...concurrency, help: 'number of concurrent cases; default: 1' },
  bail: {
    type: 'bail',
    value: 'n',
    isValueOptional: true,
    group: how,
    help: 'stop after the first failed case, or the n-th',
  },
  rerunFailed: {
    type: 'whole',
    min: 0,
    max: 100,
    group: how,
    help: 'rerun a failed case up to n times; reported as flaky',
  },
  serveKeys,
  ...configOption,
  ...connectionOptions,
  maxLatency: {
    type: 'texts',
    value: 'limit',
    group: must,
    help: 'p95=500ms; also min, mean, p50, p99, max (repeatable)',
  },
  minAccepted: {
    type: 'text',
    value: 'share',
    group: must,
    help: 'share of genuine deliveries to be accepted, such as 100%',
  },
  minCoverage: {
    type: 'text',
    value: 'share',
    group: must,
    help: "share of the providers' events to be exercised",
  },
  report: { type: 'texts', value: 'kind=file', group: shown, help: 'write a report; kinds below (repeatable)' },
  log: { ...log, group: shown },
  github: { type: 'switch', isOn: true, group: shown, help: 'no annotations or summary in GitHub Actions' },
  coverage: { type: 'switch', group: shown, help: 'print which events were exercised' },
  json,
  quiet,
  verbose: { ...verbose, help: 'print request, timing phases and response' },
} as const;

/** Option values of a run of suites. */
export type RunValues = OptionValues<typeof runOptions>;

/** Option values for all cases of a run. */
export type SharedRunValues = OptionValues<typeof sharedRunOptions>;
