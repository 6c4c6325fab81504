import { Command, Option } from 'commander';
import type { Io } from '../../io/io.js';
import { collect } from '../../options/collect.js';
import { configOption } from '../../options/configOption.js';
import type { SignFlags } from './flags.js';

/** `sign`: the headers for any body. */
export function signCommand(io: Io): Command {
  return new Command('sign')
    .summary('the headers for any body')
    .addHelpText(
      'before',
      'Examples:\n  webhook-sim sign scalev body.json\n  echo {} | webhook-sim sign commercelayer --event orders.place\n',
    )
    .description('Print the headers that a provider would send with a body; sends nothing.')
    .argument('<provider>')
    .argument('[file]', 'the body; - or nothing reads standard input')
    .option('--event <name>', 'the event that headers name; default: what the body says')
    .addOption(new Option('--secret <secret>', 'a value, env:NAME, file:PATH (repeatable)').argParser(collect))
    .option('--url <url>', 'the URL that is signed, where a scheme signs it')
    .option('--seed <number>', 'make the fresh ids repeatable')
    .option('--now <time>', 'the time that the headers tell')
    .addOption(configOption())
    .option('--json', 'one JSON document')
    .action(async (provider: string, file: string | undefined, flags: SignFlags) => {
      const { sign } = await import('../../commands.js');
      await sign(provider, file ?? '-', flags, io);
    });
}
