import { Command, Option } from 'commander';
import type { Io } from '../../io/io.js';
import { collect } from '../../options/collect.js';
import { configOption, reportNegations } from '../../options/configOption.js';
import type { FlowFlags } from '../../options/flags/flow.js';
import { routeOptions } from '../../options/route.js';
import { startOptions } from '../../options/startOptions.js';

const examples = `Examples:
  webhook-sim flow scalev
  webhook-sim flow scalev fulfilment --to localhost:3000/webhooks
  webhook-sim flow scalev fulfilment --to :3000 --order shuffled --seed 7
  webhook-sim flow bharatcart order --to :3000 --orders \\
    --probe ':3000/orders/{data.orderId}'
`;

const probes = `
A probe shows the state of the receiver: a URL that is asked with GET, or a command
whose output is read. {data.orderId} in the URL stands for what was sent there; a
command finds the same in $FLOW_DATA_ORDER_ID. With --orders, each ordering tells the
flow about other things, and must end in the same state.`;

/** `flow`: stories of several events, in order or not. */
export function flowCommand(io: Io, finish: (exitCode: number) => void): Command {
  const command = new Command('flow')
    .summary('send a story of several events about the same things')
    .description(
      "Send a story of several events about the same things, such as an order from its creation to its delivery: a provider's own, or one of the project config. Without a name, list what there is.",
    )
    .argument('[provider]', 'whose flow; or the name of a flow of the config')
    .argument('[flow]', 'which flow of the provider')
    .addHelpText('before', examples)
    .addHelpText('after', probes);
  const grouped = (group: string, ...options: Option[]) => options.map((option) => option.helpGroup(group));
  const options = [
    ...grouped(
      'What to send:',
      new Option('--all', 'every flow of the provider'),
      new Option('--list', 'list the flows with their events and send nothing'),
      new Option('-H, --header <header>', "add or replace a header 'Name: value' (repeatable)").argParser(collect),
      new Option('--seed <number>', 'make ids and random orders repeatable'),
      new Option('--now <time>', 'the time of the last event, as ISO 8601 or Unix seconds'),
    ),
    ...grouped(
      'What goes wrong on the way:',
      new Option('--order <order>', 'natural (the default), reversed or shuffled'),
      new Option('--drop <event>', 'an event that gets lost (repeatable)').argParser(collect),
      new Option('--jitter <duration>', "each delivery is late by up to so much, on the provider's clock"),
      new Option('--duplicate <n>', 'deliver each event n times'),
      new Option('--concurrency <n>', 'deliveries under way at once'),
    ),
    ...grouped(
      'What becomes of it:',
      new Option('--probe <url|command>', "show the receiver's state after the flow"),
      new Option('--orders', 'run in each order, with duplicates, at once; fail where the states differ'),
    ),
    ...grouped(
      'Where and how:',
      new Option('--to <target>', 'receiver: localhost:3000, :3000/path, a URL, a name of the config, or demo'),
      new Option('--secret <secret>', 'a value, env:NAME, file:PATH or - (repeatable, the first is current)').argParser(
        collect,
      ),
      new Option('--speed <speed>', 'pace of the story: 1x, 600x, or instant (the default)'),
      ...startOptions(),
      new Option('--timeout <duration>', "time limit of an attempt, such as 5s; default: the provider's own"),
      configOption(),
    ),
    ...routeOptions(),
    ...grouped(
      'What to show:',
      new Option('--dry-run', 'show the deliveries and send nothing'),
      new Option('--no-log', 'keep nothing of it in the delivery log'),
      new Option('--json', 'one JSON object per line'),
      new Option('-q, --quiet', 'only results, no talk on stderr'),
      new Option('-v, --verbose', 'request, phases and answer of each delivery'),
    ),
  ];
  for (const option of [...options, ...reportNegations()]) command.addOption(option);
  return command.action(async (provider: string | undefined, name: string | undefined, flags: FlowFlags) => {
    const { flow } = await import('./flow.js');
    finish(await flow(provider, name, flags, io));
  });
}
