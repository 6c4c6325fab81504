import { Command } from 'commander';
import { listenOptions } from '../../../options/listen.js';
import type { Io } from '../../io/io.js';
import { addFlags, type RawFlags } from '../../options/flags.js';

const examples = `Examples:
  webhook-sim listen
  webhook-sim listen stripe --forward :3000/webhooks --secret env:STRIPE_SECRET
  webhook-sim listen github --until pull_request.opened --timeout 30s --json
  webhook-sim listen --script 500x2,200 --expect-sender standard-webhooks
`;

const codes = `
Exit codes: 0 all requests verify, 1 one does not (or the sender breaks a rule),
2 usage, or the port is taken, 4 what was waited for did not arrive.`;

/** `listen`: what arrives, judged. */
export function listenCommand(io: Io, finish: (exitCode: number) => void): Command {
  const command = new Command('listen')
    .summary('show what arrives, verified and explained')
    .description(
      'Receive webhooks on 127.0.0.1, show the provider of each and whether it verifies, explain it if not, and answer as configured. Ctrl-C ends it.',
    )
    .argument('[provider]', 'provider of the webhooks; default: recognized by its headers')
    .addHelpText('before', examples)
    .addHelpText('after', codes);
  addFlags(command, listenOptions);
  return command.action(async (provider: string | undefined, flags: RawFlags) => {
    const { runListenCommand } = await import('./listen.js');
    finish(await runListenCommand(provider, flags, io));
  });
}
