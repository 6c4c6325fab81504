import { Command } from 'commander';
import { flowOptions } from '../../../options/flow.js';
import type { Io } from '../../io/io.js';
import { addFlags, type RawFlags } from '../../options/flags.js';

const examples = `Examples:
  webhook-sim flow scalev
  webhook-sim flow scalev fulfilment --to localhost:3000/webhooks
  webhook-sim flow scalev fulfilment --to :3000 --order shuffled --seed 7
  webhook-sim flow bharatcart order --to :3000 --orders \\
    --probe ':3000/orders/{data.orderId}'
`;

const probes = `
A probe shows the state of the receiver: a URL that is read with GET, or a
command whose output is read. {data.orderId} in the URL stands for what was sent
there; a command gets it in $FLOW_DATA_ORDER_ID. With --orders, each ordering
uses other ids, and must end in the same state.`;

/** `flow`: several events about the same things, in order or not. */
export function flowCommand(io: Io, finish: (exitCode: number) => void): Command {
  const command = new Command('flow')
    .summary('send a scenario of several events')
    .description(
      "Send several events about the same things, such as an order from its creation to its delivery: a provider's own, or one of the project config. Without a name, list the flows.",
    )
    .argument('[provider]', 'provider of the flow, or a flow of the config')
    .argument('[flow]', 'flow of the provider')
    .addHelpText('before', examples)
    .addHelpText('after', probes);
  addFlags(command, flowOptions);
  return command.action(async (provider: string | undefined, name: string | undefined, flags: RawFlags) => {
    const { runFlow } = await import('./flow.js');
    finish(await runFlow(provider, name, flags, io));
  });
}
