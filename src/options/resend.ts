import { connectionOptions } from './connection.js';
import { configOption, executionOptions } from './execution.js';
import type { OptionValues } from './option.js';
import { outputOptions } from './output.js';
import { payloadOptions } from './payload.js';

const { to, secret, timeout, expect, log } = executionOptions;
const group = 'Payload';

/** The options of `resend`. */
export const resendOptions = {
  failed: { type: 'switch', group, help: 'resend all that failed in the last command' },
  exact: { type: 'switch', group, help: 'resend byte for byte, even if the provider would not' },
  edit: payloadOptions.edit,
  header: payloadOptions.header,
  to: { ...to, help: 'another receiver: :3000/path, a URL, a name, or demo' },
  secret: { ...secret, help: 'sign again: value, env:NAME, file:PATH or - (repeatable)' },
  timeout,
  expect,
  log,
  ...configOption,
  ...connectionOptions,
  ...outputOptions,
} as const;

/** Option values of a resend. */
export type ResendValues = OptionValues<typeof resendOptions>;
