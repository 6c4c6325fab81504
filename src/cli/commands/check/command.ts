import { Command } from 'commander';
import { checkOptions } from '../../../options/check.js';
import type { Io } from '../../io/io.js';
import { addFlags, type RawFlags } from '../../options/flags.js';

const examples = `Examples:
  webhook-sim check scalev --to localhost:3000/webhooks
  webhook-sim check scalev order.created --to :3000 --secret env:MY_SECRET
  webhook-sim check scalev --to :3000 --only must-reject --json
  webhook-sim check scalev --list
`;

const grades = `
Grades:
  A  no findings
  B  no forgery is accepted, but some are not answered as they should be
  C  no forgery is accepted, but genuine events are lost
  D  a forgery made from a genuine delivery is accepted
  F  a forgery that anybody can make is accepted

Exit codes: 0 no findings (remarks are allowed), 1 findings, or fewer than 90 %
of the forgeries could be judged, 2 usage, 3 the receiver was not reached.`;

/** `check`: whether a receiver is safe. */
export function checkCommand(io: Io, finish: (exitCode: number) => void): Command {
  const command = new Command('check')
    .summary('test whether a receiver is safe')
    .description(
      'Send genuine, forged and broken deliveries to a receiver, and name each finding with what to change. The plain event goes first: a receiver has to accept it.',
    )
    .argument('<provider>', 'provider of the webhooks')
    .argument('[event]', "event; default: the provider's default event")
    .addHelpText('before', examples)
    .addHelpText('after', grades);
  addFlags(command, checkOptions);
  return command.action(async (provider: string, event: string | undefined, flags: RawFlags) => {
    const { runCheck } = await import('./check.js');
    finish(await runCheck(provider, event, flags, io));
  });
}
