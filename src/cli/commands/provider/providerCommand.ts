import { Command } from 'commander';
import { providerNewOptions, providerTestOptions } from '../../../options/project.js';
import type { Io } from '../../io/io.js';
import { addFlags, type RawFlags } from '../../options/flags.js';

const examples = `Examples:
  webhook-sim provider test
  webhook-sim provider test acme
  webhook-sim provider test webhooks/acme --strict
  webhook-sim provider test acme --spec openapi.yaml
`;

/** `provider test`: holds custom providers to the contract of those that ship. */
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
    const { runProviderTest } = await import('./runProviderTest.js');
    finish(await runProviderTest(names, flags, io));
  });
}

/** `provider`: commands for custom providers. */
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

const newExamples = `Examples:
  webhook-sim provider new acme
  webhook-sim provider new acme --scheme stripe --event order.created
  webhook-sim provider new acme --header X-Acme-Signature --hash sha512
  webhook-sim provider new acme --from capture.http --secret env:ACME_SECRET
  webhook-sim provider new acme --from openapi.yaml
`;

/** `provider new`: begins a custom provider. */
function newCommand(io: Io, finish: (exitCode: number) => void): Command {
  const command = new Command('new')
    .summary('write a description with samples')
    .addHelpText('before', newExamples)
    .description(
      'Write a commented description, a sample of each event and a flow of them, and name it in the config; on a terminal, asks for what no flag gives. With --from, derive these from a captured request, and find out with the secret how it is signed; or derive them from a specification.',
    )
    .argument('[name]', 'lower-case letters, digits and -');
  addFlags(command, providerNewOptions, { isGrouped: false });
  return command.action(async (name: string | undefined, flags: RawFlags) => {
    const { runProviderNew } = await import('./runProviderNew.js');
    finish(await runProviderNew(name, flags, io));
  });
}
