import { UsageError } from '../core/errors.js';
import { suggest } from '../core/nearest.js';
import type { Provider } from '../core/provider.js';
import { bharatcart } from './bharatcart.js';
import { commercelayer } from './commercelayer.js';
import { covver } from './covver.js';
import { scalev } from './scalev.js';
import { webconnex } from './webconnex.js';

/** The providers that ship with the package, in the order in which they are listed. */
export const builtInProviders = [
  scalev,
  bharatcart,
  covver,
  webconnex,
  commercelayer,
] as const satisfies readonly Provider[];

/** The provider of a name. Throws a UsageError that names near ones. */
export function findProvider(name: string, providers: readonly Provider[]): Provider {
  const provider = providers.find((candidate) => candidate.name === name);
  if (provider) return provider;
  const hint = suggest(
    name,
    providers.map((candidate) => candidate.name),
  );
  throw new UsageError('UNKNOWN_PROVIDER', `There is no provider ${name}. ${hint} See: webhook-sim list`);
}
