import type { Project } from '../config/project.js';
import { UsageError } from '../core/errors.js';
import { givenValues } from '../core/givenValues.js';
import type { Provider } from '../core/provider.js';
import { secretVariableNames } from '../session/project/secretChoice.js';
import { readSecretChoice } from './destination.js';
import type { FirstHandshakes, HandshakeTexts } from './protocol.js';
import { flag, switchFlag } from './sendCommandLine.js';

/** The members for the texts of handshakes, and for sending them first. */
export const handshakeFields = { handshake: 'truth', values: 'object' } as const;

/**
 * Returns the texts that the page chooses for the handshakes of providers, as `--value` has them: those that are not configured. Throws a UsageError
 * for a variable that can't hold one.
 */
export function choosePageValues(
  providers: readonly Provider[],
  { env }: Pick<Project, 'env'>,
  { values = {} }: HandshakeTexts,
): Readonly<Record<string, string>> | undefined {
  const specs = new Map(providers.flatMap((provider) => [...givenValues(provider)]));
  const known = new Set(providers.flatMap((provider) => secretVariableNames(provider, { env })));
  const chosen = Object.entries(values).flatMap(([name, given]): [string, string][] => {
    const choice = readSecretChoice(given, `values.${name}`)!;
    const spec = specs.get(name);
    if (choice.is === 'configured') return [];
    if (choice.is === 'sample') return [[name, spec?.sample ?? '']];
    if (known.has(choice.name) || (spec?.env?.includes(choice.name) && env[choice.name])) {
      return [[name, `env:${choice.name}`]];
    }
    throw new UsageError('BAD_VALUE', `There is no variable ${choice.name} that may hold ${name}.`, {
      hint: 'Export it, or put it into .env.local, and start webhook-sim ui again.',
    });
  });
  return chosen.length === 0 ? undefined : Object.fromEntries(chosen);
}

/** The flags of a mode, of handshakes that come first, and of their texts. */
export function formFlags(
  { mode, handshake }: FirstHandshakes & { readonly mode?: string },
  values: Readonly<Record<string, string>> | undefined = {},
): string[] {
  return [
    ...flag('mode', mode),
    ...switchFlag('handshake', handshake),
    ...Object.entries(values).flatMap(([name, text]) => flag('value', `${name}=${text}`)),
  ];
}
