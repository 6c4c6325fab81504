import type { Provider } from '../../core/provider.js';

/** Where the deliveries of a provider carry what proves them. */
export interface ProofPlaces {
  readonly provider: Provider;
  /** Names of headers. */
  readonly headers: readonly string[];
  /** Paths of fields of the body. */
  readonly fields: readonly string[];
}

/** The headers and the fields of the body that carry a signature or the secret. */
export function proofPlaces(provider: Provider): ProofPlaces {
  return { provider, headers: proofHeaders(provider), fields: proofFields(provider) };
}

/** The paths of the fields of the body that carry a signature or the secret. */
export function proofFields({ fields = [], signatures }: Pick<Provider, 'fields' | 'signatures'>): string[] {
  const names = ['secret', ...Object.keys(signatures)];
  return fields.flatMap(([path, template]) => {
    const text = typeof template === 'string' ? template : template.number;
    return names.some((name) => text.includes(`{${name}}`)) ? [path] : [];
  });
}

/** The names of the headers that carry a signature or the secret. */
export function proofHeaders({ headers, signatures }: Pick<Provider, 'headers' | 'signatures'>): string[] {
  const names = ['secret', ...Object.keys(signatures)];
  return headers.flatMap(([header, value]) => {
    const text = typeof value === 'string' ? value : `${value.head ?? ''}${value.each}`;
    return names.some((name) => text.includes(`{${name}}`)) ? [header] : [];
  });
}
