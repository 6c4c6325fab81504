import type { OptionSet, OptionValues } from './option.js';

const group = 'Connection';

/** The options for connecting to a target. */
export const connectionOptions = {
  insecure: { type: 'switch', group, help: 'skip TLS certificate verification (prints a warning)' },
  cacert: { type: 'text', value: 'file', group, help: 'additional CA certificates (PEM)' },
  cert: { type: 'text', value: 'file', group, help: 'client certificate (PEM)' },
  key: { type: 'text', value: 'file', group, help: 'private key of --cert (PEM), if that file lacks it' },
  proxy: {
    type: 'text',
    value: 'url',
    group,
    help: 'http(s):// proxy, or none; default: from the environment',
  },
  unixSocket: { type: 'text', value: 'path', group, help: 'connect to this Unix socket' },
  resolve: {
    type: 'hosts',
    group,
    help: 'connect to this IP address for a host (repeatable)',
  },
  keepAlive: {
    type: 'switch',
    isOn: true,
    canBeOff: true,
    group,
    help: 'open a new connection for each delivery',
  },
  publicUrl: {
    type: 'text',
    value: 'url',
    group,
    help: 'public address of the receiver, for providers that sign it',
  },
} as const satisfies OptionSet;

/** Option values for connecting to a target. */
export type ConnectionValues = OptionValues<typeof connectionOptions>;
