import { executionOptions } from './execution.js';
import type { OptionSet, OptionValues } from './option.js';
import { outputOptions } from './output.js';

/** The options of `ui`. */
export const uiOptions = {
  port: { type: 'whole', min: 0, max: 65_535, value: 'port', help: 'default: 4401; 0 takes any free one' },
  open: { type: 'switch', help: 'open the page in the browser' },
  json: { ...outputOptions.json, help: 'print the address as one JSON object' },
  quiet: outputOptions.quiet,
  config: executionOptions.config,
} as const satisfies OptionSet;

/** Option values of the page. */
export type UiValues = OptionValues<typeof uiOptions>;
