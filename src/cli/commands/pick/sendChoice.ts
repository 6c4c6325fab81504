import type { Io } from '../../io/io.js';
import { sendWith } from '../send/send.js';
import { type Choice, optionsOf } from './choice.js';
import { commandFor } from './command.js';

/** Sends a choice, and tells the command that does the same. */
export async function sendChoice(choice: Choice, io: Io): Promise<void> {
  await sendWith(choice.provider.name, [choice.event], optionsOf(choice), io);
  io.stdout.write(`\nThe same as a command:\n${commandFor('send', choice)}\n\n`);
}

/** Prints the curl command that sends the same bytes. */
export async function showCurl(choice: Choice, io: Io): Promise<void> {
  io.stdout.write('\n');
  const options = { ...optionsOf(choice), curl: true, json: false, quiet: true };
  await sendWith(choice.provider.name, [choice.event], options, io);
  io.stdout.write('\n');
}
