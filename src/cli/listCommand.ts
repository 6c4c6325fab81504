import { Command } from 'commander';
import { configOption } from './configOption.js';
import type { Io } from './io.js';
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
