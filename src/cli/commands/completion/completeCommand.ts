import { Command } from 'commander';
import type { Io } from '../../io/io.js';

interface CompleteFlags {
  shell?: string | true;
  empty?: true;
}

/** `complete`: what the completion scripts ask, in no help. It fails silently, for its output stands in a prompt. */
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
        const asked = flags.empty || words.length === 0 ? [...words, ''] : words;
        io.stdout.write(await complete(command.parent!, asked, flags.shell, io));
      } catch {
        // A prompt is no place for errors.
      }
    });
}
