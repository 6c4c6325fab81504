import { builtInProviders } from '../../providers/registry.js';
import type { CaseSource } from './caseSource.js';

/** As a source, of another provider that signs with its own sample secret. */
export function foreignSource(source: CaseSource): CaseSource {
  const provider = builtInProviders.find(({ name }) => name !== source.provider.name)!;
  const { defaultEvent, secret } = provider;
  const secrets = [{ value: secret.sample, source: 'sample', isSample: true }];
  const url = source.urlFor(source.event);
  return { ...source, provider, event: defaultEvent, variant: null, secrets, urlFor: () => url };
}
