import { Command } from 'commander';
import type { Io } from '../../io/io.js';
import { configOption } from '../../options/configOption.js';
import type { ShowFlags } from './flags.js';

/** `show`: all about one event; sends nothing. */
export function showCommand(io: Io): Command {
  return new Command('show')
    .summary('payload, headers and signature of an event')
    .addHelpText('before', 'Examples:\n  webhook-sim show scalev order.created\n')
    .description('Show the payload and headers of an event, and how its signature comes about; sends nothing.')
    .argument('<provider>')
    .argument('<event>')
    .option('--variant <name>', 'another form of the payload')
    .addOption(configOption())
    .option('--json', 'one JSON document')
    .action(async (provider: string, event: string, flags: ShowFlags) => {
      const { show } = await import('../../commands.js');
      await show(provider, event, flags, io);
    });
}
