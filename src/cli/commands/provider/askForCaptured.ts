import { input, password } from '@inquirer/prompts';
import { nameProblem } from './readNewFlags.js';

/** The questions of `provider new --from`; each resolves with null where the person leaves with Ctrl-C. */
export const askForCaptured = {
  name: () => answered(input({ message: 'What is it called?', default: 'acme', validate: nameProblem })),
  /** Empty where the person has none. */
  secret: () => answered(password({ message: 'Which secret was it signed with? (empty: none, it is guessed then)' })),
  event: () =>
    answered(
      input({
        message: 'Which event is it?',
        default: 'order.created',
        validate: (text) => text.trim() !== '' || 'Name it.',
      }),
    ),
};

async function answered(question: Promise<string>): Promise<string | null> {
  try {
    return await question;
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') return null;
    throw error;
  }
}
