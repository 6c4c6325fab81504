import { connectionOptions } from './connection.js';
import { configOption, executionOptions } from './execution.js';
import type { OptionValues } from './option.js';
import { outputOptions } from './output.js';

const { to, timeout, concurrency, serveKeys, log } = executionOptions;
const { json, quiet, verbose } = outputOptions;
const which = 'Which cases';
const how = 'Where and how';
const must = 'What must hold for all of it';
const shown = 'What to show';

/** The options of `run` that stand in for what a suite says of all its cases. */
export const sharedRunOptions = {
  to: { ...to, help: 'target of the cases that name none of their own' },
  timeout,
  ...connectionOptions,
} as const;

/** The options of `run`. */
export const runOptions = {
  grep: { type: 'pattern', group: which, help: 'only cases whose name matches this regular expression' },
  shard: { type: 'text', value: 'part', group: which, help: 'one part of several, such as 1/3' },
  list: { type: 'switch', group: which, help: 'list the cases and send nothing' },
  to: sharedRunOptions.to,
  timeout,
  wait: {
    type: 'text',
    value: 'duration',
    group: how,
    help: 'wait until the target accepts connections; default after --: 60s',
  },
  waitFor: { type: 'text', value: 'path', group: how, help: 'wait until this path of the target answers' },
  concurrency: { ...concurrency, help: 'cases under way at once' },
  bail: {
    type: 'bail',
    value: 'n',
    isValueOptional: true,
    group: how,
    help: 'stop at the first failed case, or the n-th',
  },
  rerunFailed: {
    type: 'whole',
    min: 0,
    max: 100,
    group: how,
    help: 'try a failed case again, up to n times; it is told as flaky',
  },
  serveKeys,
  ...configOption,
  ...connectionOptions,
  maxLatency: {
    type: 'texts',
    value: 'limit',
    group: must,
    help: 'such as p95=500ms; min, mean, p50, p95, p99, max (repeatable)',
  },
  minAccepted: {
    type: 'text',
    value: 'share',
    group: must,
    help: 'share of genuine deliveries that are accepted, such as 100%',
  },
  minCoverage: {
    type: 'text',
    value: 'share',
    group: must,
    help: "share of the providers' events that are exercised",
  },
  report: { type: 'texts', value: 'kind=file', group: shown, help: 'write a report; see below (repeatable)' },
  log: { ...log, group: shown },
  github: { type: 'switch', isOn: true, group: shown, help: 'no annotations and summary under GitHub Actions' },
  coverage: { type: 'switch', group: shown, help: 'which events of the providers were exercised' },
  json,
  quiet,
  verbose: { ...verbose, help: 'show the request, the phases and the answer' },
} as const;

/** What was given for a run of suites. */
export type RunValues = OptionValues<typeof runOptions>;

/** What was given for all cases of a run. */
export type SharedRunValues = OptionValues<typeof sharedRunOptions>;
