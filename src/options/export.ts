import { exportFormats } from '../export/exported.js';
import { executionOptions } from './execution.js';
import type { OptionValues } from './option.js';
import { outputOptions } from './output.js';
import { payloadOptions } from './payload.js';

const { variant, forge, set, unset, data, raw, header, dialect, fresh, exact, seed, now } = payloadOptions;
const { to, secret, config } = executionOptions;

/** The options of `export`. */
export const exportOptions = {
  format: {
    type: 'choice',
    choices: exportFormats,
    value: 'format',
    help: 'vectors (the default), raw, har, curl or postman',
  },
  out: {
    type: 'text',
    value: 'path',
    short: 'o',
    help: 'file or folder; default: stdout; raw needs a folder for several',
  },
  force: { type: 'switch', help: 'write over files that are there' },
  withSecrets: { type: 'switch', help: 'write real secrets, too, to files that only you can read' },
  variant,
  allVariants: { type: 'switch', help: 'the other forms of each payload, too' },
  forge: { ...forge, type: 'texts', help: 'add a forgery of each event, such as wrong-secret (repeatable)' },
  forgeries: { type: 'switch', help: 'add all forgeries that the provider has; a receiver must refuse them' },
  to: { ...to, help: 'address in the requests; default: http://localhost:3000/webhooks' },
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
  json: { type: 'switch', help: 'what was written as one JSON document' },
  quiet: { ...outputOptions.quiet, help: 'no talk on stderr' },
} as const;

/** What was given for an export. */
export type ExportValues = OptionValues<typeof exportOptions>;
