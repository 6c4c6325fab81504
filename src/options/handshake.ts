import { connectionOptions } from './connection.js';
import { configOption, executionOptions } from './execution.js';
import type { OptionValues } from './option.js';
import { outputOptions } from './output.js';
import { payloadOptions } from './payload.js';

const { to, secret, timeout, serveKeys } = executionOptions;
const { header, seed, now } = payloadOptions;
const { dryRun, verbose } = outputOptions;

/** The options of `handshake`. */
export const handshakeOptions = {
  header,
  seed: { ...seed, help: 'make the challenges repeatable' },
  now: { ...now, help: 'the time that it tells, as ISO 8601 or Unix seconds' },
  to,
  secret,
  timeout: { ...timeout, help: "time limit of an attempt, such as 5s; default: the handshake's own" },
  serveKeys,
  ...configOption,
  ...connectionOptions,
  ...outputOptions,
  dryRun: { ...dryRun, help: 'show the requests and send nothing' },
  verbose: { ...verbose, help: 'request, phases and answer of each' },
} as const;

/** What was given for handshakes. */
export type HandshakeValues = OptionValues<typeof handshakeOptions>;
