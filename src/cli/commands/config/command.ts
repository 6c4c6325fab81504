import { Command } from 'commander';
import { configOptions } from '../../../options/project.js';
import type { Io } from '../../io/io.js';
import { addFlags, type RawFlags } from '../../options/flags.js';

/** `config`: what is in force here, and why. */
export function configCommand(io: Io): Command {
  const command = new Command('config')
    .summary('show the settings in force and their sources')
    .addHelpText('before', 'Examples:\n  webhook-sim config\n  webhook-sim config --to staging --json\n')
    .description('Show the settings in force and the source of each, secrets as fingerprints.');
  addFlags(command, configOptions, { isGrouped: false });
  return command.action(async (flags: RawFlags) => {
    const { runConfig: config } = await import('./config.js');
    await config(flags, io);
  });
}
