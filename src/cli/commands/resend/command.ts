import { Command, Option } from 'commander';
import type { Io } from '../../io/io.js';
import { collect } from '../../options/collect.js';
import { configOption, reportNegations } from '../../options/configOption.js';
import type { ResendFlags } from '../../options/flags/resend.js';
import { routeOptions } from '../../options/route.js';

const examples = `Examples:
  webhook-sim resend
  webhook-sim resend 3f2a91c0 --to :3000/webhooks
  webhook-sim resend --failed
  webhook-sim resend last --secret env:NEW_SECRET
`;

/** `resend`: sends deliveries of the log once more. */
export function resendCommand(io: Io, finish: (exitCode: number) => void): Command {
  const command = new Command('resend')
    .summary('send a delivery of the log once more')
    .description(
      'Send deliveries that the log has kept once more, to where they went: as their provider does at a resend, which for most is byte for byte. A forgery stays the forgery that it is.',
    )
    .argument('[delivery...]', 'the key or id of each, or how it begins; or last (the default)')
    .addHelpText('before', examples);
  const grouped = (group: string, ...options: Option[]) => options.map((option) => option.helpGroup(group));
  const options = [
    ...grouped(
      'What to send:',
      new Option('--failed', 'all of the last command that were not ok'),
      new Option('--exact', 'byte for byte, also where the provider would renew something'),
      new Option(
        '-H, --header <header>',
        "add or replace a header 'Name: value'; 'Name:' leaves it out (repeatable)",
      ).argParser(collect),
    ),
    ...grouped(
      'Where and how:',
      new Option('--to <target>', 'another receiver: localhost:3000, a URL, a name of the config, or demo'),
      new Option('--secret <secret>', 'sign anew: a value, env:NAME, file:PATH or - (repeatable)').argParser(collect),
      new Option('--timeout <duration>', "time limit of an attempt, such as 5s; default: the provider's own"),
      new Option('--expect <status>', 'what counts as ok: 2xx, 401 or 200,204'),
      new Option('--no-log', 'keep nothing of it in the delivery log'),
      configOption(),
    ),
    ...routeOptions(),
    ...grouped(
      'What to show:',
      new Option('--dry-run', 'show the deliveries and send nothing'),
      new Option('--curl', 'print curl commands that send the same, and send nothing'),
      new Option('--json', 'one JSON object per line'),
      new Option('-q, --quiet', 'only results, no talk on stderr'),
      new Option('-v, --verbose', 'request, phases and answer of each delivery'),
    ),
  ];
  for (const option of [...options, ...reportNegations()]) command.addOption(option);
  return command.action(async (names: string[], flags: ResendFlags) => {
    const { resend } = await import('./resend.js');
    finish(await resend(names, flags, io));
  });
}
