import { password } from '@inquirer/prompts';
import type { Io } from '../io/io.js';
import { ask, type Back, back, PromptCancelled } from './ask.js';
import { promptTheme } from './theme.js';

/** Asks for a text that is not shown while it is typed, nor afterwards. */
export function askHidden(message: string, io: Io): Promise<string | Back> {
  const validate = (text: string) => text !== '' || 'Type it, or press Esc to go back.';
  return ask(io, (context) => password({ message, validate, toggleMask: false, theme: promptTheme(io) }, context));
}

/** Asks for a text that is not shown, in the middle of a command. Throws PromptCancelled where the person gives none. */
export async function askHiddenOnce(message: string, io: Io): Promise<string> {
  const text = await askHidden(message, io);
  if (text === back) throw new PromptCancelled();
  return text;
}
