import type { Delivery } from '../core/delivery.js';
import { signsByFunction } from '../core/schemeFacts.js';
import { atOnce, noTexts } from './functions.js';
import { signerOf } from './signer.js';
import type { DeliverySource, Moment } from './source.js';
import { stagesOf, type ToldDelivery } from './stages.js';

/** Makes the next delivery of its event. */
export type DeliveryMaker = (moment: Moment) => Delivery;

/** As `DeliveryMaker`, where a function signs, which may take its time. */
export interface LaterMaker {
  (moment: Moment): Promise<Delivery>;
  readonly isLater: true;
}

/** What makes the deliveries of an event: at once where data signs, later where functions do. */
export type Maker = DeliveryMaker | LaterMaker;

/** Reads a provider's templates once and returns what makes its deliveries. Throws a UsageError for a bad template or secret. */
export function compileMaker(source: DeliverySource): Maker {
  if (!signsByFunction(source.provider)) return compileDelivery(source);
  const make = compileToldLater(source);
  return Object.assign(async (moment: Moment) => (await make(moment)).delivery, { isLater: true as const });
}

/** As `compileMaker`, but at once in any case: the deliveries throw a UsageError where a function is asynchronous. */
export function compileDelivery(source: DeliverySource): DeliveryMaker {
  const make = compileTold(source);
  return (moment) => make(moment).delivery;
}

const waiting = 'Use createDelivery, which waits for it.';

/** As `compileDelivery`, for those who need to know what else the delivery's values make: texts of templates with the names in `named`. */
export function compileTold(source: DeliverySource, named: readonly string[] = []): (moment: Moment) => ToldDelivery {
  const { texts, begin, finish } = stagesOf(source);
  const signer = signerOf(source, texts, named);
  if (!signer) return (moment) => finish(begin(moment), noTexts);
  return (moment) => {
    const begun = begin(moment);
    return finish(begun, atOnce(signer(begun), source.provider, waiting));
  };
}

/** As `compileTold`, for functions that take their time. */
export function compileToldLater(
  source: DeliverySource,
  named: readonly string[] = [],
): (moment: Moment) => Promise<ToldDelivery> {
  const { texts, begin, finish } = stagesOf(source);
  const signer = signerOf(source, texts, named);
  return async (moment) => {
    const begun = begin(moment);
    return finish(begun, (await signer?.(begun)) ?? noTexts);
  };
}
