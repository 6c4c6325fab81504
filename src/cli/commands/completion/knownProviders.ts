import { dirname } from 'node:path';
import type { Provider } from '../../../core/provider.js';
import type { ProviderDescription } from '../../../core/providerDescription.js';
import { allProviders } from '../../../providers/findProvider.js';
import { type PlainConfigPlace, readPlainConfig } from './plainConfig.js';

/** All providers that a command line can name; of a project's own those that are data, unchecked, without those that are broken. */
export async function knownProviders(place: PlainConfigPlace): Promise<readonly Provider[]> {
  return allProviders({ own: await ownProviders(place).catch(() => []) });
}

async function ownProviders(place: PlainConfigPlace): Promise<Provider[]> {
  const config = await readPlainConfig(place);
  if (config?.data.providers === undefined) return [];
  const [{ findProviders }, { completeOwn, withSampleEvents }] = await Promise.all([
    import('../../../config/findProviders.js'),
    import('../../../config/ownSamples.js'),
  ]);
  const { path, data } = config;
  const found = findProviders(data.providers, { folder: dirname(path), shown: path, cwd: place.cwd });
  const own = await Promise.all(
    found.map(async (source) => {
      if ('error' in source || source.isScript) return [];
      try {
        const { data } = await source.read();
        return [completeOwn(withSampleEvents(data, source.samples) as ProviderDescription, source)];
      } catch {
        return [];
      }
    }),
  );
  return own.flat();
}
