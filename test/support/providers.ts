import type { Provider } from '../../src/core/provider.js';
import { findShipped } from '../../src/providers/catalogue.js';

function shipped(name: string): Provider {
  const provider = findShipped(name);
  if (!provider) throw new Error(`The catalogue has no ${name}.`);
  return provider;
}

export const scalev = shipped('scalev');
export const bharatcart = shipped('bharatcart');
export const covver = shipped('covver');
export const webconnex = shipped('webconnex');
export const commercelayer = shipped('commercelayer');

/** Five providers that differ in signature, dialect, samples and policy, for what would take too long with all. */
export const fiveProviders: readonly Provider[] = [scalev, bharatcart, covver, webconnex, commercelayer];
