import { checkbox, input, select } from '@inquirer/prompts';
import { type Draft, draftFormats } from '../../../authoring/scaffold/draft.js';
import { readAddress } from '../../../config/address.js';
import { UsageError } from '../../../core/errors.js';
import { catalogueIndex } from '../../../providers/catalogue.js';

/** Asks a person what no flag has said of a new config; null where they leave with Ctrl-C. */
export async function askForDraft(given: Partial<Draft>, usual: Draft): Promise<Draft | null> {
  try {
    const target =
      given.target ?? (await input({ message: 'Where is your receiver?', default: usual.target, validate: isAddress }));
    const providers =
      given.providers ?? (await checkbox({ message: 'Whose webhooks does it take?', choices: choices() }));
    const format =
      given.format ??
      (await select({ message: 'Which kind of file?', choices: [...draftFormats], default: usual.format }));
    return { format, target, providers };
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') return null;
    throw error;
  }
}

function choices() {
  return catalogueIndex().map(({ name, title }) => ({ value: name, name: title }));
}

function isAddress(text: string): true | string {
  try {
    readAddress(text, 'The address');
    return true;
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}
