import { confirm } from '@inquirer/prompts';
import type { Io } from '../io/io.js';
import { ask, PromptCancelled } from './ask.js';
import { promptTheme } from './theme.js';

/** Returns whether a person wants to go on with a text that is not right yet. */
export async function askAgain(io: Io): Promise<boolean> {
  try {
    return (
      (await ask(io, (context) => confirm({ message: 'Edit it again?', theme: promptTheme(io) }, context))) === true
    );
  } catch (error) {
    if (error instanceof PromptCancelled) return false;
    throw error;
  }
}
