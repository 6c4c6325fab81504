import type { ChosenTarget } from '../../config/target.js';
import type { Provider } from '../../core/provider.js';
import type { Route } from '../../core/route.js';
import type { Secret } from '../../core/secret.js';
import type { World } from '../../core/world.js';
import type { NameOf } from '../../options/option.js';
import { tellsAddress } from '../../signing/covered.js';
import { foreignHostOf } from '../check/checkTarget.js';

interface SecretOptions {
  readonly secret?: readonly string[];
  readonly nameOf: NameOf;
}

/** Returns warnings about the secrets in use, a line each, without their values. */
export function secretWarnings(secrets: readonly Secret[], provider: Provider): string[] {
  return secrets.flatMap((secret) => {
    const oddity = secret.isSample ? null : findOddity(secret.value, provider);
    return oddity ? [`warning: the secret of ${secret.source} ${oddity}. It is used as it is.`] : [];
  });
}

function findOddity(value: string, { secret: { label, shape } }: Provider): string | null {
  if (/^(["'`]).*\1$/s.test(value)) return 'stands in quotation marks';
  if (/^\s|\s$/.test(value)) return 'begins or ends with white space';
  if (/[\r\n]/.test(value)) return 'has a line break inside';
  if (shape && !new RegExp(shape.pattern).test(value))
    return `does not look like a ${label}, which is ${shape.description}`;
  return null;
}

/** The warning about a variable that is named as if it were the secret; null where none is due. */
export function variableWarning(
  { secret, nameOf }: SecretOptions,
  env: World['env'],
  { isCall }: Pick<World, 'isCall'>,
): string | null {
  if (isCall) return null;
  const name = secret?.find((text) => /^[A-Za-z_]\w*$/.test(text) && env[text]);
  return name === undefined
    ? null
    : `warning: ${nameOf('secret')} ${name} is taken for the secret itself, though there is a variable of that name. To use what it holds, write env:${name}.`;
}

/** The warning about a secret typed as it is, where it is used on more than this machine; null where none is due. */
export function historyWarning(
  { secret, nameOf }: SecretOptions,
  target: ChosenTarget,
  route: Route,
  { isCall }: Pick<World, 'isCall'>,
): string | null {
  if (isCall) return null;
  const isTyped = secret?.some((text) => text !== '-' && !/^(env|file):/.test(text));
  if (!isTyped || foreignHostOf(target, route) === null) return null;
  return `warning: a secret typed after ${nameOf('secret')} stays in the history of the shell. Give it as env:NAME, file:PATH or -.`;
}

/** A note for each provider to which it makes no difference by which address it knows the receiver, where one is typed. */
export function publicUrlNotes(providers: readonly Provider[], options: { readonly publicUrl?: string }): string[] {
  if (options.publicUrl === undefined) return [];
  return providers
    .filter((provider) => !tellsAddress(provider))
    .map(({ title }) => `note: the public URL changes nothing: ${title} does not sign the address of the receiver.`);
}
