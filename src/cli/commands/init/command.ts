import { Command } from 'commander';
import { initOptions } from '../../../options/project.js';
import type { Io } from '../../io/io.js';
import { addFlags, type RawFlags } from '../../options/flags.js';

/** `init`: begins a project's config. */
export function initCommand(io: Io, finish: (exitCode: number) => void): Command {
  const command = new Command('init')
    .summary('write a project config')
    .addHelpText(
      'before',
      'Examples:\n  webhook-sim init\n  webhook-sim init --target localhost:8080/hooks --provider scalev\n',
    )
    .description('Write a commented webhook-sim.config file; on a terminal, asks for what no flag gives.');
  addFlags(command, initOptions, { isGrouped: false });
  return command.action(async (flags: RawFlags) => {
    const { runInit: init } = await import('./init.js');
    finish(await init(flags, io));
  });
}
