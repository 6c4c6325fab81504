import { Command } from 'commander';
import { signOptions } from '../../../options/sign.js';
import type { Io } from '../../io/io.js';
import { addFlags, type RawFlags } from '../../options/flags.js';

/** `sign`: the headers for any body. */
export function signCommand(io: Io): Command {
  const command = new Command('sign')
    .summary('print the signature headers for any body')
    .addHelpText(
      'before',
      'Examples:\n  webhook-sim sign scalev body.json\n  echo {} | webhook-sim sign commercelayer --event orders.place\n',
    )
    .description('Print the headers that a provider would send with a body, without sending it.')
    .argument('<provider>', 'provider whose headers to print')
    .argument('[file]', 'body; by default, or as -, standard input');
  addFlags(command, signOptions, { isGrouped: false });
  return command.action(async (provider: string, file: string | undefined, flags: RawFlags) => {
    const { runSign } = await import('../../commands.js');
    await runSign(provider, file ?? '-', flags, io);
  });
}
