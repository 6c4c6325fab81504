import { Command } from 'commander';
import { unknownName } from '../../../core/nearest.js';
import type { Io } from '../../io/io.js';
import { type Shell, shells } from './situation.js';

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

interface CompleteFlags {
  shell?: string | true;
  empty?: true;
}

/** Builds `complete`, which completion scripts call; hidden in help. It fails silently, for its output goes to a prompt. */
export function completeCommand(io: Io): Command {
  return new Command('complete')
    .description('Print the ways to go on with a command line; for the scripts of completion.')
    .argument('[words...]', 'words up to the cursor, after --; the last is completed')
    .option('--shell [shell]', 'the shell that asks')
    .option('--empty', 'the word at the cursor is empty; for shells that can not pass an empty one')
    .allowUnknownOption()
    .action(async (words: string[], flags: CompleteFlags, command: Command) => {
      try {
        const { complete } = await import('./complete.js');
        const typed = flags.empty || words.length === 0 ? [...words, ''] : words;
        io.stdout.write(await complete(command.parent!, typed, flags.shell, io));
      } catch {
        // A prompt is no place for errors.
      }
    });
}
