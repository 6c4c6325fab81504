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
