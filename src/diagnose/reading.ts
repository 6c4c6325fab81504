import type { Provider } from '../core/provider.js';
import type { HashScheme } from '../core/scheme.js';
import { isHash } from '../core/schemeFacts.js';
import { type Template, templateNames } from '../core/template.js';
import type { ReceivedRequest } from '../delivery/receivedRequest.js';
import {
  contentNames,
  type HeaderTemplate,
  readHeaderTemplates,
  readSignatureTemplates,
  type SignatureTemplate,
} from '../signing/templates.js';

/** A signature that each side computes, so that what was computed otherwise can be found out. */
export type HashSignature = SignatureTemplate & { readonly options: HashScheme };

/** A provider's scheme, read once for a diagnosis of one request. */
export interface Reading {
  readonly provider: Provider;
  readonly request: ReceivedRequest;
  readonly signatures: ReadonlyMap<string, HashSignature>;
  /** Those, and the ones of key pairs, which nobody computes anew. */
  readonly schemes: ReadonlyMap<string, SignatureTemplate>;
  /** The headers that carry a signature or the secret itself. */
  readonly carriers: readonly HeaderTemplate[];
  /** Those, and the ones that tell what else is signed. */
  readonly needed: readonly HeaderTemplate[];
  /** The names of what proves the request and can be explained: signatures, or `secret` for a token. */
  readonly proofs: readonly string[];
  /** A header's form, for people. */
  readonly form: (header: string) => string;
}

/** All names that a header's template holds. */
export function namesIn({ head, each }: HeaderTemplate): string[] {
  return [...templateNames(head), ...templateNames(each)];
}

/** Reads a provider's templates for one request. */
export function readScheme(provider: Provider, request: ReceivedRequest): Reading {
  const schemes = readSignatureTemplates(provider);
  const signatures = new Map(
    [...schemes].filter((entry): entry is [string, HashSignature] => isHash(entry[1].options)),
  );
  const headers = readHeaderTemplates(provider);
  const isProof = (name: string) => name === 'secret' || schemes.has(name);
  const proofs = [...new Set(headers.flatMap(namesIn).filter(isProof))];
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
    proofs: proofs.filter((name) => name === 'secret' || signatures.has(name)),
    carriers: headers.filter((header) => namesIn(header).some(isProof)),
    needed: headers.filter((header) => namesIn(header).some((name) => signed.has(name))),
    form: (header) => {
      const template = headers.find(({ name }) => name === header);
      return template ? written(template.head) + written(template.each) : '';
    },
  };
}

/** A template as people write it: `t={timestamp},v1={signature}`. */
export function written(template: Template): string {
  return template.map((part) => ('name' in part ? `{${part.name}}` : part.text)).join('');
}
