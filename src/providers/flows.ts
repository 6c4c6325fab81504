import type { Flow } from '../core/flow.js';
import type { Provider } from '../core/provider.js';
import { bharatcartFlows } from './flows/bharatcart.js';
import { commercelayerFlows } from './flows/commercelayer.js';
import { covverFlows } from './flows/covver.js';
import { scalevFlows } from './flows/scalev.js';
import { webconnexFlows } from './flows/webconnex.js';

const byProvider: Readonly<Record<string, readonly Flow[]>> = {
  scalev: scalevFlows,
  bharatcart: bharatcartFlows,
  covver: covverFlows,
  webconnex: webconnexFlows,
  commercelayer: commercelayerFlows,
};

/** The flows of a provider in the order in which they are listed; apart from the providers, for only flows load them. */
export function flowsOf({ name, flows, payloads }: Provider): readonly Flow[] {
  return flows ?? (payloads === undefined ? byProvider[name] : undefined) ?? [];
}
