import { Command } from 'commander';
import type { Io } from '../../io/io.js';
import { configOption } from '../../options/configOption.js';
import { type ListFlags, list } from './list.js';

/** `list`: what can be sent. */
export function listCommand(io: Io): Command {
  return new Command('list')
    .summary('what can be sent')
    .addHelpText('before', 'Examples:\n  webhook-sim list\n  webhook-sim list scalev --json\n')
    .description('List providers and events, with variants and how sure their payloads are.')
    .argument('[provider]', 'only this one')
    .option('--json', 'one JSON document')
    .addOption(configOption())
    .action((name: string | undefined, flags: ListFlags) => list(name, flags, io));
}
