import { flowOrders } from '../core/flow.js';
import { limits } from '../core/limits.js';
import type { OptionSet } from './option.js';

const group = 'What the provider does next, and what goes wrong';

/** What a provider does after a delivery, and what goes wrong with one. */
export const faultOptions = {
  retry: {
    type: 'switch',
    group,
    help: "try again what is not accepted, on the provider's schedule, until it would stop sending",
  },
  speed: {
    type: 'speed',
    group,
    help: 'pace of retries: 1x, 600x (the default: ten minutes in a second) or instant',
  },
  schedule: { type: 'schedule', group, help: 'retry on a schedule of your own, such as 5s,10s,1m' },
  duplicate: {
    type: 'whole',
    ...limits.duplicate,
    group,
    help: 'send each delivery n times; at once with --concurrency',
  },
  fault: {
    type: 'fault',
    group,
    help: 'cut-body: cut off in mid-body, then sent whole; slow-upload or slow-upload=30s',
  },
} as const satisfies OptionSet;

const onTheWay = 'What goes wrong on the way';

/** What goes wrong with the deliveries of a flow on their way. */
export const flowFaultOptions = {
  order: {
    type: 'choice',
    choices: flowOrders,
    value: 'order',
    group: onTheWay,
    help: 'natural (the default), reversed or shuffled',
  },
  drop: { type: 'texts', value: 'event', group: onTheWay, help: 'an event that gets lost (repeatable)' },
  jitter: {
    type: 'duration',
    max: 365 * 86_400_000,
    group: onTheWay,
    help: "each delivery is late by up to so much, on the provider's clock",
  },
} as const satisfies OptionSet;
