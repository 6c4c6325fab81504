import { Command } from 'commander';
import { keysOptions } from '../../../options/keys.js';
import type { Io } from '../../io/io.js';
import { addFlags, type RawFlags } from '../../options/flags.js';

const examples = `Examples, with a provider of your config that signs with a private key:
  webhook-sim keys discord --format hex
  webhook-sim keys plaid --format jwks --out jwks.json
  webhook-sim keys plaid --serve 4000
`;

const served = `
With --serve, on 127.0.0.1: /jwks.json and /.well-known/jwks.json, and for each
signature of the provider /<signature>.pem, /<signature>.crt.pem (a certificate)
and /<signature>.jwk.json.`;

/** `keys`: the public keys with which receivers verify. */
export function keysCommand(io: Io, finish: (exitCode: number) => void): Command {
  const command = new Command('keys')
    .summary('print the public keys that a receiver needs')
    .addHelpText('before', examples)
    .description(
      'Print the public key of the secret in force, for providers that sign with a private key; never the private one.',
    )
    .argument('<provider>')
    .addHelpText('after', served);
  addFlags(command, keysOptions, { isGrouped: false });
  return command.action(async (provider: string, flags: RawFlags) => {
    const { runKeys } = await import('./keys.js');
    finish(await runKeys(provider, flags, io));
  });
}
