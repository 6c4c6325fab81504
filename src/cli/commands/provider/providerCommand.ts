import { Command } from 'commander';
import { providerTestOptions } from '../../../options/project.js';
import type { Io } from '../../io/io.js';
import { addFlags, type RawFlags } from '../../options/flags.js';
import { newCommand } from './newCommand.js';

const examples = `Examples:
  webhook-sim provider test
  webhook-sim provider test acme
  webhook-sim provider test webhooks/acme --strict
  webhook-sim provider test acme --spec openapi.yaml
`;

/** `provider test`: holds custom providers to what is held of those that ship. */
function testCommand(io: Io, finish: (exitCode: number) => void): Command {
  const command = new Command('test')
    .summary('check description, samples and signatures')
    .addHelpText('before', examples)
    .description(
      'Check the description, the samples and the signatures of custom providers. Sends nothing. Exits with 1 when a check fails.',
    )
    .argument('[provider|path...]', 'provider of the config, description or folder; default: all of the config');
  addFlags(command, providerTestOptions, { isGrouped: false });
  return command.action(async (names: string[], flags: RawFlags) => {
    const { testProviders } = await import('./testProviders.js');
    finish(await testProviders(names, flags, io));
  });
}

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
