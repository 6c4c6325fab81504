import { Command } from 'commander';
import { providerTestOptions } from '../../../options/project.js';
import type { Io } from '../../io/io.js';
import { addFlags, type RawFlags } from '../../options/flags.js';

const examples = `Examples:
  webhook-sim provider test
  webhook-sim provider test acme
  webhook-sim provider test webhooks/acme --strict
`;

/** `provider test`: holds custom providers to what is held of those that ship. */
export function testCommand(io: Io, finish: (exitCode: number) => void): Command {
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
