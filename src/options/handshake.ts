import { connectionOptions } from './connection.js';
import { configOption, executionOptions } from './execution.js';
import type { OptionValues } from './option.js';
import { outputOptions } from './output.js';
import { payloadOptions } from './payload.js';

const { to, secret, timeout, value, serveKeys, log } = executionOptions;
const { mode, header, seed, now } = payloadOptions;
const { dryRun, verbose } = outputOptions;

/** The options of `handshake`. */
export const handshakeOptions = {
  mode,
  header,
  seed: { ...seed, help: 'seed for repeatable challenges' },
  now: { ...now, help: 'timestamp of the request: ISO 8601 or Unix seconds' },
  to,
  secret,
  value,
  timeout: { ...timeout, help: "timeout per attempt, such as 5s; default: the handshake's" },
  serveKeys,
  log,
  ...configOption,
  ...connectionOptions,
  ...outputOptions,
  dryRun: { ...dryRun, help: 'print the requests without sending them' },
  verbose: { ...verbose, help: 'print request, timing phases and response' },
} as const;

/** Option values of handshakes. */
export type HandshakeValues = OptionValues<typeof handshakeOptions>;
