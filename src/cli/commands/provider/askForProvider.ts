import { input, password, select } from '@inquirer/prompts';
import type { SchemePreset } from '../../../authoring/scaffold/schemePreset.js';
import { schemePresets } from '../../../authoring/scaffold/schemePresets.js';
import { defaultVariable, headerPrefix } from '../../../authoring/scaffold/skeleton.js';
import type { ProviderQuestions } from '../../../session/provider/newProviderMeans.js';
import { nameProblem, variableProblem } from '../../../session/provider/readSkeleton.js';
import { answerTo } from '../../prompts/ask.js';

/** The questions of `provider new`. Each throws PromptCancelled. */
export const askForProvider: ProviderQuestions = {
  name: () => answerTo(input({ message: 'What is it called?', default: 'acme', validate: nameProblem })),
  secret: () => answerTo(password({ message: 'Which secret was it signed with? (empty: none, it is guessed then)' })),
  event: () =>
    answerTo(
      input({
        message: 'Which event is it?',
        default: 'order.created',
        validate: (text) => text.trim() !== '' || 'Name it.',
      }),
    ),
  preset: () =>
    answerTo(
      select({
        message: 'How does it sign?',
        choices,
        default: schemePresets[0]!,
        pageSize: choices.length,
        loop: false,
      }),
    ),
  async skeleton(given) {
    const name = given.name ?? (await askForProvider.name());
    const events = given.events ?? listed(await answerTo(input(eventsQuestion)));
    const changesHmac = given.hash ?? given.encoding ?? given.content;
    const [usual] = schemePresets as [SchemePreset, ...SchemePreset[]];
    const preset = given.preset ?? (changesHmac ? usual : await askForProvider.preset());
    const header = given.header ?? (await askForHeader(preset, name));
    const secretEnv =
      given.secretEnv ??
      (await answerTo(
        input({
          message: 'Which environment variable holds the secret?',
          default: defaultVariable(name),
          validate: variableProblem,
        }),
      ));
    return { ...given, name, events, preset, header, secretEnv };
  },
};

const choices = schemePresets.map((preset) => ({
  value: preset,
  name: `${preset.name.padEnd(22)} ${preset.title}`,
  short: preset.name,
}));

const eventsQuestion = {
  message: 'Which events does it send? (commas between them)',
  default: 'order.created',
  validate: (text: string) => listed(text).length > 0 || 'Name one event at least.',
};

/** Asks for the header of the signature; undefined where the scheme has none. */
async function askForHeader({ header }: SchemePreset, name: string): Promise<string | undefined> {
  const usual = header?.(headerPrefix(name));
  return usual && answerTo(input({ message: 'In which header?', default: usual, validate: headerProblem }));
}

function listed(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}

function headerProblem(text: string): true | string {
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text) || 'That is not the name of a header.';
}
