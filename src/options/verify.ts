import { executionOptions } from './execution.js';
import type { OptionValues } from './option.js';
import { payloadOptions } from './payload.js';
import { documentOption } from './project.js';

/** The options of `verify`. */
export const verifyOptions = {
  entry: { type: 'text', value: 'n', help: 'which entry of a HAR, from 1; default: the first with the signature' },
  body: { type: 'text', value: 'file', help: 'the body alone, with -H for each header; - reads standard input' },
  header: { type: 'texts', value: 'header', short: 'H', help: "a header 'Name: value' (repeatable)" },
  secret: executionOptions.secret,
  url: { type: 'text', value: 'url', help: 'the URL that was signed, where a scheme signs it' },
  now: { ...payloadOptions.now, help: 'when the request came; default: what the log or HAR says, or now' },
  tolerance: { type: 'duration', help: 'how old a signed time may be; default: 5m' },
  computed: {
    type: 'text',
    value: 'signature',
    help: 'the value that your receiver computed: which mistake gives it?',
  },
  config: executionOptions.config,
  ...documentOption,
  quiet: { type: 'switch', short: 'q', help: 'only results, no talk on stderr' },
} as const;

/** What was given for a verification. */
export type VerifyValues = OptionValues<typeof verifyOptions>;
