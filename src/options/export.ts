import { exportFormats } from '../export/exported.js';
import { executionOptions } from './execution.js';
import type { OptionValues } from './option.js';
import { outputOptions } from './output.js';
import { payloadOptions } from './payload.js';

const { variant, mode, forge, set, unset, data, raw, header, dialect, fresh, exact, seed, now } = payloadOptions;
const { to, secret, config } = executionOptions;

/** The options of `export`. */
export const exportOptions = {
  format: {
    type: 'choice',
    choices: exportFormats,
    value: 'format',
    help: 'vectors (default), raw, har, curl, postman or k6',
  },
  out: {
    type: 'text',
    value: 'path',
    short: 'o',
    help: 'file or folder; default: standard output',
  },
  force: { type: 'switch', help: 'overwrite existing files' },
  withSecrets: { type: 'switch', help: 'include real secrets, in files that only you can read' },
  variant,
  mode,
  allVariants: { type: 'switch', help: 'also export the variants of each payload' },
  forge: { ...forge, type: 'texts', help: 'add this forgery of each event (repeatable)' },
  forgeries: { type: 'switch', help: 'add all forgeries that apply to the provider' },
  to: { ...to, help: 'address in the requests; default: localhost:3000/webhooks' },
  secret,
  set,
  unset,
  data,
  raw,
  header,
  dialect,
  fresh,
  exact,
  seed,
  now,
  config,
  json: { type: 'switch', help: 'print what was written as one JSON document' },
  quiet: { ...outputOptions.quiet, help: 'suppress progress messages' },
} as const;

/** Option values of an export. */
export type ExportValues = OptionValues<typeof exportOptions>;
