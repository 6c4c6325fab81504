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

/** Option values of the MCP server. */
export type McpValues = OptionValues<typeof mcpOptions>;
