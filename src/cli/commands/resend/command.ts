import { Command } from 'commander';
import { resendOptions } from '../../../options/resend.js';
import type { Io } from '../../io/io.js';
import { addFlags, type RawFlags } from '../../options/flags.js';

const examples = `Examples:
  webhook-sim resend
  webhook-sim resend 3f2a91c0 --to :3000/webhooks
  webhook-sim resend --failed
  webhook-sim resend last --secret env:NEW_SECRET
`;

/** `resend`: sends deliveries of the log once more. */
export function resendCommand(io: Io, finish: (exitCode: number) => void): Command {
  const command = new Command('resend')
    .summary('send a delivery of the log again')
    .description(
      'Send deliveries that the log has kept once more, to where they went: as their provider does at a resend, which for most is byte for byte. A forgery stays the forgery that it is.',
    )
    .argument('[delivery...]', 'key or id of each, or its beginning; default: last')
    .addHelpText('before', examples);
  addFlags(command, resendOptions);
  return command.action(async (names: string[], flags: RawFlags) => {
    const { runResend } = await import('./resend.js');
    finish(await runResend(names, flags, io));
  });
}
