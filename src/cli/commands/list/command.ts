import { Command } from 'commander';
import { listOptions } from '../../../options/project.js';
import type { Io } from '../../io/io.js';
import { addFlags, type RawFlags } from '../../options/flags.js';
import { runList } from './list.js';

/** `list`: what can be sent. */
export function listCommand(io: Io): Command {
  const command = new Command('list')
    .summary('list providers and events')
    .addHelpText(
      'before',
      'Examples:\n  webhook-sim list\n  webhook-sim list stripe\n  webhook-sim list --search refund\n',
    )
    .description('List the providers by group; of one, its events with variants and the certainty of their payloads.')
    .argument('[provider]', 'list the events of this one');
  addFlags(command, listOptions, { isGrouped: false });
  return command.action((name: string | undefined, flags: RawFlags) => runList(name, flags, io));
}
