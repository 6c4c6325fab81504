import { UsageError } from '../core/errors.js';
import { connectionOptions } from './connection.js';
import { configOption, executionOptions } from './execution.js';
import { faultOptions, flowFaultOptions } from './faults.js';
import type { OptionValues } from './option.js';
import { outputOptions } from './output.js';
import { payloadOptions } from './payload.js';

const { to, secret, handshake, value, serveKeys, timeout, concurrency, log } = executionOptions;
const { mode, header, seed, now } = payloadOptions;
const { dryRun, json, quiet, verbose } = outputOptions;
const send = 'Payload';
const onTheWay = 'Fault injection';
const afterwards = 'State verification';

/** The options of `flow`. */
export const flowOptions = {
  all: { type: 'switch', group: send, help: 'send every flow of the provider' },
  list: { type: 'switch', group: send, help: 'list the flows and their events' },
  mode,
  header,
  seed: { ...seed, help: 'seed for repeatable ids and orders' },
  now: { ...now, help: 'time of the last event: ISO 8601 or Unix seconds' },
  ...flowFaultOptions,
  duplicate: { ...faultOptions.duplicate, group: onTheWay, help: 'send each event n times' },
  concurrency: { ...concurrency, group: onTheWay },
  probe: {
    type: 'text',
    value: 'url|command',
    group: afterwards,
    help: "print the receiver's state after the flow",
  },
  orders: {
    type: 'switch',
    group: afterwards,
    help: 'run in every order and compare the final states',
  },
  to,
  secret,
  speed: {
    ...faultOptions.speed,
    group: 'Target and execution',
    help: 'pace of the flow: 1x, 600x or instant (default)',
  },
  handshake,
  value,
  serveKeys,
  timeout,
  ...configOption,
  ...connectionOptions,
  dryRun,
  log: { ...log, group: 'Output' },
  json,
  quiet,
  verbose,
} as const;

/** Option values of a flow. */
export type FlowValues = OptionValues<typeof flowOptions>;

/** Throws a UsageError for options that contradict each other. */
export function assertFlowOptions(options: FlowValues): void {
  const { nameOf, order = 'natural', jitter = 0, concurrency = 1, speed = Number.POSITIVE_INFINITY } = options;
  const conflict = (message: string) => new UsageError('CONFLICT', message);
  if (jitter > 0 && order !== 'natural') {
    throw conflict(`${nameOf('jitter')} creates its own order, and ${nameOf('order')} another. Give one of them.`);
  }
  if (concurrency > 1 && Number.isFinite(speed)) {
    throw conflict(
      `${nameOf('concurrency')} sends at once, and ${nameOf('speed')} one after another in time. Give one of them.`,
    );
  }
  if (options.dryRun && (options.probe ?? options.orders) !== undefined) {
    throw conflict(
      `${nameOf('dryRun')} sends nothing, so there is no state to look at. Leave out ${nameOf('probe')} and ${nameOf('orders')}.`,
    );
  }
  if (!options.orders) return;
  if (options.probe === undefined) {
    throw conflict(
      `${nameOf('orders')} compares the states of the receiver. Say with ${nameOf('probe')} how to see them.`,
    );
  }
  const chosen = (['order', 'jitter', 'duplicate', 'concurrency', 'speed'] as const).find(
    (key) => options[key] !== undefined,
  );
  if (chosen === undefined) return;
  throw conflict(`${nameOf('orders')} runs in all orders, and ${nameOf(chosen)} chooses one. Give one of them.`);
}
