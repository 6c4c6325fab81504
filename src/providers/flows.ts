import type { Flow } from '../core/flow.js';
import type { Provider } from '../core/provider.js';
import { shippedFlows } from './catalogue.js';

/** The flows of a provider in the order in which they are listed; apart from the providers, for only flows load them. */
export function flowsOf({ name, flows, samples }: Provider): readonly Flow[] {
  return flows ?? (samples === undefined ? shippedFlows(name) : []);
}
