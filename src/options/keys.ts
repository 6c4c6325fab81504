import { executionOptions } from './execution.js';
import type { OptionValues } from './option.js';
import { documentOption } from './project.js';
import { verifyOptions } from './verify.js';

/** The forms in which receivers hold a public key. */
export const keyFormats = ['pem', 'jwks', 'jwk', 'base64', 'hex', 'certificate'] as const;

/** The options of `keys`. */
export const keysOptions = {
  format: {
    type: 'choice',
    choices: keyFormats,
    value: 'format',
    help: 'pem, jwks, jwk, base64, hex (Ed25519) or certificate',
  },
  out: { type: 'text', value: 'file', help: 'write to this file' },
  force: { type: 'switch', help: 'overwrite the file' },
  serve: {
    type: 'whole',
    min: 0,
    max: 65_535,
    value: 'port',
    help: 'serve the keys until Ctrl-C; 0 takes any free port',
  },
  secret: executionOptions.secret,
  to: { ...executionOptions.to, help: 'target whose secret to use' },
  config: executionOptions.config,
  ...documentOption,
  quiet: verifyOptions.quiet,
} as const;

/** Option values of `keys`. */
export type KeysValues = OptionValues<typeof keysOptions>;
