import { flowOrders } from '../core/flow.js';
import { limits } from '../core/limits.js';
import type { OptionSet } from './option.js';

const group = 'Retries and fault injection';

/** The options for retries and deliberate faults. */
export const faultOptions = {
  retry: {
    type: 'switch',
    group,
    help: "retry what is not accepted, on the provider's schedule",
  },
  speed: {
    type: 'speed',
    group,
    help: 'pace of retries: 1x, 600x (default: 10 min in 1 s) or instant',
  },
  schedule: { type: 'schedule', group, help: 'retry on your own schedule, such as 5s,10s,1m' },
  duplicate: {
    type: 'whole',
    ...limits.duplicate,
    group,
    help: 'send each delivery n times with the same id',
  },
  fault: {
    type: 'fault',
    group,
    help: 'cut-body, slow-upload or slow-upload=30s',
  },
} as const satisfies OptionSet;

const onTheWay = 'Fault injection';

/** The options for deliberate faults of a flow. */
export const flowFaultOptions = {
  order: {
    type: 'choice',
    choices: flowOrders,
    value: 'order',
    group: onTheWay,
    help: 'natural (default), reversed or shuffled',
  },
  drop: { type: 'texts', value: 'event', group: onTheWay, help: 'do not send this event (repeatable)' },
  jitter: {
    type: 'duration',
    max: 365 * 86_400_000,
    group: onTheWay,
    help: "random delay up to this, on the provider's clock",
  },
} as const satisfies OptionSet;
