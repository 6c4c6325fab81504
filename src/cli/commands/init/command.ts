import { Command, Option } from 'commander';
import type { Io } from '../../io/io.js';
import { collect } from '../../options/collect.js';
import type { InitFlags } from './flags.js';

/** `init`: begins a project's config. */
export function initCommand(io: Io, finish: (exitCode: number) => void): Command {
  return new Command('init')
    .summary('write a project config')
    .addHelpText(
      'before',
      'Examples:\n  webhook-sim init\n  webhook-sim init --target localhost:8080/hooks --provider scalev\n',
    )
    .description('Write a commented webhook-sim.config file; asks on a terminal what no flag says.')
    .option('--format <format>', 'yaml (the default), ts or json')
    .option('--target <address>', 'address of your receiver; default: http://localhost:3000/webhooks')
    .addOption(new Option('--provider <name>', 'a provider whose secret it is to find (repeatable)').argParser(collect))
    .option('--force', 'write over the file that is there')
    .action(async (flags: InitFlags) => {
      const { init } = await import('./init.js');
      finish(await init(flags, io));
    });
}
