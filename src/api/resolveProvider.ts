import { UsageError } from '../core/errors.js';
import { unknownName } from '../core/nearest.js';
import type { Provider } from '../core/provider.js';
import { isShipped } from '../providers/catalogue.js';
import { findProvider } from '../providers/findProvider.js';
import { misdescribed, readDescription } from '../providers/readDescription.js';
import type { AnyProvider } from './providers.js';

/** The provider of each description, so that it is always the same one; a provider's is itself. */
const known = new WeakMap<object, Provider>();

/** Those that fit the schema. */
const checked = new WeakSet<Provider>();

/** The provider that is meant, completed. Throws a UsageError for an unknown name, or for one of one's own that is not described rightly. */
export async function resolveProvider(given: AnyProvider): Promise<Provider> {
  if (typeof given === 'object' && given !== null && !isChecked(given)) {
    const [{ descriptionSchema }, { validate }] = await Promise.all([
      import('../providers/schema.js'),
      import('../config/validate.js'),
    ]);
    const document = { data: given, locate: async () => null };
    await validate(descriptionSchema, document, `provider ${String(given.name ?? '')}`.trim());
  }
  const provider = resolveProviderSync(given);
  checked.add(provider);
  return provider;
}

function isChecked(given: object): boolean {
  if (isShipped(given as Provider)) return true;
  const provider = known.get(given);
  return provider !== undefined && checked.has(provider);
}

/** The provider that is meant, at once: one's own is completed, but not held to the schema. Throws a UsageError for an unknown name. */
export function resolveProviderSync(given: AnyProvider): Provider {
  if (typeof given === 'string') return findProvider(given);
  if (typeof given !== 'object' || given === null) {
    throw new UsageError(
      'NO_PROVIDER',
      'Which provider? Give the name of one, or a description as defineProvider takes it.',
    );
  }
  if (isShipped(given as Provider)) return given as Provider;
  const provider = known.get(given) ?? readDescription(given);
  known.set(given, provider).set(provider, provider);
  return provider;
}

/** Takes a provider as it is: it fits the schema already. */
export function markValidated(provider: Provider): Provider {
  checked.add(provider);
  known.set(provider, provider);
  return provider;
}

/** Calls a function that depends on a provider that may not have been validated; where it fails, throws the schema's error instead. */
export function withDescriptionErrors<T>(provider: Provider, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof UsageError || isShipped(provider) || checked.has(provider)) throw error;
    throw misdescribed(provider.name, error);
  }
}

/** The event that is meant, by default the default event. Throws a UsageError that names near ones. */
export function resolveEvent(provider: Provider, event = provider.defaultEvent): string {
  const known = Object.keys(provider.events);
  if (known.includes(event)) return event;
  throw unknownName('UNKNOWN_EVENT', `${provider.title} has no event ${event}.`, { name: event, known });
}
