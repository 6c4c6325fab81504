import type { Provider } from '../core/provider.js';
import { secretEnv } from './catalogue.js';

/** The environment variable that holds a provider's secret for webhook-sim alone. */
export function ownVariable({ name }: Provider): string {
  return `WEBHOOK_SIM_${name.toUpperCase().replaceAll('-', '_')}_SECRET`;
}

/** The environment variables that may hold a provider's secret, best first: ours, then those its users already have. */
export function secretVariables(provider: Provider): string[] {
  return [ownVariable(provider), ...provider.secret.env];
}

/** The same for a list, which reads the index of those that ship and no description. */
export function listedVariables(provider: Provider): string[] {
  return [ownVariable(provider), ...secretEnv(provider)];
}
