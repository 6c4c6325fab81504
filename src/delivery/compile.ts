import type { Delivery } from '../core/delivery.js';
import { assertSignedByData, noTexts } from './functions.js';
import { signerOf } from './signer.js';
import type { DeliverySource, Moment } from './source.js';
import { type MadeDelivery, stagesOf } from './stages.js';

/** Makes the next delivery of its event. Rejects with a UsageError where a function that signs fails. */
export type DeliveryMaker = (moment: Moment) => Promise<Delivery>;

/** Reads a provider's templates once and returns what makes its deliveries. Throws a UsageError for a bad template or secret. */
export function compileDelivery(source: DeliverySource): DeliveryMaker {
  const make = compileWithTexts(source);
  return async (moment) => (await make(moment)).delivery;
}

/** As `compileDelivery`, for those who need to know what else the delivery's values make: texts of templates with the names in `named`. */
export function compileWithTexts(
  source: DeliverySource,
  named: readonly string[] = [],
): (moment: Moment) => Promise<MadeDelivery> {
  const { texts, begin, finish } = stagesOf(source);
  const signer = signerOf(source, texts, named);
  return async (moment) => {
    const begun = begin(moment);
    return finish(begun, signer ? await signer(begun) : noTexts);
  };
}

/** As `compileDelivery`, without a promise, for providers whose schemes are data. Throws a UsageError for one that signs with a function. */
export function compileDeliverySync(source: DeliverySource): (moment: Moment) => Delivery {
  assertSignedByData(source.provider, 'createDelivery');
  const { begin, finish } = stagesOf(source);
  return (moment) => finish(begin(moment), noTexts).delivery;
}
