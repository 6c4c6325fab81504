import { Command, Option } from 'commander';
import type { Io } from '../../io/io.js';
import { collect } from '../../options/collect.js';
import { configOption } from '../../options/configOption.js';
import type { VerifyFlags } from './flags.js';

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
  return new Command('verify')
    .summary('why a signature does not match')
    .addHelpText('before', examples)
    .description(
      'Check a captured request, or a delivery of the log, offline; when its signature does not match, say why. Sends nothing.',
    )
    .argument('[provider]', 'whose webhook it should be; default: recognized by its signature headers')
    .argument(
      '[file]',
      'the request: a file with HTTP text, HAR or a curl command; - reads standard input; last, or a key or id of the log (a file of such a name is ./last)',
    )
    .option('--entry <n>', 'which entry of a HAR, from 1; default: the first with the signature')
    .option('--body <file>', 'the body alone, with -H for each header; - reads standard input')
    .addOption(new Option('-H, --header <header>', "a header 'Name: value' (repeatable)").argParser(collect))
    .addOption(
      new Option('--secret <secret>', 'a value, env:NAME, file:PATH or - (repeatable, the first is current)').argParser(
        collect,
      ),
    )
    .option('--url <url>', 'the URL that was signed, where a scheme signs it')
    .option('--now <time>', 'when the request came; default: what the log or HAR says, or now')
    .option('--tolerance <duration>', 'how old a signed time may be; default: 5m')
    .option('--computed <signature>', 'the value that your receiver computed: which mistake gives it?')
    .addOption(configOption())
    .option('--json', 'one JSON document')
    .option('-q, --quiet', 'only results, no talk on stderr')
    .action(async (first: string | undefined, second: string | undefined, flags: VerifyFlags) => {
      const { verify } = await import('./verify.js');
      const words = [first, second].filter((word) => word !== undefined);
      finish(await verify(words, flags, io));
    });
}
