import { connectionOptions } from './connection.js';
import { configOption, executionOptions } from './execution.js';
import type { OptionValues } from './option.js';
import { outputOptions } from './output.js';
import { payloadOptions } from './payload.js';

const { to, secret, timeout, expect, log } = executionOptions;
const group = 'What to send';

/** The options of `resend`. */
export const resendOptions = {
  failed: { type: 'switch', group, help: 'all of the last command that were not ok' },
  exact: { type: 'switch', group, help: 'byte for byte, also where the provider would renew something' },
  header: payloadOptions.header,
  to: { ...to, help: 'another receiver: localhost:3000, a URL, a name of the config, or demo' },
  secret: { ...secret, help: 'sign anew: a value, env:NAME, file:PATH or - (repeatable)' },
  timeout,
  expect,
  log,
  ...configOption,
  ...connectionOptions,
  ...outputOptions,
} as const;

/** What was given for a resend. */
export type ResendValues = OptionValues<typeof resendOptions>;
