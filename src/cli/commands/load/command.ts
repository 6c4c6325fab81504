import { Command } from 'commander';
import { loadOptions } from '../../../options/load.js';
import type { Io } from '../../io/io.js';
import { addFlags, type RawFlags } from '../../options/flags.js';

const examples = `Examples:
  webhook-sim load stripe invoice.paid --to :3000/hooks --rate 500/s --for 30s
  webhook-sim load github push=8 release.published --to :3000 --rate 50/s..900/s
  webhook-sim load shopify orders/create --to :3000 --report html=load.html \\
    --stages 10s@100/s,30s@1000/s --max-latency p99=250ms --max-failed 1%
`;

const codes = `
Exit codes: 0 all thresholds were met, 1 one was not, or could not be judged as
this machine was the limit, 2 usage, 3 broken or unreachable, 4 timed out.`;

/** `load`: deliveries at a rate. */
export function loadCommand(io: Io, finish: (exitCode: number) => void): Command {
  const command = new Command('load')
    .summary('send signed events at a rate and measure latency')
    .description(
      'Send deliveries at a rate, each with its own id, time and signature, whether the receiver keeps up or not; measure each from the moment at which it was due.',
    )
    .argument('[provider]', 'provider of the webhooks')
    .argument('[event...]', 'events, with a weight if one comes more often: push=3')
    .addHelpText('before', examples)
    .addHelpText('after', codes);
  addFlags(command, loadOptions);
  return command.action(async (provider: string | undefined, events: string[], flags: RawFlags) => {
    const { runLoadCommand } = await import('./load.js');
    finish(await runLoadCommand(provider, events, flags, io));
  });
}
