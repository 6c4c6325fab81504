import { Command } from 'commander';
import type { Io } from '../../io/io.js';
import { configOption } from '../../options/configOption.js';
import type { ProviderTestFlags } from './testFlags.js';

const examples = `Examples:
  webhook-sim provider test
  webhook-sim provider test acme
  webhook-sim provider test webhooks/acme --strict
`;

/** `provider test`: holds providers of one's own to what is held of those that ship. */
export function testCommand(io: Io, finish: (exitCode: number) => void): Command {
  return new Command('test')
    .summary('check description, samples and signatures')
    .addHelpText('before', examples)
    .description(
      'Check the description, the samples and the signatures of providers of your own; sends nothing. Exit 1 where one is not as it has to be.',
    )
    .argument('[provider|path...]', 'a provider of the config, or a description or folder; default: all of the config')
    .addOption(configOption())
    .option('--strict', 'let warnings fail, too')
    .option('--json', 'one JSON object per check, and a summary')
    .action(async (names: string[], flags: ProviderTestFlags) => {
      const { testProviders } = await import('./testProviders.js');
      finish(await testProviders(names, flags, io));
    });
}
