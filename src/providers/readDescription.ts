import { UsageError } from '../core/errors.js';
import { suggest } from '../core/nearest.js';
import type { Provider } from '../core/provider.js';
import type { ProviderDescription } from '../core/providerDescription.js';
import { completeProvider } from './complete.js';
import { descriptionShape } from './descriptionShape.js';
import { misfits } from './misfits.js';

/**
 * Completes a description without its schema, which would have to be loaded first: for what answers at once. What can be seen so is looked at, and
 * a fault in it is a UsageError; the schema sees all, and says it better.
 */
export function readDescription(given: ProviderDescription): Provider {
  const { name } = given;
  if (typeof name !== 'string' || !/^[a-z][a-z0-9-]*$/.test(name)) {
    throw wrong('', 'name: must be of lower-case letters, digits and - only.');
  }
  for (const key of Object.keys(given)) {
    if (!Object.hasOwn(descriptionShape, key)) {
      throw wrong(name, `${key}: unknown key. ${suggest(key, Object.keys(descriptionShape))}`);
    }
  }
  for (const [key, { is, fits }] of Object.entries(descriptionShape)) {
    const value = given[key as keyof ProviderDescription];
    const isNeeded = key === 'headers' || key === 'events';
    if ((value !== undefined || isNeeded) && !fits(value)) {
      throw wrong(name, `${key}: ${value === undefined ? 'is missing. It ' : ''}must be ${is}.`);
    }
  }
  try {
    const provider = completeProvider(given);
    const [misfit] = misfits(provider);
    if (misfit) throw wrong(name, `${misfit.path.join('.')}: ${misfit.message}`);
    return provider;
  } catch (cause) {
    throw cause instanceof UsageError ? cause : misdescribed(name, cause);
  }
}

/** The error for a description whose fault was only found when it was used. */
export function misdescribed(name: string, cause: unknown): UsageError {
  const message = String((cause as Error).message).replace(/\.$/, '');
  return wrong(name, `its description does not fit (${message}). createDelivery says where.`, cause);
}

function wrong(name: string, reason: string, cause?: unknown): UsageError {
  return new UsageError('BAD_CONFIG', `${`provider ${name}`.trim()}: ${reason}`, { cause });
}
