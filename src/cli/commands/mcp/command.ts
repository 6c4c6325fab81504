import { Command } from 'commander';
import { mcpOptions } from '../../../options/mcp.js';
import type { Io } from '../../io/io.js';
import { addFlags, type RawFlags } from '../../options/flags.js';

const examples = `Examples:
  webhook-sim mcp
  webhook-sim mcp --config ./webhook-sim.config.ts
`;

const settings = `
For the settings of an agent or editor that starts it:
  { "mcpServers": { "webhook-sim": {
      "command": "npx", "args": ["webhook-sim", "mcp"] } } }

Exit codes: 0 the client closed the connection, 2 usage.`;

/** `mcp`: the tools for an agent. */
export function mcpCommand(io: Io, finish: (exitCode: number) => void): Command {
  const command = new Command('mcp')
    .summary('serve the tools to an agent, by MCP over stdio')
    .description(
      'Serve sending, checking, verifying, listening, the log and suites to an agent or editor, by the Model Context Protocol over standard input and output. Deliveries go to this machine and the targets of the config only.',
    )
    .addHelpText('before', examples)
    .addHelpText('after', settings);
  addFlags(command, mcpOptions, { isGrouped: false });
  return command.action(async (flags: RawFlags) => {
    const { runMcp } = await import('./runMcp.js');
    finish(await runMcp(flags, io));
  });
}
