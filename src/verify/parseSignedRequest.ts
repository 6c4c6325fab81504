import type { ReceivedRequest } from '../core/delivery.js';
import { UsageError } from '../core/errors.js';
import type { Provider } from '../core/provider.js';
import type { CustomSchemeRequest, CustomVerifier } from '../core/scheme.js';
import { signsByFunction } from '../core/schemeFacts.js';
import { templateNames } from '../core/template.js';
import { splitAdded } from '../delivery/addedQuery.js';
import { awaitFunction, FunctionError } from '../delivery/callFunction.js';
import { functionFields, withEmptyFields } from '../delivery/functionFields.js';
import { callFunctions, type FunctionTexts, functionsAmong, noTexts } from '../delivery/functions.js';
import { isInQuery, payloadRequest, receiverUrl } from '../delivery/queryPayload.js';
import { valueReaders } from '../delivery/readValues.js';
import { receivedTexts } from '../delivery/requestVariables.js';
import { bodyWrapping, encodingName } from '../delivery/wrappedBody.js';
import { parsePath } from '../json/path.js';
import { readPayload } from '../json/readPayload.js';
import { readRequestEvent } from '../payloads/prepare.js';
import { extract } from '../signing/extract.js';
import { templatesIn } from '../signing/jsonTemplate.js';
import { transitiveNames } from '../signing/signContent.js';
import {
  isData,
  readFieldTemplates,
  readQueryTemplates,
  readSignatureTemplates,
  type SignatureTemplate,
} from '../signing/templates.js';
import { dispensablePlaces } from './dispensable.js';
import { collectValues, headerTexts, templateNamesOf, valueSources } from './places.js';

type Signatures = ReadonlyMap<string, SignatureTemplate>;

/** The values of a request that its signatures are made of. */
export interface SignedValues {
  readonly signatures: Signatures;
  /** Returns the bytes that a signature covers as the body: the payload, or the received body where that differs. */
  readonly bodyOf: (signature: string) => Uint8Array;
  /** The names of what proves the request: signatures, or `secret` for a token. */
  readonly proofs: ReadonlySet<string>;
  /** The names of the places of signatures that did not come, and whose part another one does. */
  readonly spared: readonly string[];
  /** The received texts, by their names in templates. */
  readonly found: ReadonlyMap<string, ReadonlySet<string>>;
  /** Returns the value of a name that is no signature; the address is without the added parameters, where one of them carries `proof`. */
  readonly value: (name: string, proof?: string) => string;
  /** Returns whether the request has a value for a name. */
  readonly isKnown: (name: string) => boolean;
  /** The signatures that functions make of the request. */
  readonly functionTexts: (secret: string) => Promise<FunctionTexts>;
}

/** Names in templates that no part of the request has to carry. */
const supplied = ['body', 'method', 'url', 'host', 'path', 'query', 'secret'];

/**
 * Reads a request by a provider's description, as far as its proofs need it, or only the signatures in `wanted`, whether received or not; or returns
 * in a sentence why it can't be read. Throws a UsageError for a bad template.
 */
export function parseSignedRequest(
  provider: Provider,
  received: ReceivedRequest,
  wanted?: readonly string[],
): SignedValues | { readonly reason: string } {
  const request = payloadRequest(provider, received);
  const signatures = readSignatureTemplates(provider);
  const all = valueSources(provider, request, received);
  const spared = wanted ? [] : dispensablePlaces(provider, all);
  const places = all.filter((place) => !spared.includes(place));
  const encoded = encodingName(provider);
  const isProof = (name: string) => name !== encoded && (name === 'secret' || signatures.has(name));
  const proofs = new Set(wanted ? [] : places.flatMap(templateNamesOf).filter(isProof));
  const needed = transitiveNames(wanted ?? proofs, signatures);
  // A function need not use all that it is given.
  const required = signsByFunction(provider) ? transitiveNames(proofs, ofData(signatures)) : needed;
  const found = new Map<string, Set<string>>();
  for (const place of places.filter((candidate) => templateNamesOf(candidate).some((name) => needed.has(name)))) {
    const isRequired = templateNamesOf(place).some((name) => required.has(name));
    if (!isRequired && place.texts().length === 0) continue;
    const problem = collectValues(place, found);
    if (problem) return { reason: `${place.what} ${problem}` };
  }
  if (needed.has('event') && !found.has('event')) {
    const event = readRequestEvent(provider, request);
    if (event !== null) found.set('event', new Set([event]));
  }
  const readers = valueReaders(provider);
  const given = receivedTexts(request.method, request.url);
  const query = readQueryTemplates(provider);
  // A value in the query covers the address without it.
  const before = receivedTexts(request.method, splitAdded(request.url, query).url);
  const queryNames = new Set(query.flatMap(({ template }) => templateNames(template)));
  // A payload in the query is filled before it is added to the address.
  const bare = isInQuery(provider) ? receivedTexts(request.method, receiverUrl(provider, request.url)) : given;
  const fieldNames = new Set(readFieldTemplates(provider).flatMap(({ template }) => templateNames(template)));
  const source = {
    body: () => readPayload(request.body, provider.dialect),
    header: (name: string) => headerTexts(request, name)[0] ?? '',
  };
  const inClaims = claimedNames(signatures);
  for (const name of needed) {
    if (proofs.has(name) || signatures.has(name)) continue;
    if (readers.has(name)) {
      const problem = unreadable(() => readers.get(name)!(source));
      if (problem) return { reason: problem };
      continue;
    }
    const values = found.get(name)?.size ?? 0;
    if (values === 0 && required.has(name) && !supplied.includes(name) && !inClaims.has(name))
      return { reason: `no header contains the ${name} that was signed` };
    if (values > 1) return { reason: `the headers hold more than one ${name}` };
  }
  const value = (name: string, proof = '') => {
    const address = queryNames.has(proof) ? before : fieldNames.has(proof) ? bare : given;
    return address.get(name) ?? readers.get(name)?.(source) ?? [...found.get(name)!][0]!;
  };
  const functions = functionsAmong(needed, signatures);
  const wrapping = bodyWrapping(provider);
  const fields = functionFields(provider);
  /** Returns the body that a function is given: without the fields it fills itself. */
  const bodyFor = (name: string) => {
    const at = fields.findIndex(({ template }) => transitiveNames(templateNames(template), signatures).has(name));
    return at < 0 ? bodyOf(name) : withEmptyFields(provider, request.body, fields.slice(at));
  };
  const bodyOf = (name: string) => (wrapping && !wrapping.inner.has(name) ? received.body : request.body);
  return {
    signatures,
    bodyOf,
    proofs,
    spared: spared.map(({ template }) => template.name),
    found,
    value,
    isKnown: (name) => found.has(name) || signatures.has(name) || readers.has(name) || supplied.includes(name),
    functionTexts: async (secret) => {
      if (functions.length === 0) return noTexts;
      const { method, url } = request;
      const names = Object.keys(provider.values).filter((name) => readers.has(name) || found.has(name));
      const values = Object.freeze(Object.fromEntries(names.map((name) => [name, value(name)])));
      const event = request.handshake ?? readRequestEvent(provider, request) ?? '';
      const texts = new Map<string, readonly string[]>();
      for (const { name, sign, options } of functions) {
        // That a body could be opened is what proves it.
        if (options.open) continue;
        const given = { method, url, event, body: bodyFor(name), values };
        const { verify } = options;
        const computed = verify
          ? await verifiedTexts({ name, provider, verify, texts: found.get(name) ?? [] }, { ...given, secret })
          : await callFunctions({ provider, wanted: [{ name, sign, secrets: [secret] }], hidden: [secret] }, given);
        for (const [signatureName, text] of computed) texts.set(signatureName, text);
      }
      return texts;
    },
  };
}

/** The texts of a signature that a function takes for right. */
async function verifiedTexts(
  {
    name,
    provider,
    verify,
    texts,
  }: {
    readonly name: string;
    readonly provider: Provider;
    readonly verify: CustomVerifier;
    readonly texts: Iterable<string>;
  },
  { body, ...given }: CustomSchemeRequest,
): Promise<FunctionTexts> {
  const what = `${provider.title}: the function that verifies ${name}`;
  for (const text of texts) {
    const request = Object.freeze({ ...given, body: Buffer.from(body), text });
    const isRight = await awaitFunction({ call: () => verify(request), what, hidden: [given.secret] });
    if (isRight === true) return new Map([[name, [text]]]);
    if (isRight !== false)
      throw new FunctionError('FUNCTION_FAILED', `${what} gives neither true nor false. Let it return one of them.`);
  }
  return new Map([[name, ['']]]);
}

function ofData(signatures: Signatures): Signatures {
  return new Map([...signatures].filter(([, signature]) => isData(signature)));
}

/** Returns what keeps a value from being read, in a sentence; null where nothing does. */
function unreadable(read: () => string): string | null {
  try {
    read();
    return null;
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

/** Returns the names that tokens carry themselves. */
function claimedNames(signatures: Signatures): Set<string> {
  const claims = [...signatures.values()].flatMap((signature) =>
    signature.claims ? templatesIn(signature.claims) : [],
  );
  return new Set(claims.flatMap(({ template }) => templateNames(template)));
}

/** Returns the values of the body fields that each delivery fills, by their names in templates. */
export function extractFieldValues(provider: Provider, body: Uint8Array): (readonly [name: string, value: string])[] {
  const templates = readFieldTemplates(provider);
  if (templates.length === 0) return [];
  const reading = readPayload(body, provider.dialect);
  return templates.flatMap(({ name, template }) => {
    const [text] = reading.textsAt(parsePath(name));
    return text === undefined ? [] : (extract({ name, head: [], each: template, join: null }, text) ?? []);
  });
}

/** Returns the values of the parameters that a provider adds to the query of an address. */
export function extractQueryValues(provider: Provider, url: string): (readonly [name: string, value: string])[] {
  const templates = readQueryTemplates(provider);
  const { added } = splitAdded(url, templates);
  return templates.flatMap(({ name, template }) => {
    const text = added.get(name);
    return text === undefined ? [] : (extract({ name, head: [], each: template, join: null }, text) ?? []);
  });
}
