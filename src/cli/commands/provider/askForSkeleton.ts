import { input, select } from '@inquirer/prompts';
import type { SchemePreset } from '../../../authoring/scaffold/schemePreset.js';
import { schemePresets } from '../../../authoring/scaffold/schemePresets.js';
import { defaultVariable, headerPrefix, type Skeleton } from '../../../authoring/scaffold/skeleton.js';
import { type GivenSkeleton, nameProblem, variableProblem } from './readNewFlags.js';

/** Asks a person what no flag has said of a new provider; null where they leave with Ctrl-C. */
export async function askForSkeleton(given: GivenSkeleton): Promise<Skeleton | null> {
  try {
    const name = given.name ?? (await input({ message: 'What is it called?', default: 'acme', validate: nameProblem }));
    const events =
      given.events ??
      listed(
        await input({
          message: 'Which events does it send? (commas between them)',
          default: 'order.created',
          validate: (text) => listed(text).length > 0 || 'Name one event at least.',
        }),
      );
    const changesHmac = given.hash ?? given.encoding ?? given.content;
    const [usual] = schemePresets as [SchemePreset, ...SchemePreset[]];
    const preset = given.preset ?? (changesHmac ? usual : await selectPreset());
    const defaultHeader = preset.header?.(headerPrefix(name));
    const header =
      given.header ??
      (defaultHeader &&
        (await input({ message: 'In which header?', default: defaultHeader, validate: headerProblem })));
    const secretEnv =
      given.secretEnv ??
      (await input({
        message: 'Which environment variable holds the secret?',
        default: defaultVariable(name),
        validate: variableProblem,
      }));
    return { ...given, name, events, preset, header, secretEnv };
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') return null;
    throw error;
  }
}

const choices = schemePresets.map((preset) => ({
  value: preset,
  name: `${preset.name.padEnd(22)} ${preset.title}`,
  short: preset.name,
}));

/** Asks a person how a provider signs; null where they leave with Ctrl-C. */
export async function askForPreset(): Promise<SchemePreset | null> {
  try {
    return await selectPreset();
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') return null;
    throw error;
  }
}

function selectPreset(): Promise<SchemePreset> {
  return select({
    message: 'How does it sign?',
    choices,
    default: schemePresets[0]!,
    pageSize: choices.length,
    loop: false,
  });
}

function listed(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}

function headerProblem(text: string): true | string {
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text) || 'That is not the name of a header.';
}
