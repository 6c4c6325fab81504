import type { OptionSet } from './option.js';

/** What chooses a request of a capture. */
export const entryOption = {
  entry: {
    type: 'whole',
    min: 1,
    max: 9_999_999,
    value: 'n',
    help: 'which request, from 1; default: the first signed one',
  },
} as const satisfies OptionSet;
