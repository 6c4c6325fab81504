import type { ReceivedRequest } from '../core/delivery.js';
import { UsageError } from '../core/errors.js';
import type { Provider } from '../core/provider.js';
import type { EncodedScheme, HashScheme } from '../core/scheme.js';
import { isHash } from '../core/schemeFacts.js';
import { type Template, templateNames } from '../core/template.js';
import { valueReaders } from '../delivery/readValues.js';
import { readPayload } from '../json/readPayload.js';
import {
  contentNames,
  type HeaderTemplate,
  readSignatureTemplates,
  type SignatureTemplate,
} from '../signing/templates.js';
import { dispensablePlaces } from '../verify/dispensable.js';
import { headerTexts, type ValuePlace, valueSources } from '../verify/places.js';

/** Schemes that each side computes, so that a mistake in the computation can be found. */
export type ComputedScheme = HashScheme | EncodedScheme;

/** A signature of such a scheme. */
export type ComputedSignature = SignatureTemplate & { readonly options: ComputedScheme };

/** A place of the request that holds values, with its template. */
export interface TemplatePlace extends HeaderTemplate, Pick<ValuePlace, 'kind' | 'what' | 'texts'> {}

/** A provider's scheme, read once for a diagnosis of one request. */
export interface Reading {
  readonly provider: Provider;
  readonly request: ReceivedRequest;
  readonly signatures: ReadonlyMap<string, ComputedSignature>;
  /** Those, and the ones of key pairs and tokens, which can't be recomputed. */
  readonly schemes: ReadonlyMap<string, SignatureTemplate>;
  /** Reads a value of a body or a header; undefined where it is none of these, or missing. */
  readonly read: (name: string, body: Uint8Array) => string | undefined;
  /** All places that hold values. */
  readonly tellers: readonly TemplatePlace[];
  /** The places that carry a signature or the secret itself. */
  readonly carriers: readonly TemplatePlace[];
  /** The names of those that did not come, and whose part another signature does. */
  readonly spared: readonly string[];
  /** The carriers, and the places of the other signed values. */
  readonly needed: readonly TemplatePlace[];
  /** The names of the proofs of the request that can be explained: signatures that no function makes, or `secret` for a token. */
  readonly proofs: readonly string[];
  /** A place's form, for people. */
  readonly form: (name: string) => string;
}

/** All names that a header's template holds. */
export function headerNamesIn({ head, each }: Pick<HeaderTemplate, 'head' | 'each'>): string[] {
  return [...templateNames(head), ...templateNames(each)];
}

/** Reads a provider's templates for one request. */
export function readScheme(provider: Provider, request: ReceivedRequest): Reading {
  const schemes = readSignatureTemplates(provider);
  const signatures = new Map(
    [...schemes].filter((entry): entry is [string, ComputedSignature] => isComputed(entry[1])),
  );
  const places = valueSources(provider, request);
  const tellers = places.map(({ template, ...place }): TemplatePlace => ({ ...template, ...place }));
  const isProof = (name: string) => name === 'secret' || schemes.has(name);
  const proofs = [...new Set(tellers.flatMap(headerNamesIn).filter(isProof))];
  const signed = new Set(proofs);
  for (const name of signed) {
    const scheme = schemes.get(name);
    for (const part of scheme ? contentNames(scheme) : []) signed.add(part);
  }
  return {
    provider,
    request,
    signatures,
    schemes,
    read: readerFor(provider, request),
    tellers,
    proofs: proofs.filter((name) => schemes.get(name)?.options.scheme !== 'custom'),
    carriers: tellers.filter((teller) => headerNamesIn(teller).some(isProof)),
    spared: dispensablePlaces(provider, places).map(({ template }) => template.name),
    needed: tellers.filter((teller) => headerNamesIn(teller).some((name) => signed.has(name))),
    form: (wanted) => {
      const template = tellers.find(({ name }) => name === wanted);
      return template ? writeTemplate(template.head) + writeTemplate(template.each) : '';
    },
  };
}

/** Reads values, each once of one body: that is combined with many other things. */
export function readerFor(provider: Provider, request: ReceivedRequest): Reading['read'] {
  const readers = valueReaders(provider);
  const known = new WeakMap<Uint8Array, Map<string, string | undefined>>();
  const header = (name: string) => headerTexts(request, name)[0] ?? '';
  return (name, body) => {
    const reader = readers.get(name);
    if (!reader) return undefined;
    const texts = known.get(body) ?? new Map<string, string | undefined>();
    known.set(body, texts);
    if (!texts.has(name))
      texts.set(
        name,
        orUndefined(() => reader({ body: () => readPayload(body, provider.dialect), header })),
      );
    return texts.get(name);
  };
}

function orUndefined(read: () => string): string | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

function isComputed({ options }: SignatureTemplate): boolean {
  return isHash(options) || options.scheme === 'encoded';
}

/** Returns whether a proof is the secret itself, as it is or in another encoding. */
export function isSecretItself(proof: string, { schemes }: Reading): boolean {
  return proof === 'secret' || schemes.get(proof)?.options.scheme === 'encoded';
}

/** Returns whether nothing but the secret itself proves a request. */
export function isOnlySecret(reading: Reading): boolean {
  const { proofs } = reading;
  return proofs.length > 0 && proofs.every((proof) => isSecretItself(proof, reading));
}

/** A template as people write it: `t={timestamp},v1={signature}`. */
export function writeTemplate(template: Template): string {
  return template.map((part) => ('name' in part ? `{${part.name}}` : part.text)).join('');
}
