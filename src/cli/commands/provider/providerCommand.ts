import { Command } from 'commander';
import type { Io } from '../../io/io.js';
import { newCommand } from './newCommand.js';
import { testCommand } from './testCommand.js';

/** `provider`: what there is for custom providers. */
export function providerCommand(io: Io, finish: (exitCode: number) => void): Command {
  return new Command('provider')
    .summary('create and test a custom provider')
    .addHelpText('before', 'Examples:\n  webhook-sim provider new acme\n  webhook-sim provider test acme\n')
    .description('Create and test custom providers, which a project config names.')
    .usage('<command> [options]')
    .helpCommand(false)
    .addCommand(newCommand(io, finish))
    .addCommand(testCommand(io, finish));
}
