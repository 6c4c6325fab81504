import { Command } from 'commander';
import type { Io } from '../../io/io.js';
import { configOption } from '../../options/configOption.js';
import type { ConfigFlags } from './flags.js';

/** `config`: what is in force here, and why. */
export function configCommand(io: Io): Command {
  return new Command('config')
    .summary('the settings in force and their sources')
    .addHelpText('before', 'Examples:\n  webhook-sim config\n  webhook-sim config --to staging --json\n')
    .description('Show the settings in force and the source of each, secrets as fingerprints.')
    .option('--to <target>', 'as if this target were named')
    .addOption(configOption())
    .option('--json', 'one JSON document')
    .action(async (flags: ConfigFlags) => {
      const { config } = await import('./config.js');
      await config(flags, io);
    });
}
