import { Command } from 'commander';
import { resendOptions } from '../../../options/resend.js';
import type { Io } from '../../io/io.js';
import { addFlags, type RawFlags } from '../../options/flags.js';

const examples = `Examples:
  webhook-sim resend
  webhook-sim resend 3f2a91c0 --to :3000/webhooks
  webhook-sim resend --failed
  webhook-sim resend last --secret env:NEW_SECRET
  webhook-sim resend last --edit
  webhook-sim send --from last --set data.status=paid
`;

/** `resend`: sends deliveries of the log again. */
export function resendCommand(io: Io, finish: (exitCode: number) => void): Command {
  const command = new Command('resend')
    .summary('send a delivery of the log again')
    .description(
      'Send logged deliveries again to the same URL, as their provider does at a resend: for most, byte for byte. A forgery stays a forgery.',
    )
    .argument('[delivery...]', 'key or id of each, or its beginning; default: last')
    .addHelpText('before', examples);
  addFlags(command, resendOptions);
  return command.action(async (names: string[], flags: RawFlags) => {
    const { runResend } = await import('./resend.js');
    finish(await runResend(names, flags, io));
  });
}
