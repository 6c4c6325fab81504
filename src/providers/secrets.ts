import type { Provider } from '../core/provider.js';
import type { Secret } from '../core/secret.js';

/** The environment variables that may hold a provider's secret, best first: ours, then those its users already have. */
export function secretVariables(provider: Provider): string[] {
  return [`WEBHOOK_SIM_${provider.name.toUpperCase().replaceAll('-', '_')}_SECRET`, ...provider.secret.env];
}

/** The secret to sign with when none was given: from the environment, else the provider's sample secret. */
export function defaultSecret(provider: Provider, env: Readonly<Record<string, string | undefined>>): Secret {
  for (const name of secretVariables(provider)) {
    const value = env[name];
    if (value) return { value, source: `env:${name}`, isSample: false };
  }
  return { value: provider.secret.sample, source: 'sample', isSample: true };
}
