import { Command } from 'commander';
import { showOptions } from '../../../options/project.js';
import type { Io } from '../../io/io.js';
import { addFlags, type RawFlags } from '../../options/flags.js';

/** `show`: all about one event; sends nothing. */
export function showCommand(io: Io): Command {
  const command = new Command('show')
    .summary('show payload, headers and signature of an event')
    .addHelpText('before', 'Examples:\n  webhook-sim show scalev order.created\n')
    .description('Show the payload and headers of an event, and how its signature is computed, without sending it.')
    .argument('<provider>')
    .argument('<event>');
  addFlags(command, showOptions, { isGrouped: false });
  return command.action(async (provider: string, event: string, flags: RawFlags) => {
    const { runShow: show } = await import('../../commands.js');
    await show(provider, event, flags, io);
  });
}
