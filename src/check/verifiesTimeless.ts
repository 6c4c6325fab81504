import type { Provider } from '../core/provider.js';
import type { DeliveryEnded } from '../core/run.js';
import { hasTimelessSignature } from '../forge/timesCovered.js';
import type { CheckCase } from './cases/case.js';
import type { JudgedCase } from './judgedCase.js';

/** The forgery that shows whether a signed time is looked at. */
const unsignedTime = 'unsigned-timestamp';

/** Whether a receiver verifies the provider's signature that tells no time: whoever takes a time that was not signed does, where there is one. */
export function verifiesTimeless(
  provider: Provider,
  { name }: CheckCase,
  ended: readonly DeliveryEnded[],
  judgedCases: readonly JudgedCase[],
): boolean {
  if (!hasTimelessSignature(provider)) return false;
  if (name === unsignedTime) return ended.at(-1)?.outcome === 'accepted';
  return judgedCases.some(({ case: one, ended: { deliveries } }) => {
    return one.name === unsignedTime && deliveries.at(-1)?.outcome === 'accepted';
  });
}
