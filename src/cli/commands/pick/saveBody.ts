import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { confirm, input } from '@inquirer/prompts';
import { UsageError } from '../../../core/errors.js';
import type { Io } from '../../io/io.js';
import { ask, back } from '../../prompts/ask.js';
import { promptTheme } from '../../prompts/theme.js';
import type { Choice } from './choice.js';
import { commandNote, programName, quoteWord, secretFlags } from './command.js';
import { requestOf } from './request.js';

/** Saves the body as it would be sent, and tells the command that sends the file. */
export async function saveBody(choice: Choice, io: Io): Promise<void> {
  const { provider, event, target } = choice;
  const { body } = await requestOf(choice, io);
  const theme = promptTheme(io);
  const usual = `${event}.json`;
  const name = await ask(io, (context) => input({ message: 'File', default: usual, required: true, theme }, context));
  if (name === back) return;
  const path = resolve(io.cwd, name);
  try {
    await writeFile(path, body, { flag: 'wx' });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cantWrite(name, cause);
    const message = `${name} is there already. Write over it?`;
    if ((await ask(io, (context) => confirm({ message, default: false, theme }, context))) !== true) return;
    await writeFile(path, body).catch((error) => {
      throw cantWrite(name, error);
    });
  }
  const flags = ['--to', target, '--data', name, ...secretFlags(choice, false)];
  const words = [...programName(io), 'send', provider.name, event, ...flags];
  const note = commandNote('send', { ...choice, body: null });
  io.stdout.write(`\nSent with:\n${note}${words.map(quoteWord).join(' ')}\n\n`);
}

function cantWrite(name: string, cause: unknown): UsageError {
  return new UsageError('CANT_WRITE', `${name} can't be written (${(cause as NodeJS.ErrnoException).code}).`, {
    cause,
  });
}
