import { UsageError } from '../core/errors.js';
import type { Provider } from '../core/provider.js';
import { builtInProviders, findProvider } from '../providers/registry.js';
import type { AnyProvider } from './providers.js';

const checked = new WeakSet<Provider>(builtInProviders);

/** The provider that is meant. Throws a UsageError for an unknown name, or for a provider of one's own that is not described rightly. */
export async function resolveProvider(given: AnyProvider): Promise<Provider> {
  const provider = providerOf(given);
  if (checked.has(provider)) return provider;
  const [{ providerSchema }, { validate }] = await Promise.all([
    import('../providers/schema.js'),
    import('../config/validate.js'),
  ]);
  await validate(providerSchema, { data: provider, locate: async () => null }, `provider ${String(provider.name)}`);
  checked.add(provider);
  return provider;
}

/** The provider that is meant, without a look at what one's own holds. Throws a UsageError for an unknown name. */
export function providerOf(given: AnyProvider): Provider {
  if (typeof given === 'string') return findProvider(given, builtInProviders);
  if (typeof given === 'object' && given !== null) return given;
  throw new UsageError(
    'NO_PROVIDER',
    'Which provider? Give the name of one, or a description as defineProvider takes it.',
  );
}

/** Whether a provider ships with the package, and its samples with it. */
export function isBuiltIn(provider: Provider): boolean {
  return (builtInProviders as readonly Provider[]).includes(provider);
}
