import { UsageError } from '../core/errors.js';
import type { Provider } from '../core/provider.js';
import { templateNames } from '../core/template.js';
import { sign } from '../signing/sign.js';
import { signedContent } from '../signing/signedContent.js';
import { signingKey } from '../signing/signingKey.js';
import {
  contentNames,
  readQueryTemplates,
  readSignatureTemplates,
  type SignatureTemplate,
} from '../signing/templates.js';
import { splitAdded } from './addedQuery.js';
import { receivedTexts } from './givenTexts.js';
import { collect, namesIn, placesOf, textsOf } from './places.js';
import { equal, proves } from './proves.js';
import { parsedBody, valueReaders } from './readValues.js';
import type { ReceivedRequest } from './receivedRequest.js';

/** Whether a request carries a provider's signature; `reason` says in a sentence why not. */
export type Verification = { readonly ok: true } | { readonly ok: false; readonly reason: string };

type Signatures = ReadonlyMap<string, SignatureTemplate>;

/**
 * Verifies a request by a provider's own description: takes the values (timestamp, id) from what the request tells,
 * computes the signatures anew and compares them; those of a private key it verifies with the public half, which may be all
 * that a secret is. Any of the secrets may fit. The age of a timestamp is not judged.
 * Whatever came is an answer, never an error; it throws a UsageError only for a bad template or secret of our own.
 */
export function verify(provider: Provider, request: ReceivedRequest, secrets: readonly string[]): Verification {
  const signatures = readSignatureTemplates(provider);
  const places = placesOf(provider, request);
  const proofs = new Set(places.flatMap(namesIn).filter((name) => name === 'secret' || signatures.has(name)));
  const needed = signedNames(signatures, proofs);
  const found = new Map<string, Set<string>>();
  for (const place of places.filter((candidate) => namesIn(candidate).some((name) => needed.has(name)))) {
    const problem = collect(place, found);
    if (problem) return { ok: false, reason: `${place.what} ${problem}` };
  }
  const readers = valueReaders(provider);
  const given = receivedTexts(request.method, request.url);
  const query = readQueryTemplates(provider);
  // What is told in the query covers the address without it.
  const before = receivedTexts(request.method, splitAdded(request.url, query).url);
  const toldInQuery = new Set(query.flatMap(({ template }) => templateNames(template)));
  const source = {
    body: () => parsedBody(request.body, provider),
    header: (name: string) => textsOf(request, name)[0] ?? '',
  };
  const inClaims = claimedNames(signatures);
  for (const name of needed) {
    if (proofs.has(name) || signatures.has(name)) continue;
    if (readers.has(name)) {
      const problem = unreadable(() => readers.get(name)!(source));
      if (problem) return { ok: false, reason: problem };
      continue;
    }
    const values = found.get(name)?.size ?? 0;
    if (values === 0 && !supplied.includes(name) && !inClaims.has(name))
      return { ok: false, reason: `no header tells the ${name} that was signed` };
    if (values > 1) return { ok: false, reason: `the headers tell more than one ${name}` };
  }
  const valueUnder = (secret: string, address: ReadonlyMap<string, string>) => {
    const value = (name: string): string | Uint8Array => {
      const signature = signatures.get(name);
      if (signature) return recompute(signature, secret, value);
      if (name === 'body') return request.body;
      if (name === 'secret') return secret;
      return address.get(name) ?? readers.get(name)?.(source) ?? [...found.get(name)!][0]!;
    };
    return value;
  };
  const isKnown = (name: string) =>
    found.has(name) || signatures.has(name) || readers.has(name) || supplied.includes(name);
  const fits = secrets.some((secret) =>
    [...proofs].every((name) => {
      const signature = signatures.get(name);
      const value = valueUnder(secret, toldInQuery.has(name) ? before : given);
      return [...found.get(name)!].some((text) =>
        signature ? proves({ signature, text, secret, value, isKnown }) : equal(text, secret),
      );
    }),
  );
  return fits ? { ok: true } : { ok: false, reason: 'the signature does not match the body and the secret' };
}

/** What keeps a value from being read, in a sentence; null where nothing does. */
function unreadable(read: () => string): string | null {
  try {
    read();
    return null;
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

/** What templates name and nothing has to tell. */
const supplied = ['body', 'method', 'url', 'host', 'path', 'query', 'secret'];

/** The names of the proofs and of all that goes into them. */
function signedNames(signatures: Signatures, proofs: ReadonlySet<string>): Set<string> {
  const names = new Set(proofs);
  for (const name of names) {
    const signature = signatures.get(name);
    for (const part of signature ? contentNames(signature) : []) names.add(part);
  }
  return names;
}

/** The names that tokens tell themselves. */
function claimedNames(signatures: Signatures): Set<string> {
  const claims = [...signatures.values()].flatMap((signature) => signature.claims);
  return new Set(claims.flatMap(({ template }) => templateNames(template)));
}

function recompute(signature: SignatureTemplate, secret: string, value: (name: string) => string | Uint8Array): string {
  return sign(signature.options, signingKey(signature.options, secret), signedContent(signature, value));
}
