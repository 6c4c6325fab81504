import { executionOptions } from './execution.js';
import type { OptionValues } from './option.js';
import { payloadOptions } from './payload.js';
import { documentOption } from './project.js';

/** The options of `sign`. */
export const signOptions = {
  event: { type: 'text', value: 'name', help: 'the event that headers name; default: what the body says' },
  secret: executionOptions.secret,
  url: { type: 'text', value: 'url', help: 'the URL that is signed, where a scheme signs it' },
  seed: payloadOptions.seed,
  now: { ...payloadOptions.now, help: 'the time that the headers tell' },
  config: executionOptions.config,
  ...documentOption,
} as const;

/** What was given for a signature. */
export type SignValues = OptionValues<typeof signOptions>;
