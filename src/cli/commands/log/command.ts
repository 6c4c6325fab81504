import { Command } from 'commander';
import { logOptions } from '../../../options/log.js';
import type { Io } from '../../io/io.js';
import { addFlags, type RawFlags } from '../../options/flags.js';

const examples = `Examples:
  webhook-sim log
  webhook-sim log --failed --since 1h
  webhook-sim log last
  webhook-sim log 3f2a91c0 --json
`;

/** `log`: what was sent in a project, and what was answered. */
export function logCommand(io: Io): Command {
  const command = new Command('log')
    .summary('list what was sent and answered')
    .description(
      'List the last deliveries of this project, the newest at the end, or show one of them in full. They are kept in your state folder, without secrets; nothing is kept with --no-log or under CI.',
    )
    .argument('[delivery]', 'key or id of a delivery, or its beginning, or last')
    .addHelpText('before', examples);
  addFlags(command, logOptions, { isGrouped: false });
  return command.action(async (delivery: string | undefined, flags: RawFlags) => {
    const { runLog: log } = await import('./log.js');
    await log(delivery, flags, io);
  });
}
