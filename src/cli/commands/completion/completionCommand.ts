import { Command } from 'commander';
import { unknownName } from '../../../core/unknownName.js';
import type { Io } from '../../io/io.js';
import { type Shell, shells } from './shells.js';

/** `completion`: the script that makes a shell complete command lines. */
export function completionCommand(io: Io): Command {
  return new Command('completion')
    .summary('complete commands and events in your shell')
    .addHelpText(
      'before',
      'Examples:\n  eval "$(webhook-sim completion bash)"\n  webhook-sim completion fish | source\n',
    )
    .description('Print the completion script of a shell; its first lines say how to install it.')
    .argument('<shell>', 'bash, zsh, fish or powershell')
    .action(async (name: string) => {
      const shell = shells.find((each) => each === name);
      if (!shell) throw unknownName('UNKNOWN_SHELL', `There is no completion for ${name}.`, { name, known: shells });
      io.stdout.write(await scriptOf(shell));
    });
}

async function scriptOf(shell: Shell): Promise<string> {
  const { scripts } = await import('./scripts.js');
  return scripts[shell];
}
