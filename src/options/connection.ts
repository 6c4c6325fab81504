import type { OptionSet, OptionValues } from './option.js';

const group = 'Getting there';

/** What it takes to get to a target. */
export const connectionOptions = {
  insecure: { type: 'switch', group, help: 'take any TLS certificate; each run says so' },
  cacert: { type: 'text', value: 'file', group, help: 'trust the authorities in this PEM file as well' },
  cert: { type: 'text', value: 'file', group, help: 'certificate of the sender, as PEM' },
  key: { type: 'text', value: 'file', group, help: 'its private key, as PEM, where --cert does not hold it' },
  proxy: {
    type: 'text',
    value: 'url',
    group,
    help: 'http:// or https:// proxy, or none; default: that of the environment',
  },
  unixSocket: { type: 'text', value: 'path', group, help: 'connect to this socket in place of a host' },
  resolve: {
    type: 'hosts',
    group,
    help: 'connect to this IP address for a host or host:port (repeatable)',
  },
  keepAlive: {
    type: 'switch',
    isOn: true,
    canBeOff: true,
    group,
    help: 'open a connection for each delivery, closed after its answer',
  },
  publicUrl: {
    type: 'text',
    value: 'url',
    group,
    help: 'address by which the provider knows the receiver, where that is another one',
  },
} as const satisfies OptionSet;

/** What was given of the way to a target. */
export type ConnectionValues = OptionValues<typeof connectionOptions>;
