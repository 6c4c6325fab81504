import { Command } from 'commander';
import { verifyOptions } from '../../../options/verify.js';
import type { Io } from '../../io/io.js';
import { addFlags, type RawFlags } from '../../options/flags.js';

const examples = `Examples:
  webhook-sim verify last
  webhook-sim verify last --computed <what your receiver computed>
  webhook-sim verify capture.http --secret env:MY_SECRET
  webhook-sim verify scalev capture.har --entry 2
  webhook-sim verify scalev copied-as-curl.sh
  webhook-sim verify scalev --body body.json -H 'X-Scalev-Hmac-Sha256: …'
`;

/** `verify`: whether a captured request is genuine, and if not, why. */
export function verifyCommand(io: Io, finish: (exitCode: number) => void): Command {
  const command = new Command('verify')
    .summary('explain why a signature does not match')
    .addHelpText('before', examples)
    .description(
      'Check a captured request, or a delivery of the log, offline; when its signature does not match, say why. Sends nothing.',
    )
    .argument('[provider]', 'provider of the webhook; default: recognized by its headers')
    .argument(
      '[file]',
      'the request: a file with HTTP text, HAR, a curl command or the export of a tool; - reads standard input; last, or a key or id of the log (a file of such a name is ./last)',
    );
  addFlags(command, verifyOptions, { isGrouped: false });
  return command.action(async (first: string | undefined, second: string | undefined, flags: RawFlags) => {
    const { runVerify } = await import('./verify.js');
    const words = [first, second].filter((word) => word !== undefined);
    finish(await runVerify(words, flags, io));
  });
}
