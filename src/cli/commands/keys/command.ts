import { Command, Option } from 'commander';
import type { Io } from '../../io/io.js';
import { collect } from '../../options/collect.js';
import { configOption } from '../../options/configOption.js';
import type { KeysFlags } from './flags.js';

const examples = `Examples, with a provider of your own config that signs with a private key:
  webhook-sim keys discord --format hex
  webhook-sim keys plaid --format jwks --out jwks.json
  webhook-sim keys plaid --serve 4000
`;

const served = `
With --serve, on 127.0.0.1: /jwks.json and /.well-known/jwks.json, and for each signature
of the provider /<signature>.pem, /<signature>.crt.pem (a certificate) and
/<signature>.jwk.json.`;

/** `keys`: the public keys with which receivers verify. */
export function keysCommand(io: Io, finish: (exitCode: number) => void): Command {
  return new Command('keys')
    .summary('the public key with which a receiver verifies')
    .addHelpText('before', examples)
    .description(
      'Print the public key of the secret in force, for providers that sign with a private key; never the private one.',
    )
    .argument('<provider>')
    .addOption(new Option('--format <format>', 'only this form: pem, jwks, jwk, base64, hex (Ed25519), certificate'))
    .option('--out <file>', 'write it to a file')
    .option('--force', 'replace the file')
    .option('--serve <port>', 'serve the keys until Ctrl-C; 0 takes any free port')
    .addOption(
      new Option('--secret <secret>', 'a value, env:NAME, file:PATH or - (repeatable, the first is current)').argParser(
        collect,
      ),
    )
    .option('--to <target>', 'whose secret, where a target of the config has its own')
    .addOption(configOption())
    .option('--json', 'one JSON document')
    .option('-q, --quiet', 'only results, no talk on stderr')
    .addHelpText('after', served)
    .action(async (provider: string, flags: KeysFlags) => {
      const { keys } = await import('./keys.js');
      finish(await keys(provider, flags, io));
    });
}
