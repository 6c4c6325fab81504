import { entryOption } from './capture.js';
import { executionOptions } from './execution.js';
import type { OptionValues } from './option.js';
import { payloadOptions } from './payload.js';
import { documentOption } from './project.js';

/** The options of `verify`. */
export const verifyOptions = {
  ...entryOption,
  body: { type: 'text', value: 'file', help: 'body, with -H for each header; - reads standard input' },
  header: { type: 'texts', value: 'header', short: 'H', help: "header 'Name: value' (repeatable)" },
  secret: executionOptions.secret,
  url: { type: 'text', value: 'url', help: 'URL that was signed, if the scheme signs it' },
  now: { ...payloadOptions.now, help: 'when the request arrived; default: from the log or HAR, or now' },
  tolerance: { type: 'duration', help: 'maximum age of the signed timestamp; default: 5m' },
  computed: {
    type: 'text',
    value: 'signature',
    help: 'diagnose the value that your receiver computed',
  },
  config: executionOptions.config,
  ...documentOption,
  quiet: { type: 'switch', short: 'q', help: 'suppress progress messages' },
} as const;

/** Option values of a verification. */
export type VerifyValues = OptionValues<typeof verifyOptions>;
