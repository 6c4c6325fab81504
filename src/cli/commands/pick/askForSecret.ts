import type { Project } from '../../../config/project.js';
import { secretSetting } from '../../../config/settings.js';
import type { Provider } from '../../../core/provider.js';
import { secretVariables } from '../../../providers/secrets.js';
import type { Io } from '../../io/io.js';
import { back } from '../../prompts/ask.js';
import { askHidden } from '../../prompts/askHidden.js';
import { chooseRow, type Row, type TypedRow } from '../../prompts/chooseRow.js';
import type { Choice, ChosenSecret } from './choice.js';

/** Names of variables that seem to hold a secret. */
const secretName = /SECRET|TOKEN|KEY|SIGN|WEBHOOK/i;

/** Lets the person choose the secret: the usual one, a variable, a file, or one that is typed without being shown. Esc changes nothing. */
export async function askForSecret(choice: Choice, project: Project, io: Io): Promise<Choice> {
  const rows = secretRows(choice, project);
  for (;;) {
    const chosen = await chooseRow({ message: 'Secret', rows, typedRow }, io);
    if (chosen === back) return choice;
    if (chosen !== 'type') return { ...choice, secret: chosen };
    const typed = await askHidden('Secret (it is not shown)', io);
    if (typed === back) continue;
    io.secrets.add([typed]);
    return { ...choice, secret: { typed } };
  }
}

/** The rows for the source of a secret; none holds a secret. */
export function secretRows({ provider, target }: Choice, project: Project): Row<ChosenSecret | null | 'type'>[] {
  return [
    {
      value: null,
      name: defaultSecret(provider, target, project),
      text: 'usual default',
      note: '(as without --secret)',
    },
    { value: 'type', name: 'type it', text: 'hidden input', note: '(it is not shown)' },
    ...findVariables(provider, project).map((name) => ({
      value: { reference: `env:${name}` },
      name: `env:${name}`,
      text: '',
      note: project.fileOf.get(name) ?? 'environment',
    })),
  ];
}

function defaultSecret(provider: Provider, target: string, project: Project): string {
  const name = Object.hasOwn(project.config.targets ?? {}, target) ? target : null;
  const { value, source } = secretSetting(project, {}, { provider, target: name });
  return value.length === 0 ? 'the sample secret' : `the secret of ${source}`;
}

/** The variables that are set and may hold a secret, those of the provider first. */
function findVariables(provider: Provider, { env }: Project): string[] {
  const own = secretVariables(provider);
  const others = Object.keys(env)
    .filter((name) => secretName.test(name))
    .sort();
  return [...new Set([...own, ...others])].filter((name) => env[name]);
}

function typedRow(typed: string): TypedRow<ChosenSecret> | null {
  if (!/^(env|file):/.test(typed)) return null;
  const row = {
    value: { reference: typed },
    name: typed,
    text: '',
    note: typed.startsWith('env:') ? 'variable' : 'file',
  };
  return { row, isFirst: false };
}
