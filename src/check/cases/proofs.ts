import type { Provider } from '../../core/provider.js';

/** The names of the headers that carry a signature or the secret. */
export function proofHeaders({ headers, signatures }: Pick<Provider, 'headers' | 'signatures'>): string[] {
  const names = ['secret', ...Object.keys(signatures)];
  return headers.flatMap(([header, value]) => {
    const text = typeof value === 'string' ? value : `${value.head ?? ''}${value.each}`;
    return names.some((name) => text.includes(`{${name}}`)) ? [header] : [];
  });
}
