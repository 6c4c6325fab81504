import { executionOptions } from './execution.js';
import { payloadOptions } from './payload.js';
import { documentOption } from './project.js';

/** The options of `sign`. */
export const signOptions = {
  event: { type: 'text', value: 'name', help: 'event for the headers; default: from the body' },
  secret: executionOptions.secret,
  url: { type: 'text', value: 'url', help: 'URL to sign, if the scheme signs it' },
  seed: payloadOptions.seed,
  now: { ...payloadOptions.now, help: 'timestamp to sign: ISO 8601 or Unix seconds' },
  config: executionOptions.config,
  ...documentOption,
} as const;
