import type { Delivery } from '../core/delivery.js';
import { assertSignedByData, noTexts } from './functions.js';
import { signerOf } from './signer.js';
import type { BuildContext, DeliverySource } from './source.js';
import { compileStages, type MadeDelivery } from './stages.js';

/** Makes the next delivery of its event: at once, or where a function signs as a promise, which rejects with a UsageError where that fails. */
export type DeliveryMaker = (moment: BuildContext) => Delivery | Promise<Delivery>;

/** Reads a provider's templates once and returns what makes its deliveries. Throws a UsageError for a bad template or secret. */
export function compileDelivery(source: DeliverySource): DeliveryMaker {
  const { texts, begin, finish } = compileStages(source);
  const signer = signerOf(source, texts, []);
  if (!signer) return (moment) => finish(begin(moment), noTexts).delivery;
  return async (moment) => {
    const begun = begin(moment);
    return finish(begun, await signer(begun)).delivery;
  };
}

/** As `compileDelivery`, for those who need to know what else the delivery's values make: texts of templates with the names in `named`. */
export function compileWithTexts(
  source: DeliverySource,
  named: readonly string[] = [],
): (moment: BuildContext) => Promise<MadeDelivery> {
  const { texts, begin, finish } = compileStages(source);
  const signer = signerOf(source, texts, named);
  return async (moment) => {
    const begun = begin(moment);
    return finish(begun, signer ? await signer(begun) : noTexts);
  };
}

/** As `compileDelivery`, without a promise, for providers whose schemes are data. Throws a UsageError for one that signs with a function. */
export function compileDeliverySync(source: DeliverySource): (moment: BuildContext) => Delivery {
  assertSignedByData(source.provider, 'createDelivery');
  return compileDelivery(source) as (moment: BuildContext) => Delivery;
}
