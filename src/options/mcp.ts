import { executionOptions } from './execution.js';
import type { OptionSet, OptionValues } from './option.js';

/** The options of `mcp`. */
export const mcpOptions = {
  allowRemote: {
    type: 'switch',
    alias: 'yes',
    help: 'consent to deliveries and attacks on other machines',
  },
  config: executionOptions.config,
} as const satisfies OptionSet;

/** What was given for the server of an agent. */
export type McpValues = OptionValues<typeof mcpOptions>;
