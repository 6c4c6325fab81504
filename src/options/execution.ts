import { limits } from '../core/limits.js';
import type { OptionSet } from './option.js';

const group = 'Where and how';

/** The project config that a command goes by. */
export const configOption = {
  config: {
    type: 'text',
    value: 'file',
    group,
    help: 'project config; default: the nearest webhook-sim.config.* from here up',
  },
} as const satisfies OptionSet;

/** Where deliveries go, by what they are signed, how many there are, and what is waited for. */
export const executionOptions = {
  to: {
    type: 'text',
    value: 'target',
    group,
    help: 'receiver: localhost:3000, :3000/path, a URL, a name of the config, or demo',
  },
  secret: {
    type: 'texts',
    value: 'secret',
    group,
    help: 'a value, env:NAME, file:PATH or - (repeatable, the first is current)',
  },
  count: { type: 'whole', ...limits.count, group, help: 'send each event n times' },
  concurrency: { type: 'whole', ...limits.concurrency, group, help: 'deliveries under way at once' },
  timeout: {
    type: 'timeLimit',
    group,
    help: "time limit of an attempt, such as 5s; default: the provider's own",
  },
  expect: { type: 'status', group, help: 'what counts as ok: 2xx, 401 or 200,204' },
  log: { type: 'switch', isOn: true, group, help: 'keep nothing of it in the delivery log' },
  handshake: {
    type: 'switch',
    group,
    help: "the provider's handshakes first; where one fails, nothing more is sent",
  },
  serveKeys: {
    type: 'whole',
    min: 0,
    max: 65_535,
    value: 'port',
    group,
    help: 'serve the public keys on 127.0.0.1 meanwhile, as keys --serve does',
  },
  ...configOption,
} as const satisfies OptionSet;
