import { createHash } from 'node:crypto';
import type { Provider } from '../core/provider.js';
import type { HashScheme } from '../core/scheme.js';
import { type Template, templateNames } from '../core/template.js';
import { parsedBody } from '../json/dialect.js';
import { secretVariables } from '../providers/secrets.js';
import { bytesOf } from '../signing/signContent.js';
import { type CandidateKey, choices, type DimensionChoice, hashIdentity, memoizeIterator, toKey } from './choices.js';
import { type Algorithm, algorithms, ownAlgorithm } from './hypotheses/algorithms.js';
import { bodies } from './hypotheses/bodies.js';
import { bodyFacts, maxParsed } from './hypotheses/bodyFacts.js';
import type { ContentChange, ContentFacts } from './hypotheses/contentFacts.js';
import { contents } from './hypotheses/contents.js';
import { secrets } from './hypotheses/secrets.js';
import { times } from './hypotheses/times.js';
import { otherRecipes, type SpaceSource } from './otherRecipes.js';
import { type Reading, readerFor } from './reading.js';
import type { ContentMaker, Space } from './search.js';
import { toContent } from './toContent.js';

const right = <T>(value: T): DimensionChoice<T> => ({ value, because: null, alone: false });
/** Secrets whose variations are all tried; of further ones only they themselves. */
const maxVaried = 3;

/** Creates the space of all ways in which one signature of a request may have been made. */
export function createSpace(source: SpaceSource): Space<Algorithm> {
  const { reading, proof, body, given } = source;
  const signature = reading.signatures.get(proof);
  if (!signature) return tokenSpace(source);
  const { options } = signature;
  if (options.scheme === 'encoded') return encodedSpace(source, signature.content);
  const steps = options.scheme === 'hmac' ? options.key : undefined;
  const rightKey = toKey({ text: given[0]!.value }, steps, given[0]!);
  const plan = { template: signature.content, values: new Map<string, string>() };
  return {
    right: {
      secret: rightKey ? right(rightKey) : null,
      body: right(body),
      content: right(toContent(plan, source)),
      algorithm: right(ownAlgorithm(options)),
    },
    secret: memoizeIterator(secretChoices(source, steps, rightKey)),
    // A generator that is not remembered is empty the second time: a large body is not combined with anything.
    body: body.length > maxParsed ? bodyChoices(source) : memoizeIterator(bodyChoices(source)),
    content: memoizeIterator(contentChoices(source)),
    algorithm: memoizeIterator(algorithmChoices(source, options)),
    ways: otherRecipes(source),
    // A digest of the body in the URL covers the body.
    ...(/[?&]bodySHA256=/i.test(reading.request.url) && { first: 'content' }),
  };
}

/** A signature that only encodes the secret signs nothing: only the secret can differ. */
function encodedSpace(source: SpaceSource, template: Template): Space<Algorithm> {
  const content = right(toContent({ template, values: new Map() }, source));
  const space = tokenSpace(source);
  return {
    ...space,
    right: { ...space.right, content, algorithm: right<Algorithm>(({ content: pieces }) => bytesOf(pieces)) },
  };
}

/** A header that carries the secret itself signs nothing: only the secret can be another. */
function tokenSpace(source: SpaceSource): Space<Algorithm> {
  const { given, body } = source;
  const key = toKey({ text: given[0]!.value }, undefined, given[0]!)!;
  return {
    right: {
      secret: right(key),
      body: right(body),
      content: right<ContentMaker>(() => []),
      algorithm: right<Algorithm>(({ secret }) => secret),
    },
    secret: memoizeIterator(secretChoices(source, undefined, key)),
    body: [],
    content: [],
    algorithm: [],
    ways: [],
  };
}

function* secretChoices(
  { reading, given, others, facts }: SpaceSource,
  steps: Parameters<typeof toKey>[1],
  rightKey: CandidateKey | undefined,
): Generator<DimensionChoice<CandidateKey>> {
  const known = new Set(rightKey ? [hashIdentity(rightKey.key)] : []);
  const { provider } = reading;
  for (const [at, secret] of given.slice(0, maxVaried).entries()) {
    const found = choices({
      dimension: 'secret',
      hypotheses: secrets,
      input: {
        text: secret.value,
        provider,
        others: at === 0 ? [...given.slice(1), ...others] : [],
        variables: at === 0 ? secretVariables(provider) : [],
      },
      use: (material) => toKey(material, steps, secret),
      identity: ({ key }) => hashIdentity(key),
      known,
      facts,
    });
    for (const choice of found) yield at === 0 ? choice : { ...choice, alone: true };
  }
}

export function bodyChoices({ body, facts }: SpaceSource): Generator<DimensionChoice<Uint8Array>> {
  return choices({
    dimension: 'body',
    hypotheses: bodies,
    input: bodyFacts(body),
    use: (bytes) => bytes,
    identity: hashIdentity,
    known: new Set([hashIdentity(body)]),
    facts,
  });
}

export function* contentChoices(source: SpaceSource): Generator<DimensionChoice<ContentMaker>> {
  const { reading, proof, values, body, facts } = source;
  const { request, provider, carriers } = reading;
  const { content: template } = reading.schemes.get(proof)!;
  const carrying = new Set(carriers.map(({ name }) => name.toLowerCase()));
  const input: ContentFacts = {
    template,
    values,
    readValue: (name) => reading.read(name, body) ?? values.get(name),
    times: Object.keys(provider.values).filter((name) => provider.values[name]!.kind === 'time'),
    method: request.method,
    url: request.url,
    headers: request.headers.filter(([name]) => !carrying.has(name.toLowerCase())),
    bytes: body.length,
    bodyDigest: () => createHash('sha256').update(body).digest('hex'),
    fields: fieldsIn(template, reading),
    other: (spec) => readerFor({ ...provider, values: { value: spec } }, request)('value', body),
    order: fieldOrder(body, provider),
  };
  const shared = {
    input,
    use: (plan: ContentChange) => toContent(plan, source),
    identity: () => null,
    known: new Set<string>(),
    facts,
  };
  yield* choices({ ...shared, dimension: 'content', hypotheses: contents });
  if (template.some((part) => 'name' in part)) yield* choices({ ...shared, dimension: 'time', hypotheses: times });
}

/** The values of a template that are made of several fields. */
function fieldsIn(template: Template, { provider }: Reading): ContentFacts['fields'] {
  return templateNames(template).flatMap((name) => {
    const spec = provider.values[name];
    return spec?.kind === 'fields' ? [{ name, spec }] : [];
  });
}

/** The outermost fields of a body, in its own order. */
function fieldOrder(body: Uint8Array, provider: Provider): string[] {
  const value = body.length > maxParsed ? undefined : parsedBody(body, provider);
  return value instanceof Map ? [...value.keys()] : [];
}

function algorithmChoices({ facts }: SpaceSource, options: HashScheme): Generator<DimensionChoice<Algorithm>> {
  return choices({
    dimension: 'algorithm',
    hypotheses: algorithms,
    input: options,
    use: (algorithm) => algorithm,
    identity: () => null,
    known: new Set(),
    facts,
  });
}
