import { entryOption } from './capture.js';
import { executionOptions } from './execution.js';
import type { OptionValues } from './option.js';
import { payloadOptions } from './payload.js';

const { config } = executionOptions;
const { variant, mode } = payloadOptions;

/** A switch for results as JSON. */
export const documentOption = { json: { type: 'switch', help: 'print one JSON document' } } as const;

/** The options of `list`. */
export const listOptions = {
  search: { type: 'text', value: 'words', help: 'search the events of all providers' },
  ...documentOption,
  config,
} as const;

/** The options of `docs`. */
export const docsOptions = documentOption;

/** The options of `show`. */
export const showOptions = { variant, mode, config, ...documentOption } as const;

/** The options of `config`. */
export const configOptions = {
  to: { ...executionOptions.to, help: 'show the settings for this target' },
  config,
  ...documentOption,
} as const;
export type ConfigValues = OptionValues<typeof configOptions>;

/** The options of `init`. */
export const initOptions = {
  format: { type: 'text', value: 'format', help: 'yaml (default), ts or json' },
  target: {
    type: 'text',
    value: 'address',
    help: 'receiver; default: http://localhost:3000/webhooks',
  },
  provider: { type: 'texts', value: 'name', help: 'provider to configure a secret for (repeatable)' },
  force: { type: 'switch', help: 'overwrite the existing file' },
} as const;
export type InitValues = OptionValues<typeof initOptions>;

/** The options of `provider new`. */
export const providerNewOptions = {
  from: {
    type: 'text',
    value: 'file',
    help: 'captured request or specification (OpenAPI, JSON Schemas); - reads stdin',
  },
  ...entryOption,
  secret: {
    ...executionOptions.secret,
    help: 'with --from: value, env:NAME, file:PATH or - (repeatable)',
  },
  event: { type: 'texts', value: 'name', help: 'event that it sends (repeatable)' },
  examples: { type: 'switch', help: "give samples the shape of a specification's examples" },
  seed: { type: 'text', value: 'number', help: 'seed for samples of a specification' },
  scheme: {
    type: 'text',
    value: 'name',
    help: 'hmac (default), stripe, standard-webhooks, svix, rfc9421, cloudevents, token, …',
  },
  header: { type: 'text', value: 'name', help: 'signature header' },
  hash: { type: 'text', value: 'name', help: 'sha256 (default), sha512, sha1, …' },
  encoding: { type: 'text', value: 'name', help: 'hex, HEX, base64 or base64url' },
  content: { type: 'text', value: 'template', help: 'what is signed, such as {timestamp}.{body}' },
  secretEnv: { type: 'text', value: 'variable', help: 'environment variable that holds the secret' },
  dir: { type: 'text', value: 'folder', help: 'folder to write to; default: webhooks/<name>' },
  format: { type: 'text', value: 'format', help: 'yaml (default), json or ts' },
  config,
  force: { type: 'switch', help: 'overwrite existing files' },
  dryRun: { type: 'switch', help: 'print the description without writing it' },
} as const;
export type ProviderNewValues = OptionValues<typeof providerNewOptions>;

/** The options of `provider test`. */
export const providerTestOptions = {
  spec: { type: 'text', value: 'file', help: 'compare with a specification: OpenAPI or JSON Schemas' },
  record: { type: 'text', value: 'file', help: 'keep a captured request as a vector; - reads stdin' },
  ...entryOption,
  secret: { ...executionOptions.secret, help: 'with --record: value, env:NAME, file:PATH or - (repeatable)' },
  url: { type: 'text', value: 'url', help: 'with --record: URL that was signed, if the scheme signs it' },
  keepSecret: { type: 'switch', help: 'with --record: write the secret into the vector, not its variable' },
  config,
  strict: { type: 'switch', help: 'treat warnings as failures' },
  json: { type: 'switch', help: 'one JSON object per check, and a summary' },
} as const;
export type ProviderTestValues = OptionValues<typeof providerTestOptions>;
