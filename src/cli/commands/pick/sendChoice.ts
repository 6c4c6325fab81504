import { confirm } from '@inquirer/prompts';
import { UsageError } from '../../../core/errors.js';
import type { Io } from '../../io/io.js';
import { flagName } from '../../options/flags.js';
import { ask } from '../../prompts/ask.js';
import { promptTheme } from '../../prompts/theme.js';
import { checkWith } from '../check/check.js';
import { sendWith } from '../send/send.js';
import { answerPrompts, type Choice, toSendOptions } from './choice.js';
import { commandFor, commandNote } from './command.js';

/** Sends a choice, and shows the command that does the same. */
export async function sendChoice(choice: Choice, io: Io): Promise<void> {
  const { io: answered, edit } = answerPrompts(choice, io);
  await sendWith(choice.provider.name, [choice.event], toSendOptions(choice), answered, edit);
  printCommand(choice, io);
}

/** Shows the command that sends the same. */
export function printCommand(choice: Choice, io: Io): void {
  io.stdout.write(`\nThe same as a command:\n${commandNote('send', choice, io)}${commandFor('send', choice, io)}\n\n`);
}

/** Prints the curl command that sends the same bytes. */
export async function showCurl(choice: Choice, io: Io): Promise<void> {
  io.stdout.write('\n');
  const { io: answered, edit } = answerPrompts(choice, io);
  const options = { ...toSendOptions(choice), curl: true, json: false, quiet: true };
  await sendWith(choice.provider.name, [choice.event], options, answered, edit);
  io.stdout.write('\n');
}

/** Checks the receiver; one on another machine only after the person confirmed that it is theirs. */
export async function checkReceiver(choice: Choice, io: Io): Promise<void> {
  const { provider, event, target } = choice;
  const { io: answered } = answerPrompts(choice, io);
  const { secret } = toSendOptions(choice);
  const options = { to: target, ...(secret && { secret }), nameOf: flagName };
  const command = commandFor('check', choice, io);
  const print = (text: string) =>
    io.stdout.write(`\nThe same as a command:\n${commandNote('check', choice, io)}${text}\n\n`);
  try {
    await checkWith(provider.name, event, options, answered);
    print(command);
  } catch (error) {
    if (!(error instanceof UsageError) || error.code !== 'NOT_YOURS') throw error;
    const message = 'A check attacks the receiver, which is not on this machine. Is it yours?';
    const theme = promptTheme(io);
    if ((await ask(io, (context) => confirm({ message, default: false, theme }, context))) !== true) return;
    await checkWith(provider.name, event, { ...options, allowRemote: true }, answered);
    print(`${command} --allow-remote`);
  }
}
