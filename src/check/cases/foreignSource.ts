import type { Provider } from '../../core/provider.js';
import { isJson } from '../../json/dialect.js';
import { catalogueProviders } from '../../providers/catalogue.js';
import type { CaseSource } from './case.js';

/** As a source, of another provider that signs with its own sample secret. */
export function foreignSource(source: CaseSource): CaseSource {
  const provider = catalogueProviders().find((each) => each.name !== source.provider.name && signsBodyAlone(each))!;
  const { defaultEvent, secret } = provider;
  const secrets = [{ value: secret.sample, source: 'sample', isSample: true }];
  const url = source.urlFor(source.event);
  return { ...source, provider, event: defaultEvent, variant: null, secrets, urlFor: () => url };
}

function signsBodyAlone({ signatures, values, dialect }: Provider): boolean {
  const schemes = Object.values(signatures);
  return (
    isJson(dialect) &&
    Object.keys(values).length === 0 &&
    schemes.length > 0 &&
    schemes.every((options) => options.scheme === 'hmac' && options.content === '{body}')
  );
}
