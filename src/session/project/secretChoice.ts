import type { Project } from '../../config/project.js';
import type { Provider } from '../../core/provider.js';
import { secretVariables } from '../../providers/secrets.js';

/** Names of variables that seem to hold a secret. */
const secretName = /SECRET|TOKEN|KEY|SIGN|WEBHOOK/i;

/** The variables that are set and may hold a provider's secret, its own first; another program, such as the page of `ui`, may name these alone. */
export function secretVariableNames(provider: Provider, { env }: Pick<Project, 'env'>): string[] {
  const others = Object.keys(env).filter((name) => secretName.test(name));
  return [...new Set([...secretVariables(provider), ...others.sort()])].filter((name) => env[name]);
}

/** A project in which nothing names a provider's secret, so that the sample secret signs. */
export function withSampleSecret(project: Project, provider: Provider): Project {
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
