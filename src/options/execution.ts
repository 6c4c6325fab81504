import { limits } from '../core/limits.js';
import type { OptionSet } from './option.js';

const group = 'Target and execution';

/** The project config that a command goes by. */
export const configOption = {
  config: {
    type: 'text',
    value: 'file',
    group,
    help: 'project config; default: the nearest webhook-sim.config.*',
  },
} as const satisfies OptionSet;

/** The options for the target, the secrets, the number of deliveries and their time limit. */
export const executionOptions = {
  to: {
    type: 'text',
    value: 'target',
    group,
    help: 'receiver: :3000/path, a URL, a name of the config, or demo',
  },
  secret: {
    type: 'texts',
    value: 'secret',
    group,
    help: 'value, env:NAME, file:PATH or - (repeatable, current first)',
  },
  count: { type: 'whole', ...limits.count, group, help: 'number of deliveries of each event; default: 1' },
  concurrency: { type: 'whole', ...limits.concurrency, group, help: 'number of concurrent deliveries; default: 1' },
  timeout: {
    type: 'timeLimit',
    group,
    help: "timeout per attempt, such as 5s; default: the provider's",
  },
  expect: { type: 'status', group, help: "expected status: 2xx, 401 or 200,204; default: the provider's rule" },
  log: { type: 'switch', isOn: true, group, help: 'do not write to the delivery log' },
  handshake: {
    type: 'switch',
    group,
    help: "send the provider's handshakes first; stop if one fails",
  },
  value: {
    type: 'pairs',
    value: 'name=text',
    group,
    help: 'your own text in a handshake: name=env:NAME (repeatable)',
  },
  serveKeys: {
    type: 'whole',
    min: 0,
    max: 65_535,
    value: 'port',
    group,
    help: 'serve the public keys on 127.0.0.1 during the command',
  },
  ...configOption,
} as const satisfies OptionSet;
