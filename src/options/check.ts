import { connectionOptions } from './connection.js';
import { configOption, executionOptions } from './execution.js';
import type { OptionValues } from './option.js';
import { outputOptions } from './output.js';
import { payloadOptions } from './payload.js';

const { to, secret, timeout, handshake, value, serveKeys, log } = executionOptions;
const { variant, mode, header, seed, now } = payloadOptions;
const { json, quiet, verbose } = outputOptions;
const group = 'Selection';

/** The options of `check`. */
export const checkOptions = {
  only: {
    type: 'texts',
    value: 'name',
    group,
    help: 'case or class: must-accept, must-reject, … (repeatable)',
  },
  skip: { type: 'texts', value: 'name', group, help: 'leave out this case or class (repeatable)' },
  allEvents: { type: 'switch', group, help: 'also check every event of the provider' },
  list: { type: 'switch', group, help: 'list the cases without sending' },
  variant: { ...variant, group },
  mode: { ...mode, group },
  header: { ...header, group },
  seed: { ...seed, group },
  now: { ...now, group },
  to,
  allowRemote: {
    type: 'switch',
    alias: 'yes',
    group: 'Target and execution',
    help: 'confirm that you may attack this remote receiver',
  },
  secret,
  timeout,
  budget: {
    type: 'timeLimit',
    group: 'Target and execution',
    help: 'time for the whole check; default: 60s to 5m',
  },
  expect: {
    type: 'rejection',
    group: 'Target and execution',
    help: 'how the receiver rejects: 4xx (default), 401,403 or body:TEXT',
  },
  handshake,
  value,
  serveKeys,
  log,
  ...configOption,
  ...connectionOptions,
  json,
  report: {
    type: 'texts',
    value: 'kind=file',
    group: 'Output',
    help: 'write junit, tap, sarif, html, har or json (repeatable)',
  },
  quiet,
  verbose: { ...verbose, help: 'also explain cases that passed' },
} as const;

/** Option values of a check. */
export type CheckValues = OptionValues<typeof checkOptions>;
