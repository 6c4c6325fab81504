import { connectionOptions } from './connection.js';
import { configOption, executionOptions } from './execution.js';
import type { OptionValues } from './option.js';
import { outputOptions } from './output.js';
import { payloadOptions } from './payload.js';

const { to, secret, timeout, handshake, serveKeys } = executionOptions;
const { variant, header, seed, now } = payloadOptions;
const { json, quiet, verbose } = outputOptions;
const group = 'Which cases';

/** The options of `check`. */
export const checkOptions = {
  only: {
    type: 'texts',
    value: 'name',
    group,
    help: 'this case, or a class of them: must-accept, must-refuse, must-not-break (repeatable)',
  },
  skip: { type: 'texts', value: 'name', group, help: 'not this case or class (repeatable)' },
  allEvents: { type: 'switch', group, help: 'every event of the provider must be accepted, too' },
  list: { type: 'switch', group, help: 'list the cases and send nothing' },
  variant: { ...variant, group },
  header: { ...header, group },
  seed: { ...seed, group },
  now: { ...now, group },
  to,
  yes: {
    type: 'switch',
    group: 'Where and how',
    help: 'the receiver is mine to attack; needed for one that is not on this machine',
  },
  secret,
  timeout,
  budget: {
    type: 'timeLimit',
    group: 'Where and how',
    help: 'time for the whole check; default: 60s, and up to 5m for receivers that are slow or limit',
  },
  expect: {
    type: 'refusal',
    group: 'Where and how',
    help: 'what a refusal looks like: 4xx, 200,401 or body:TEXT that it holds; default: 4xx',
  },
  handshake,
  serveKeys,
  ...configOption,
  ...connectionOptions,
  json,
  report: {
    type: 'texts',
    value: 'kind=file',
    group: 'What to show',
    help: 'write junit, tap, sarif, html, har or json, as in run (repeatable)',
  },
  quiet,
  verbose: { ...verbose, help: 'why it matters and how to fix it, also where a case passed' },
} as const;

/** What was given for a check. */
export type CheckValues = OptionValues<typeof checkOptions>;
