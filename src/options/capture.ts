import type { OptionSet } from './option.js';

const group = 'Payload';

/** The option that chooses a request of a capture. */
export const entryOption = {
  entry: {
    type: 'whole',
    min: 1,
    max: 9_999_999,
    value: 'n',
    help: 'which request, from 1; default: the first signed one',
  },
} as const satisfies OptionSet;

/** The options that send a captured request. */
export const captureOptions = {
  from: {
    type: 'text',
    value: 'capture',
    group,
    help: 'send a captured request again: a file, -, last or a key of the log',
  },
  entry: { ...entryOption.entry, group },
} as const satisfies OptionSet;
