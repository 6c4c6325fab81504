import type { ReceivedRequest } from '../core/delivery.js';
import { memoize } from '../core/memoize.js';
import type { Provider } from '../core/provider.js';
import { readUrl } from '../core/readUrl.js';
import { headerName, headerSources, templateSource } from '../core/scheme.js';
import { keyedNames } from '../core/schemeFacts.js';
import { parsePath } from '../json/path.js';
import { readPayload } from '../json/readPayload.js';
import { payloadRequest } from './queryPayload.js';
import { unwrapBody } from './wrappedBody.js';

/** Headers of nearly every request, which say nothing about its sender. */
const common = new Set(['accept', 'accept-encoding', 'content-type', 'user-agent', 'date', 'authorization']);

/** The places in which a provider puts proof that only the holder of the secret can make. */
export interface ProofPlaces {
  readonly headers: readonly string[];
  readonly fields: readonly string[];
  readonly query: readonly string[];
  /** Whether the body itself is, or holds, the proof. */
  readonly body: boolean;
}

/** The names of the headers that hold a provider's signature or secret. */
export function proofHeaderNames(provider: Provider): readonly string[] {
  return findProofPlaces(provider).headers;
}

type Described = Pick<Provider, 'headers' | 'fields' | 'query' | 'signatures' | 'body'>;

/**
 * The providers that a request may be of, by the places of their signatures. One with more of its other headers present comes first, then one with
 * fewer of its signatures missing.
 */
export function recognizeProviders(
  request: Pick<ReceivedRequest, 'headers' | 'url' | 'body'>,
  providers: readonly Provider[],
): Provider[] {
  const present = new Set(request.headers.map(([name]) => name.toLowerCase()));
  const found = providers
    .map((provider) => ({ provider, ...proofsIn(request, provider, present) }))
    .filter(({ there }) => there > 0)
    .map((each) => ({ ...each, names: knownNames(each.provider, present) }));
  const nearest = found.filter(({ names }) => !found.some((other) => explainsMore(other.names, names)));
  const best = Math.max(...nearest.map(({ wanted, there }) => there / wanted));
  return nearest.filter(({ wanted, there }) => there / wanted === best).map(({ provider }) => provider);
}

/** Finds the places in a provider's requests that hold proof which only the holder of the secret can make. */
export const findProofPlaces = memoize(
  ({ headers, fields = [], query = [], signatures, body = '' }: Described): ProofPlaces => {
    const marks = ['secret', ...keyedNames({ signatures })].map((name) => `{${name}}`);
    const isProof = (text: string) => marks.some((mark) => text.includes(mark));
    return {
      headers: headers
        // With a single secret, no header is sent for a second.
        .filter(([, value]) => typeof value === 'string' || !('value' in value) || value.on === 'each secret')
        .filter((header) => isProof(headerSources(header).join('')))
        .map(([name]) => headerName(name)),
      fields: fields.filter(([, value]) => isProof(templateSource(value))).map(([path]) => path),
      query: query.filter(([, value]) => isProof(value)).map(([name]) => name),
      body: isProof(body),
    };
  },
);

/** The headers of a provider's own, in lower case. */
const ownHeaderNames = memoize(({ headers }: Provider): readonly string[] =>
  headers.map(([name]) => headerName(name).toLowerCase()).filter((name) => !common.has(name)),
);

function proofsIn(
  { url, body }: Pick<ReceivedRequest, 'url' | 'body'>,
  provider: Provider,
  present: ReadonlySet<string>,
): { readonly wanted: number; readonly there: number } {
  const { headers, fields, query, body: isInBody } = findProofPlaces(provider);
  const reading =
    fields.length > 0 ? readPayload(payloadRequest(provider, { url, body }).body, provider.dialect) : null;
  const parameters = query.length > 0 ? readUrl(url)?.searchParams : undefined;
  const there = [
    ...headers.filter((name) => present.has(name.toLowerCase())),
    ...fields.filter((path) => reading && reading.textsAt(parsePath(path)).length > 0),
    ...query.filter((name) => parameters?.has(name)),
    ...(isInBody && unwrapBody(provider, body) ? ['body'] : []),
  ];
  return { wanted: headers.length + fields.length + query.length + (isInBody ? 1 : 0), there: there.length };
}

/** The provider's own headers that a request has. */
function knownNames(provider: Provider, present: ReadonlySet<string>): Set<string> {
  return new Set(ownHeaderNames(provider).filter((name) => present.has(name)));
}

function explainsMore(names: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  return names.size > others.size && [...others].every((name) => names.has(name));
}
