import type { Provider } from './provider.js';
import type { GivenValueSpec } from './template.js';

/** The values of a provider's handshakes that are texts of their receiver's owner, by name. */
export function givenValues({ handshakes = [] }: Pick<Provider, 'handshakes'>): Map<string, GivenValueSpec> {
  const specs = handshakes.flatMap(({ values = {} }) => Object.entries(values));
  return new Map(specs.flatMap(([name, spec]) => (spec.kind === 'given' ? [[name, spec] as const] : [])));
}
