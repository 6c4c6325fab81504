import type { Io } from '../../io/io.js';
import { send } from '../send/send.js';
import { type Choice, flagsOf } from './choice.js';
import { commandFor } from './command.js';

/** Sends a choice, and tells the command that does the same. */
export async function sendChoice(choice: Choice, io: Io): Promise<void> {
  await send(choice.provider.name, [choice.event], flagsOf(choice), io);
  io.stdout.write(`\nThe same as a command:\n${commandFor('send', choice)}\n\n`);
}

/** Prints the curl command that sends the same bytes. */
export async function showCurl(choice: Choice, io: Io): Promise<void> {
  io.stdout.write('\n');
  const flags = { ...flagsOf(choice), curl: true as const, json: false, quiet: true };
  await send(choice.provider.name, [choice.event], flags, io);
  io.stdout.write('\n');
}
