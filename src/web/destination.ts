import type { Project } from '../config/project.js';
import { secretSetting } from '../config/settings.js';
import { type ChosenTarget, chooseTarget } from '../config/target.js';
import { UsageError } from '../core/errors.js';
import type { Provider } from '../core/provider.js';
import { senderProof } from '../core/senderProof.js';
import type { NameOf } from '../options/option.js';
import { secretVariableNames, withSampleSecret } from '../session/project/secretChoice.js';
import type { SecretChoice } from './protocol.js';

/** Names an option on the page. */
export const pageName: NameOf = (key) => (key === 'to' ? 'target' : key);

/** The way to send to another machine, which the page can't. */
export const pageOtherWay = 'send with: webhook-sim send';

/** Returns the target that the page names, or the default one. Throws a UsageError. */
export function choosePageTarget(project: Project, target: string | undefined): ChosenTarget {
  return chooseTarget(project, { ...(target !== undefined && { to: target }), nameOf: pageName });
}

interface ChosenSecret {
  readonly project: Project;
  /** References, as `--secret` has them; undefined for what environment and config name. */
  readonly secret: readonly string[] | undefined;
}

/** Returns the project and secret for a choice on the page. Throws a UsageError for a variable that can't hold one. */
export function choosePageSecret(project: Project, provider: Provider, choice: SecretChoice | undefined): ChosenSecret {
  if (choice === undefined || choice.is === 'configured') return { project, secret: undefined };
  if (choice.is === 'sample') return { project: withSampleSecret(project, provider), secret: undefined };
  if (secretVariableNames(provider, project).includes(choice.name)) {
    return { project, secret: [`env:${choice.name}`] };
  }
  throw new UsageError('BAD_SECRET', `There is no variable ${choice.name} that may hold a secret.`, {
    hint: 'Export it, or put it into .env.local, and start webhook-sim ui again.',
  });
}

/** Describes the configured secret, without its text. */
export function describeConfigured(project: Project, provider: Provider, target: string | null) {
  const { value, source } = secretSetting(project, {}, { provider, target });
  const isSample = value.length === 0;
  if (senderProof(provider) === 'nothing') return { isSample, words: 'none: it signs nothing' };
  return { isSample, words: isSample ? 'the sample secret' : `the secret of ${source}` };
}

/** The members for a target and a secret. */
export const destinationFields = { target: 'text', secret: 'object', timeout: 'text', mode: 'text' } as const;

/** The choice of a secret, or of a text like it, that a request makes; `what` names it. Throws a UsageError for one that there is not. */
export function readSecretChoice(secret: unknown, what = 'secret'): SecretChoice | undefined {
  if (secret === undefined) return undefined;
  const { is, name } = secret as { readonly is?: unknown; readonly name?: unknown };
  if (is === 'configured' || is === 'sample') return { is };
  if (is === 'variable' && typeof name === 'string') return { is, name };
  throw new UsageError('BAD_SECRET', `${what} is { is: "configured" }, { is: "sample" } or { is: "variable", name }.`);
}
