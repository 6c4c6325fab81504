import { checkbox, input, select } from '@inquirer/prompts';
import { type Draft, draftFormats } from '../../../authoring/scaffold/draft.js';
import { readAddress } from '../../../config/address.js';
import { UsageError } from '../../../core/errors.js';
import { catalogueIndex } from '../../../providers/catalogue.js';
import { answerTo } from '../../prompts/ask.js';

/** Asks a person for the parts of a new config that no flag gives. Throws PromptCancelled. */
export function askForDraft(given: Partial<Draft>, usual: Draft): Promise<Draft> {
  return answerTo(answers(given, usual));
}

async function answers(given: Partial<Draft>, usual: Draft): Promise<Draft> {
  const target =
    given.target ?? (await input({ message: 'Where is your receiver?', default: usual.target, validate: isAddress }));
  const providers =
    given.providers ?? (await checkbox({ message: 'Whose webhooks does it take?', choices: choices() }));
  const format =
    given.format ??
    (await select({ message: 'Which kind of file?', choices: [...draftFormats], default: usual.format }));
  return { format, target, providers };
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
