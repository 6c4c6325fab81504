import type { DeliveryEnded } from '../../core/run.js';
import type { ResultEnded } from '../../core/suite.js';

/** A delivery of a suite, with the case of a check that it belongs to, where it belongs to one. */
export interface SuiteDelivery {
  readonly ended: DeliveryEnded;
  readonly checkCase: string | null;
}

/** All that a case of a suite sent, at every try. */
export function suiteDeliveries({ deliveries, check }: ResultEnded): SuiteDelivery[] {
  const caseOf = new Map(check?.cases.flatMap(({ name, deliveries }) => deliveries.map((each) => [each, name])));
  return deliveries.map((ended) => ({ ended, checkCase: caseOf.get(ended) ?? null }));
}
