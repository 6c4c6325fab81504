import { Command, Option } from 'commander';
import type { Io } from '../../io/io.js';
import { collect } from '../../options/collect.js';
import { configOption, reportNegations } from '../../options/configOption.js';
import { routeOptions } from '../../options/route.js';
import { serveKeysOption } from '../../options/startOptions.js';
import type { HandshakeCommandFlags } from './flags.js';

const examples = `Examples, with a provider of your own config that has a handshake:
  webhook-sim handshake slack --to localhost:3000/slack
  webhook-sim handshake discord PING --to :3000 --json
`;

const codes = `
Exit codes: 0 every answer was the right one, 1 one was not, 2 usage,
3 the receiver was unreachable or broken, 4 it did not answer in time.`;

/** `handshake`: what a provider sends before its first delivery. */
export function handshakeCommand(io: Io, finish: (exitCode: number) => void): Command {
  const command = new Command('handshake')
    .summary('what a provider sends before its first event, such as a challenge')
    .description(
      'Send the requests that a provider sends before its first event, in order, and tell whether the receiver answers each as it has to.',
    )
    .argument('<provider>', 'whose handshakes')
    .argument('[name...]', 'which of them; default: all')
    .addHelpText('before', examples)
    .addHelpText('after', codes);
  const grouped = (group: string, ...options: Option[]) => options.map((option) => option.helpGroup(group));
  const options = [
    ...grouped(
      'What to send:',
      new Option(
        '-H, --header <header>',
        "add or replace a header 'Name: value'; 'Name:' leaves it out (repeatable)",
      ).argParser(collect),
      new Option('--seed <number>', 'make the challenges repeatable'),
      new Option('--now <time>', 'the time that it tells, as ISO 8601 or Unix seconds'),
    ),
    ...grouped(
      'Where and how:',
      new Option('--to <target>', 'receiver: localhost:3000, :3000/path, a URL, a name of the config, or demo'),
      new Option('--secret <secret>', 'a value, env:NAME, file:PATH or - (repeatable, the first is current)').argParser(
        collect,
      ),
      new Option('--timeout <duration>', "time limit of an attempt, such as 5s; default: the handshake's own"),
      serveKeysOption(),
      configOption(),
    ),
    ...routeOptions(),
    ...grouped(
      'What to show:',
      new Option('--dry-run', 'show the requests and send nothing'),
      new Option('--curl', 'print curl commands that send the same, and send nothing'),
      new Option('--json', 'one JSON object per line'),
      new Option('-q, --quiet', 'only results, no talk on stderr'),
      new Option('-v, --verbose', 'request, phases and answer of each'),
    ),
  ];
  for (const option of [...options, ...reportNegations()]) command.addOption(option);
  return command.action(async (provider: string, names: string[], flags: HandshakeCommandFlags) => {
    const { handshake } = await import('./handshake.js');
    finish(await handshake(provider, names, flags, io));
  });
}
