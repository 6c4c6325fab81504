import type { Provider } from '../core/provider.js';
import type { SchemeOptions } from '../core/scheme.js';
import { keyedNames } from '../core/schemeFacts.js';
import { templateNames } from '../core/template.js';
import { readBodyTemplate, readFieldTemplates, readHeaderTemplates, readQueryTemplates } from '../signing/templates.js';

/** The proofs that a provider's requests carry. */
export interface CarriedProofs {
  /** The signatures in a header, a field of the body or the query; not those that only encode the secret. */
  readonly signatures: readonly SchemeOptions[];
  /** Whether the secret itself is sent, as it is or in another encoding. */
  readonly secret: boolean;
  /** Whether any of the proofs is in a header. */
  readonly inHeader: boolean;
  /** All names in the request, with the path of the field that holds each; null for a header or the query. */
  readonly sentNames: readonly { readonly name: string; readonly path: string | null }[];
}

/** Returns the proofs that a provider's requests carry. Throws a UsageError for a bad template. */
export function proofsOf(provider: Provider): CarriedProofs {
  const inHeaders = readHeaderTemplates(provider).flatMap(({ head, each }) => templateNames([...head, ...each]));
  const inFields = readFieldTemplates(provider).flatMap(({ name: path, template }) =>
    templateNames(template).map((name) => ({ name, path })),
  );
  const inQuery = readQueryTemplates(provider).flatMap(({ template }) => templateNames(template));
  const inBody = templateNames(readBodyTemplate(provider) ?? []);
  const sentNames = [...[...inHeaders, ...inQuery, ...inBody].map((name) => ({ name, path: null })), ...inFields];
  const keyed = new Set(keyedNames(provider));
  const carried = sentNames.flatMap(({ name }) => (keyed.has(name) ? provider.signatures[name]! : []));
  return {
    signatures: carried.filter(({ scheme }) => scheme !== 'encoded'),
    secret: carried.some(({ scheme }) => scheme === 'encoded') || sentNames.some(({ name }) => name === 'secret'),
    inHeader: inHeaders.some((name) => name === 'secret' || keyed.has(name)),
    sentNames,
  };
}
