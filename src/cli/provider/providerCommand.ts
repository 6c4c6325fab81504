import { Command } from 'commander';
import type { Io } from '../io.js';
import { testCommand } from './testCommand.js';

/** `provider`: what there is for providers of one's own. */
export function providerCommand(io: Io, finish: (exitCode: number) => void): Command {
  return new Command('provider')
    .summary('providers of your own: test them')
    .addHelpText('before', 'Examples:\n  webhook-sim provider test\n  webhook-sim provider test acme\n')
    .description('Test the providers of your own, which a project config names.')
    .usage('<command> [options]')
    .helpCommand(false)
    .addCommand(testCommand(io, finish));
}
