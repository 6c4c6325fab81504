import { Command } from 'commander';
import { docsOptions } from '../../../options/project.js';
import type { Io } from '../../io/io.js';
import { addFlags, type RawFlags } from '../../options/flags.js';

/** `docs`: the documentation in the terminal. */
export function docsCommand(io: Io): Command {
  const command = new Command('docs')
    .summary('read the documentation')
    .addHelpText('before', 'Examples:\n  webhook-sim docs\n  webhook-sim docs check\n')
    .description('List the pages of the documentation, or print one.')
    .argument('[page]', 'page to print');
  addFlags(command, docsOptions, { isGrouped: false });
  return command.action(async (page: string | undefined, flags: RawFlags) => {
    const { runDocs } = await import('./docs.js');
    return runDocs(page, flags, io);
  });
}
