import { UsageError } from '../core/errors.js';
import type { Forgery, ForgeryChange } from '../core/forgery.js';
import { seededRandom } from '../core/random.js';
import { FunctionError } from '../delivery/callFunction.js';
import { compileDelivery } from '../delivery/compile.js';
import type { DeliverySource } from '../delivery/source.js';
import { verifyReceivedAsync } from './verify.js';

/** Any time will do: trial deliveries are not sent. */
const now = Date.UTC(2026, 0, 1);
/** Moves the reported time only, which shows whether it is signed. */
const unsignedTime: ForgeryChange = { stage: 'time', offsetSeconds: 60, signed: false };

/**
 * Returns why a forgery of what functions sign would be none, which only they can show: makes a delivery on trial and verifies it. Null where it
 * is one, or nothing is forged. Rejects with a FunctionError where a function makes no signature.
 */
export async function customEquivalenceReason(source: DeliverySource, body: Uint8Array): Promise<string | null> {
  const { provider, forgery = null, secrets } = source;
  const make = (tried: DeliverySource) => compileDelivery(tried)({ now, body, random: seededRandom(1) });
  const built = await make(source);
  if (!forgery) return null;
  const isTime = forgery.change.stage === 'time' || forgery.change.stage === 'sent time';
  const delivery = isTime ? await make({ ...source, forgery: { ...forgery, change: unsignedTime } }) : built;
  const request = { ...delivery, url: source.publicUrl ?? delivery.url };
  const values = secrets.map(({ value }) => value);
  if (!(await verifyReceivedAsync(provider, request, values)).ok) return null;
  return isTime ? 'its function signs no timestamp' : 'its function makes the same signature for it';
}

/** Throws a UsageError where functions make no signature, or the true one in spite of a forgery. */
export async function validateCustomSigner(source: DeliverySource, body: Uint8Array): Promise<void> {
  const reason = await customEquivalenceReason(source, body);
  if (reason === null) return;
  const { name } = source.forgery as Forgery;
  throw new UsageError('MEANINGLESS_FORGERY', `${name} can't be made for ${source.provider.title}: ${reason}.`);
}

/** Returns why a delivery that is not the plain one is left out, because of the functions that sign it; null where it is not. */
export async function customMissingReason(source: DeliverySource, body: Uint8Array): Promise<string | null> {
  try {
    const reason = await customEquivalenceReason(source, body);
    return reason === null ? null : `for ${source.provider.title} it is no forgery: ${reason}`;
  } catch (error) {
    if (error instanceof FunctionError) return error.message;
    throw error;
  }
}
