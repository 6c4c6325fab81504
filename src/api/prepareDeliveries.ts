import type { Delivery } from '../core/delivery.js';
import { type PlannedDelivery, type PlannedEvent, roundPlanner } from '../simulate/plan.js';
import { assertOptions, type OptionKeys } from './assertOptions.js';
import { payloadChanger } from './changePayload.js';
import type { AnyDeliveryOptions } from './deliveryOptions.js';
import { type PlannedSource, planDelivery } from './planDelivery.js';
import type { NextDelivery, NextOptions } from './prepareOptions.js';
import { trackProvenance } from './provenance.js';
import { clockAt } from './settings.js';
import { createRandom } from './world.js';

/** The names of `NextOptions`. */
const nextKeys: OptionKeys<NextOptions> = { now: true, set: true, unset: true, payload: true, body: true };

/** Makes the next delivery, of the planned event or of another one: at once, or where a function signs it as a promise. */
export type DeliveryFactory = (moment?: number, other?: PlannedEvent) => Delivery | Promise<Delivery>;

/** Makes the deliveries of a planned event, one for each call. */
export function createDeliveryFactory(source: PlannedSource, options: AnyDeliveryOptions): DeliveryFactory {
  const { event, provider, hasUrl, secrets } = source;
  const { fresh } = source.request;
  const random = createRandom(options.seed);
  const now = clockAt(options.now);
  const roundOf = (each: PlannedEvent) => roundPlanner({ events: [each], fresh, random, now });
  const planRound = roundOf(event);
  const known = (planned: PlannedDelivery) => trackProvenance({ planned, provider, hasUrl, secrets });
  let sequence = 0;
  return (moment = now(), other) => {
    sequence++;
    const planned = other ? roundOf(other)(sequence)(other, moment) : planRound(sequence)(event, moment);
    return planned instanceof Promise ? planned.then(known) : known(planned);
  };
}

/** Reads all that the options name. Rejects with a UsageError for wrong options. */
export async function prepareDeliveries(options: AnyDeliveryOptions): Promise<NextDelivery> {
  const source = await planDelivery(options);
  const withPayload = await payloadChanger({ ...source, schema: options.schema });
  const next = createDeliveryFactory(source, options);
  return (own) => {
    if (own === undefined) return next();
    assertOptions(own, nextKeys);
    const moment = own.now === undefined ? undefined : clockAt(own.now)();
    return next(moment, withPayload(own));
  };
}
