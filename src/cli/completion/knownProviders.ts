import { dirname } from 'node:path';
import type { Provider } from '../../core/provider.js';
import type { ProviderDescription } from '../../core/providerDescription.js';
import { builtInProviders } from '../../providers/registry.js';
import { type ConfigPlace, readPlainConfig } from './plainConfig.js';

/** All providers that a command line can name; of a project's own those that are data, unchecked, and none where one is broken. */
export async function knownProviders(place: ConfigPlace): Promise<readonly Provider[]> {
  try {
    const config = await readPlainConfig(place);
    if (config?.data.providers === undefined) return builtInProviders;
    const [{ findProviders }, { completeOwn, withSampleEvents }] = await Promise.all([
      import('../../config/findProviders.js'),
      import('../../config/ownSamples.js'),
    ]);
    const { path, data } = config;
    const sources = findProviders(data.providers, { folder: dirname(path), shown: path, cwd: place.cwd });
    const own = sources
      .filter(({ isScript }) => !isScript)
      .map(async ({ read, payloads }) =>
        completeOwn(withSampleEvents((await read()).data, payloads) as ProviderDescription, payloads),
      );
    return [...builtInProviders, ...(await Promise.all(own))];
  } catch {
    return builtInProviders;
  }
}
