import { Command, Option } from 'commander';
import type { Io } from '../../io/io.js';
import { collect } from '../../options/collect.js';
import { configOption } from '../../options/configOption.js';
import type { ProviderNewFlags } from './newFlags.js';

const examples = `Examples:
  webhook-sim provider new acme
  webhook-sim provider new acme --scheme stripe --event order.created --event order.paid
  webhook-sim provider new acme --header X-Acme-Signature --hash sha512 --encoding base64
  webhook-sim provider new acme --from capture.http --secret env:ACME_SECRET
`;

/** `provider new`: begins a provider of one's own. */
export function newCommand(io: Io, finish: (exitCode: number) => void): Command {
  return new Command('new')
    .summary('write the description of one, with samples')
    .addHelpText('before', examples)
    .description(
      'Write a commented description and a sample of each event, and name it in the config; asks on a terminal what no flag says. With --from, what a captured request shows is written, and its signature is searched with the secret.',
    )
    .argument('[name]', 'lower-case letters, digits and -')
    .option('--from <file>', 'a captured request as HTTP text, HAR or a curl command; - reads standard input')
    .option('--entry <n>', 'which entry of a HAR, from 1')
    .addOption(
      new Option('--secret <secret>', 'with --from: a value, env:NAME, file:PATH or - (repeatable)').argParser(collect),
    )
    .addOption(new Option('--event <name>', 'an event that it sends (repeatable)').argParser(collect))
    .option('--scheme <name>', 'how it signs: hmac (the default), github, stripe, standard-webhooks, token, …')
    .option('--header <name>', 'the header of the signature')
    .option('--hash <name>', 'sha256 (the default), sha512, sha1, …')
    .option('--encoding <name>', 'hex, HEX, base64 or base64url')
    .option('--content <template>', 'what is signed, such as {timestamp}.{body}')
    .option('--secret-env <variable>', 'the environment variable that holds the secret')
    .option('--dir <folder>', 'where it is written; default: webhooks/<name>')
    .option('--format <format>', 'yaml (the default), json or ts')
    .addOption(configOption())
    .option('--force', 'write over the files that are there')
    .option('--dry-run', 'print the description, write nothing')
    .action(async (name: string | undefined, flags: ProviderNewFlags) => {
      const { newProvider } = await import('./newProvider.js');
      finish(await newProvider(name, flags, io));
    });
}
