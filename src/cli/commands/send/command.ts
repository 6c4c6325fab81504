import { Command } from 'commander';
import { wrap } from '../../../core/printable.js';
import { forgeries } from '../../../forge/forgeries.js';
import { sendOptions } from '../../../options/send.js';
import type { Io } from '../../io/io.js';
import { addFlags, type RawFlags } from '../../options/flags.js';

const examples = `Examples:
  webhook-sim send scalev order.created --to localhost:3000/webhooks
  webhook-sim send scalev 'order.*' --to :3000 --secret env:MY_SECRET
  webhook-sim send scalev order.created --set data.status=paid --to :3000
  webhook-sim send scalev --all --to :3000 --json
  webhook-sim send bharatcart order.created --retry --to :3000
`;

/** Columns of a help. */
const helpWidth = 80;

function forgeryLines(): string {
  const column = Math.max(...forgeries.map(({ name }) => name.length));
  const margin = `\n${' '.repeat(column + 4)}`;
  return forgeries
    .map(({ name, title }) => `  ${name.padEnd(column)}  ${wrap(title, helpWidth - column - 4).join(margin)}`)
    .join('\n');
}

/** `send`: signs events and sends them to a receiver. */
export function sendCommand(io: Io, finish: (exitCode: number) => void): Command {
  const command = new Command('send')
    .summary('send signed events to a receiver')
    .description(
      'Sign one or more events and send them to a receiver; without --to, to the one that the project config names, or else to the built-in one.',
    )
    .argument('[provider]', 'provider of the webhooks; a terminal asks for it')
    .argument('[event...]', 'events; * matches any text; a terminal asks for them')
    .addHelpText('before', examples)
    .addHelpText('after', () => `\nForgeries, for --forge:\n${forgeryLines()}`);
  addFlags(command, sendOptions);
  return command.action(async (provider: string | undefined, events: string[], flags: RawFlags) => {
    const { runSend } = await import('../../commands.js');
    finish(await runSend(provider, events, flags, io));
  });
}
