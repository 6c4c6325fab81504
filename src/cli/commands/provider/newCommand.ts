import { Command } from 'commander';
import { providerNewOptions } from '../../../options/project.js';
import type { Io } from '../../io/io.js';
import { addFlags, type RawFlags } from '../../options/flags.js';

const examples = `Examples:
  webhook-sim provider new acme
  webhook-sim provider new acme --scheme stripe --event order.created --event order.paid
  webhook-sim provider new acme --header X-Acme-Signature --hash sha512 --encoding base64
  webhook-sim provider new acme --from capture.http --secret env:ACME_SECRET
  webhook-sim provider new acme --from openapi.yaml
`;

/** `provider new`: begins a custom provider. */
export function newCommand(io: Io, finish: (exitCode: number) => void): Command {
  const command = new Command('new')
    .summary('write the description of one, with samples')
    .addHelpText('before', examples)
    .description(
      'Write a commented description, a sample of each event and a flow of them, and name it in the config; asks on a terminal what no flag says. With --from, what a captured request shows is written, and its signature is searched with the secret; or what a specification describes, with a sample of each event.',
    )
    .argument('[name]', 'lower-case letters, digits and -');
  addFlags(command, providerNewOptions, { isGrouped: false });
  return command.action(async (name: string | undefined, flags: RawFlags) => {
    const { newProvider } = await import('./newProvider.js');
    finish(await newProvider(name, flags, io));
  });
}
