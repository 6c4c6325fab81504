import { captureOptions } from './capture.js';
import { checkOptions } from './check.js';
import { connectionOptions } from './connection.js';
import { executionOptions } from './execution.js';
import { faultOptions } from './faults.js';
import { flowOptions } from './flow.js';
import { loadOptions } from './load.js';
import { payloadOptions } from './payload.js';

const { to, secret, value, timeout, count, concurrency } = executionOptions;
const { variant, mode, set, unset, data, raw, header, forge, dialect, fresh, exact, seed, now } = payloadOptions;
const { only, skip, allEvents, allowRemote, budget, expect } = checkOptions;
const { order, drop, jitter, duplicate, speed, probe, orders } = flowOptions;

const shared = { to, secret, timeout, mode, header, seed, now, ...connectionOptions };

const { json, report, save, quiet, verbose, config, log, expect: _status, ...loadKeys } = loadOptions;

/** The options that are keys of a case of a suite, by what the case does. */
export const caseOptionSets = {
  send: {
    ...shared,
    variant,
    set,
    unset,
    data,
    raw,
    ...captureOptions,
    forge,
    dialect,
    fresh,
    exact,
    count,
    concurrency,
    ...faultOptions,
  },
  check: { ...shared, variant, only, skip, allEvents, allowRemote, budget, expect },
  flow: { ...shared, order, drop, jitter, duplicate, concurrency, speed, probe, orders },
  handshake: { ...shared, value },
  load: loadKeys,
} as const;

/** The options that a suite may give for all its cases. */
export const suiteDefaultOptions = { ...shared, variant } as const;
