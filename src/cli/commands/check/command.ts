import { Command, Option } from 'commander';
import type { Io } from '../../io/io.js';
import { collect } from '../../options/collect.js';
import { configOption, reportNegations } from '../../options/configOption.js';
import type { CheckFlags } from '../../options/flags/check.js';
import { routeOptions } from '../../options/route.js';
import { startOptions } from '../../options/startOptions.js';

const examples = `Examples:
  webhook-sim check scalev --to localhost:3000/webhooks
  webhook-sim check scalev order.created --to :3000 --secret env:MY_SECRET
  webhook-sim check scalev --to :3000 --only must-refuse --json
  webhook-sim check scalev --list
`;

const grades = `
Grades:
  A  no flaw was found
  B  no forgery gets in, but false deliveries are not answered as they should be
  C  no forgery gets in, but genuine events are lost
  D  a forgery gets in that is made of a genuine delivery
  F  a forgery gets in that anybody can make

Exit codes: 0 no flaw was found (remarks are allowed), 1 a flaw, or fewer than
90 % of the forgeries could be judged, 2 usage, 3 the receiver was never reached.`;

/** `check`: whether a receiver is safe. */
export function checkCommand(io: Io, finish: (exitCode: number) => void): Command {
  const command = new Command('check')
    .summary('is this receiver safe? a battery of genuine and forged deliveries')
    .description(
      'Send a battery of genuine, forged and broken deliveries to a receiver, and name its flaws with what to change. The plain event goes first: a receiver has to accept it.',
    )
    .argument('<provider>', 'whose webhooks the receiver takes')
    .argument('[event]', "which event; default: the provider's flagship")
    .addHelpText('before', examples)
    .addHelpText('after', grades);
  const grouped = (group: string, ...options: Option[]) => options.map((option) => option.helpGroup(group));
  const options = [
    ...grouped(
      'Which cases:',
      new Option(
        '--only <name>',
        'this case, or a class of them: must-accept, must-refuse, must-not-break (repeatable)',
      ).argParser(collect),
      new Option('--skip <name>', 'not this case or class (repeatable)').argParser(collect),
      new Option('--all-events', 'every event of the provider must be accepted, too'),
      new Option('--list', 'list the cases and send nothing'),
      new Option('--variant <name>', 'another form of the payload'),
      new Option('-H, --header <header>', "add or replace a header 'Name: value' (repeatable)").argParser(collect),
      new Option('--seed <number>', 'make the fresh ids repeatable'),
      new Option('--now <time>', 'the time that deliveries tell, as ISO 8601 or Unix seconds'),
    ),
    ...grouped(
      'Where and how:',
      new Option('--to <target>', 'receiver: localhost:3000, :3000/path, a URL, a name of the config, or demo'),
      new Option('--yes', 'the receiver is mine to attack; needed for one that is not on this machine'),
      new Option('--secret <secret>', 'a value, env:NAME, file:PATH or - (repeatable, the first is current)').argParser(
        collect,
      ),
      new Option('--timeout <duration>', "time limit of an attempt, such as 5s; default: the provider's own"),
      new Option(
        '--budget <duration>',
        'time for the whole check; default: 60s, and up to 5m for receivers that are slow or limit',
      ),
      new Option(
        '--expect <refusal>',
        'what a refusal looks like: 4xx, 200,401 or body:TEXT that it holds; default: 4xx',
      ),
      ...startOptions(),
      configOption(),
    ),
    ...routeOptions(),
    ...grouped(
      'What to show:',
      new Option('--json', 'one JSON object per line'),
      new Option(
        '--report <kind=file>',
        'write junit, tap, sarif, html, har or json, as in run (repeatable)',
      ).argParser(collect),
      new Option('-q, --quiet', 'only results, no talk on stderr'),
      new Option('-v, --verbose', 'why it matters and how to fix it, also where a case passed'),
    ),
  ];
  for (const option of [...options, ...reportNegations()]) command.addOption(option);
  return command.action(async (provider: string, event: string | undefined, flags: CheckFlags) => {
    const { check } = await import('./check.js');
    finish(await check(provider, event, flags, io));
  });
}
