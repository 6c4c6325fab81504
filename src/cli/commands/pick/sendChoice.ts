import type { Io } from '../../io/io.js';
import { sendWith } from '../send/send.js';
import { answersOf, type Choice, optionsOf } from './choice.js';
import { commandFor, commandNote } from './command.js';

/** Sends a choice, and shows the command that does the same. */
export async function sendChoice(choice: Choice, io: Io): Promise<void> {
  const { io: answered, edit } = answersOf(choice, io);
  await sendWith(choice.provider.name, [choice.event], optionsOf(choice), answered, edit);
  printCommand(choice, io);
}

/** Shows the command that sends the same. */
export function printCommand(choice: Choice, io: Io): void {
  io.stdout.write(`\nThe same as a command:\n${commandNote('send', choice)}${commandFor('send', choice, io)}\n\n`);
}

/** Prints the curl command that sends the same bytes. */
export async function showCurl(choice: Choice, io: Io): Promise<void> {
  io.stdout.write('\n');
  const { io: answered, edit } = answersOf(choice, io);
  const options = { ...optionsOf(choice), curl: true, json: false, quiet: true };
  await sendWith(choice.provider.name, [choice.event], options, answered, edit);
  io.stdout.write('\n');
}
