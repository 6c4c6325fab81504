import { Command, Option } from 'commander';
import { outcomes } from '../../../core/outcome.js';
import type { Io } from '../../io/io.js';
import { configOption, reportNegations } from '../../options/configOption.js';
import type { LogFlags } from './flags.js';

const examples = `Examples:
  webhook-sim log
  webhook-sim log --failed --since 1h
  webhook-sim log last
  webhook-sim log 3f2a91c0 --json
`;

/** `log`: what was sent in a project, and what was answered. */
export function logCommand(io: Io): Command {
  const command = new Command('log')
    .summary('what was sent and answered')
    .description(
      'List the last deliveries of this project, the newest at the end, or show one of them whole. They are kept in your own state folder without anything secret; not with --no-log, and not under CI.',
    )
    .argument('[delivery]', 'the key or id of one, or how it begins; or last')
    .addHelpText('before', examples);
  const options = [
    new Option('--provider <name>', 'only of this provider'),
    new Option('--event <name>', 'only this event; a * stands for any text'),
    new Option('--outcome <outcome>', 'only what ended so').choices(outcomes),
    new Option('--failed', 'only what was not ok'),
    new Option('--since <time>', 'only what was sent since then: 1h, 2d or an ISO 8601 time'),
    new Option('--limit <n>', 'so many at most (default: 20)'),
    new Option('--clear', 'forget all deliveries of this project'),
    new Option('--json', 'one JSON object per delivery, whole'),
    new Option('-q, --quiet', 'only results, no talk on stderr'),
    configOption(),
  ];
  const negations = reportNegations().filter(({ long }) => long !== '--no-verbose');
  for (const option of [...options, ...negations]) command.addOption(option);
  return command.action(async (delivery: string | undefined, flags: LogFlags) => {
    const { log } = await import('./log.js');
    await log(delivery, flags, io);
  });
}
