import { Command } from 'commander';
import { uiOptions } from '../../../options/ui.js';
import type { Io } from '../../io/io.js';
import { addFlags, type RawFlags } from '../../options/flags.js';

const examples = `Examples:
  webhook-sim ui
  webhook-sim ui --open
  webhook-sim ui --port 0 --json
`;

const codes = `
Exit codes: 0 ended with Ctrl-C, 2 usage, or the port is taken.`;

/** `ui`: the page in the browser. */
export function uiCommand(io: Io, finish: (exitCode: number) => void): Command {
  const command = new Command('ui')
    .summary('send, watch and check in the browser')
    .description(
      'Serve a page on 127.0.0.1 that sends events, shows what is sent and received in this project, checks receivers and plays flows and retries. The address contains a token: anyone who has it can do all of this. Ctrl-C ends it.',
    )
    .addHelpText('before', examples)
    .addHelpText('after', codes);
  addFlags(command, uiOptions, { isGrouped: false });
  return command.action(async (flags: RawFlags) => {
    const { runUi } = await import('./runUi.js');
    finish(await runUi(flags, io));
  });
}
