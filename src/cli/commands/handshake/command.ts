import { Command } from 'commander';
import { handshakeOptions } from '../../../options/handshake.js';
import type { Io } from '../../io/io.js';
import { addFlags, type RawFlags } from '../../options/flags.js';

const examples = `Examples, with a provider of your config that has a handshake:
  webhook-sim handshake slack --to localhost:3000/slack
  webhook-sim handshake discord PING --to :3000 --json
`;

const codes = `
Exit codes: 0 every answer was correct, 1 one was not, 2 usage,
3 the receiver was unreachable or broken, 4 it did not answer in time.`;

/** `handshake`: what a provider sends before its first delivery. */
export function handshakeCommand(io: Io, finish: (exitCode: number) => void): Command {
  const command = new Command('handshake')
    .summary('send what a provider sends before its first event')
    .description(
      'Send the requests that a provider sends before its first event, in order, and report whether the receiver answers each correctly.',
    )
    .argument('<provider>', 'provider of the handshakes')
    .argument('[name...]', 'handshakes; default: all')
    .addHelpText('before', examples)
    .addHelpText('after', codes);
  addFlags(command, handshakeOptions);
  return command.action(async (provider: string, names: string[], flags: RawFlags) => {
    const { runHandshake } = await import('./handshake.js');
    finish(await runHandshake(provider, names, flags, io));
  });
}
