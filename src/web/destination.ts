import type { Project } from '../config/project.js';
import { secretSetting, targetSetting } from '../config/settings.js';
import { type ChosenTarget, chooseTarget, targetNames } from '../config/target.js';
import { UsageError } from '../core/errors.js';
import { foreignHost } from '../core/foreignHost.js';
import type { Provider } from '../core/provider.js';
import type { Route } from '../core/route.js';
import type { NameOf } from '../options/option.js';
import { secretVariables } from '../providers/secrets.js';
import type { SecretChoice } from './protocol.js';

/** What the page calls an option. */
export const pageName: NameOf = (key) => (key === 'to' ? 'target' : key);

/**
 * Throws a UsageError for a place on another machine that nobody wrote into the config: what the page names itself is on this one. `urls` are
 * those that deliveries go to.
 */
export function assertOwnTarget(
  project: Project,
  target: Pick<ChosenTarget, 'name' | 'address'>,
  route: Route,
  urls: readonly string[],
): void {
  if (target.address === null || (target.name !== null && targetNames(project).includes(target.name))) return;
  if (targetSetting(project, {}).value?.trim() === target.address) return;
  const foreign = urls.map((url) => foreignHost(route, url)).find((host) => host !== null);
  if (foreign === undefined) return;
  throw new UsageError('FOREIGN_TARGET', `${foreign} is not this machine, and no target of the config.`, {
    hint: 'Add it to the targets of the config to send there, or send with: webhook-sim send',
  });
}

/** The target that the page names, or that in force. Throws a UsageError. */
export function choosePageTarget(project: Project, target: string | undefined): ChosenTarget {
  return chooseTarget(project, { ...(target !== undefined && { to: target }), nameOf: pageName });
}

/** Names of variables that seem to hold a secret. */
const secretName = /SECRET|TOKEN|KEY|SIGN|WEBHOOK/i;

/** The variables that are set and may hold a provider's secret, its own first; the page may name these alone. */
export function secretVariableNames(provider: Provider, { env }: Pick<Project, 'env'>): string[] {
  const others = Object.keys(env).filter((name) => secretName.test(name));
  return [...new Set([...secretVariables(provider), ...others.sort()])].filter((name) => env[name]);
}

interface ChosenSecret {
  readonly project: Project;
  /** References, as `--secret` has them; undefined for what environment and config name. */
  readonly secret: readonly string[] | undefined;
}

/** What a choice of a secret comes to. Throws a UsageError for a variable that may hold none. */
export function choosePageSecret(project: Project, provider: Provider, choice: SecretChoice | undefined): ChosenSecret {
  if (choice === undefined || choice.is === 'configured') return { project, secret: undefined };
  if (choice.is === 'sample') return { project: withoutSecrets(project, provider), secret: undefined };
  if (secretVariableNames(provider, project).includes(choice.name)) {
    return { project, secret: [`env:${choice.name}`] };
  }
  throw new UsageError('BAD_SECRET', `There is no variable ${choice.name} that may hold a secret.`, {
    hint: 'Export it, or put it into .env.local, and start webhook-sim ui again.',
  });
}

/** A project in which nothing names a provider's secret, so that the sample secret signs. */
function withoutSecrets(project: Project, provider: Provider): Project {
  const hidden = new Set(secretVariables(provider));
  const env = Object.fromEntries(Object.entries(project.env).filter(([name]) => !hidden.has(name)));
  const { [provider.name]: _, ...secrets } = project.config.secrets ?? {};
  const targets = Object.entries(project.config.targets ?? {}).map(([name, target]) => {
    if (typeof target === 'string' || target.secrets === undefined) return [name, target];
    const { [provider.name]: __, ...others } = target.secrets;
    return [name, { ...target, secrets: others }];
  });
  const config = {
    ...project.config,
    secrets,
    ...(project.config.targets && { targets: Object.fromEntries(targets) }),
  };
  return { ...project, env, config };
}

/** Which secret signs, in words without it. */
export function describeConfigured(project: Project, provider: Provider, target: string | null) {
  const { value, source } = secretSetting(project, {}, { provider, target });
  const isSample = value.length === 0;
  return { isSample, words: isSample ? 'the sample secret' : `the secret of ${source}` };
}

/** The members that say where something goes, and by what it is signed. */
export const destinationFields = { target: 'text', secret: 'object', timeout: 'text' } as const;

/** The choice of a secret that a request makes. Throws a UsageError for one that there is not. */
export function readSecretChoice(secret: unknown): SecretChoice | undefined {
  if (secret === undefined) return undefined;
  const { is, name } = secret as { readonly is?: unknown; readonly name?: unknown };
  if (is === 'configured' || is === 'sample') return { is };
  if (is === 'variable' && typeof name === 'string') return { is, name };
  throw new UsageError('BAD_SECRET', 'secret is { is: "configured" }, { is: "sample" } or { is: "variable", name }.');
}
