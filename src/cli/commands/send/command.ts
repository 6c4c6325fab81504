import { Command, Option } from 'commander';
import { forgeries } from '../../../forge/forgeries.js';
import type { Io } from '../../io/io.js';
import { configOption, reportNegations } from '../../options/configOption.js';
import type { SendFlags } from '../../options/flags/send.js';
import { payloadOption } from '../../options/payloadOptions.js';
import { routeOptions } from '../../options/route.js';
import { startOptions } from '../../options/startOptions.js';

const examples = `Examples:
  webhook-sim send scalev order.created --to localhost:3000/webhooks
  webhook-sim send scalev 'order.*' --to :3000 --secret env:MY_SECRET
  webhook-sim send scalev order.created --set data.status=paid --to :3000
  webhook-sim send scalev --all --to :3000 --json
  webhook-sim send bharatcart order.created --retry --to :3000
`;

function forgeryLines(): string {
  const column = Math.max(...forgeries.map(({ name }) => name.length));
  return forgeries.map(({ name, title }) => `  ${name.padEnd(column)}  ${title}`).join('\n');
}

function grouped(group: string, options: Option[]): Option[] {
  return options.map((option) => option.helpGroup(group));
}

/** `send`: signs events and sends them to a receiver. */
export function sendCommand(io: Io, finish: (exitCode: number) => void): Command {
  const command = new Command('send')
    .summary('sign events and send them to a receiver')
    .description(
      'Sign one or more events and send them to a receiver; without --to, to the one that the project config names, or else to the built-in one.',
    )
    .argument('[provider]', 'whose webhooks to send; asked for on a terminal')
    .argument('[event...]', 'which events; a * stands for any text; asked for on a terminal')
    .addHelpText('before', examples)
    .addHelpText('after', () => `\nForgeries, for --forge:\n${forgeryLines()}`);
  const options = [
    ...grouped('What to send:', [
      new Option('--all', 'every event of the provider'),
      payloadOption.variant(),
      payloadOption.set(),
      payloadOption.unset(),
      new Option('--edit', 'change the payload in $VISUAL or $EDITOR before it is sent'),
      payloadOption.data(),
      payloadOption.raw(),
      payloadOption.header(),
      new Option('--forge <name>', 'make it a forgery, such as wrong-secret; ok only if refused with 4xx'),
      payloadOption.bodyStyle(),
      payloadOption.fresh(),
      payloadOption.exact(),
      payloadOption.seed(),
      payloadOption.now(),
    ]),
    ...grouped('Where and how:', [
      new Option('--to <target>', 'receiver: localhost:3000, :3000/path, a URL, a name of the config, or demo'),
      payloadOption.secret(),
      new Option('--count <n>', 'send each event n times'),
      new Option('--concurrency <n>', 'deliveries under way at once'),
      new Option('--timeout <duration>', "time limit of an attempt, such as 5s; default: the provider's own"),
      new Option('--expect <status>', 'what counts as ok: 2xx, 401 or 200,204'),
      new Option('--no-log', 'keep nothing of it in the delivery log'),
      ...startOptions(),
      configOption(),
    ]),
    ...grouped('What the provider does next, and what goes wrong:', [
      new Option('--retry', "try again what is not accepted, on the provider's schedule, until it would stop sending"),
      new Option('--speed <speed>', 'pace of retries: 1x, 600x (the default: ten minutes in a second) or instant'),
      new Option('--schedule <delays>', 'retry on a schedule of your own, such as 5s,10s,1m'),
      new Option('--duplicate <n>', 'send each delivery n times; at once with --concurrency'),
      new Option('--fault <fault>', 'cut-body: cut off in mid-body, then sent whole; slow-upload or slow-upload=30s'),
    ]),
    ...routeOptions(),
    ...grouped('What to show:', [
      new Option('--dry-run', 'show the deliveries and send nothing'),
      new Option('--curl', 'print curl commands that send the same, and send nothing'),
      new Option('--json', 'one JSON object per line'),
      new Option('-q, --quiet', 'only results, no talk on stderr'),
      new Option('-v, --verbose', 'request, phases and answer of each delivery'),
    ]),
  ];
  for (const option of [...options, ...reportNegations()]) command.addOption(option);
  return command.action(async (provider: string | undefined, events: string[], flags: SendFlags) => {
    const { send } = await import('../../commands.js');
    finish(await send(provider, events, flags, io));
  });
}
