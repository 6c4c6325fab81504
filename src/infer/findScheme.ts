import type { Header } from '../core/delivery.js';
import { readUrl } from '../core/readUrl.js';
import { isHash } from '../core/schemeFacts.js';
import { completeDialect } from '../providers/complete.js';
import { readCapturedBody, readDeeper, type SampleReading } from './capturedBody.js';
import { contentPlans, otherPlans } from './contentPlans.js';
import { type Description, describe } from './describeScheme.js';
import { dialectsOf } from './dialects.js';
import { eventGuesses } from './eventGuesses.js';
import type { CapturedRequest, FoundOptions, FoundProof, FoundScheme, LeftOutHeader } from './foundScheme.js';
import { tryKeyPairs } from './keyPairSearch.js';
import { keyWays } from './keyWays.js';
import { labelledPlans } from './labelledPlans.js';
import { type Material, readMaterial } from './material.js';
import { tryMessages } from './messageSearch.js';
import { divideHeaders, notesOn } from './notes.js';
import { guessSignature, guessToken, reproduce } from './reproduce.js';
import { ClaimTargets, type Hit, SearchBudget, tryDigests, tryHashes, tryHmac } from './search.js';
import { type SecretHit, secretsIn } from './secretItself.js';
import { siblingPlans, siblingsWithSecret } from './siblingPlans.js';
import { formatSpan, type SignatureClaim } from './spans.js';
import { tryTokens } from './tokenSearch.js';

/**
 * Finds how a captured request is signed by trying the methods of providers with the secrets: what is signed, with which key and hash, how it is
 * encoded and where it is; and describes the request as a provider. Proofs reported as reproduced have been recomputed with that description, byte
 * for byte. Without a matching secret it describes what the request looks like. A malformed request is a result, never an error. No secret gets into
 * the result, unless the body holds it; the work is bounded. `event` is the name that the user gives; else the likeliest is taken. `onWork` is called
 * often while it searches, since no timer runs.
 */
export function findScheme(request: CapturedRequest, secrets: readonly string[], given: FindOptions = {}): FoundScheme {
  const { own, leftOut } = divideHeaders(request.headers);
  const read = readCapturedBody(own, request.body);
  const body = 'reason' in read ? null : read;
  const find = (as: SampleReading | null) => findIn(request, { own, leftOut, body: as }, secrets, given);
  const found = find(body);
  const deeper = body && !isOfFields(found) ? readDeeper(request.body, body, own) : null;
  if (deeper === null) return found;
  const inside = find(deeper);
  return provenCount(inside) < provenCount(found) ? found : inside;
}

/** Returns whether what was found reads fields of the body by their names, or fills them. */
function isOfFields({ values, fields }: FoundScheme): boolean {
  return fields.length > 0 || Object.values(values).some(({ kind }) => kind === 'field' || kind === 'fields');
}

function provenCount({ proofs }: FoundScheme): number {
  return proofs.filter(({ certainty, secretAt }) => certainty !== 'guessed' && secretAt !== null).length;
}

/** Options of a search. */
interface FindOptions {
  readonly event?: string | undefined;
  readonly onWork?: () => void;
}

interface ReadRequest {
  readonly own: readonly Header[];
  readonly leftOut: readonly LeftOutHeader[];
  readonly body: SampleReading | null;
}

function findIn(
  request: CapturedRequest,
  { own, leftOut, body }: ReadRequest,
  secrets: readonly string[],
  given: FindOptions,
): FoundScheme {
  const material = readMaterial(request, own, body);
  const guesses = eventGuesses(material);
  const event = given.event ?? guesses[0]?.event ?? null;
  const budget = new SearchBudget(given.onWork);
  const found = search(material, secrets, event, budget);
  const tokens = secretsIn(material, secrets).filter(
    ({ place }) =>
      place.in !== 'header' ||
      !found.some(({ claim }) => claim.place.in === 'header' && claim.place.index === place.index),
  );
  const isProven = found.some(({ secretAt }) => secretAt !== null) || tokens.length > 0;
  const guessed = isProven ? undefined : guessSignature(material);
  const guessedToken = isProven || guessed ? undefined : guessToken(material);
  const hits = guessed ? [...found, guessed] : found;
  const description = describe({ material, hits, tokens: guessedToken ? [guessedToken] : tokens, event, secrets });
  const dialects = body ? dialectsOf(request, body) : [];
  const dialect = dialects[0] ?? body?.dialect ?? 'js';
  const order = secretOrder(hits, tokens);
  const { proofs, signedUrl, troubles } = prove({
    material,
    description,
    hits,
    tokens,
    guessed,
    guessedToken,
    secrets,
    order,
    event,
    dialect: completeDialect(dialect, own),
  });
  const inBody = guesses.find((guess) => guess.in === 'body' && guess.event === event);
  return {
    method: request.method,
    headers: description.headers,
    values: description.values,
    signatures: description.signatures,
    fields: description.fields,
    query: description.query,
    dialect,
    dialects,
    body: body?.value,
    eventAt: inBody?.at ?? null,
    event,
    eventGuesses: guesses,
    signedUrl,
    proofs,
    leftOut: [...leftOut, ...description.leftOut],
    sentValues: description.sentValues,
    secrets: order,
    notes: [...notesOn({ material, description, hits, proofs, dialects, secrets }), ...troubles],
    tried: budget.counts,
  };
}

function search(material: Material, secrets: readonly string[], event: string | null, budget: SearchBudget): Hit[] {
  const targets = new ClaimTargets(material.claims);
  const literals = literalsOf(material.claims);
  const plans = [...labelledPlans(material), ...contentPlans(material, event, literals)];
  const ways = keyWays(secrets);
  const slice = <T>(signatures: number, run: () => T): T => {
    budget.slice(signatures);
    return run();
  };
  const first = ways.filter(({ steps }) => steps.every((step) => !step.startsWith('hash:')));
  const rest = ways.filter((way) => !first.includes(way));
  const messages = tryMessages(material, ways, secrets, targets);
  // The signature declares what it covers: besides it only the hash of the body is left.
  if (messages.length > 0)
    return [...messages, ...slice(1000, () => tryHashes(plans.slice(0, 50), null, targets, budget))];
  const hits = [
    ...tryTokens(material, ways, secrets, targets),
    ...slice(3000, () => tryKeyPairs(plans, secrets, targets, budget)),
    ...slice(60_000, () => tryHmac(plans, first, targets, budget)),
    ...slice(20_000, () => tryDigests(plans, secrets, targets, budget)),
  ];
  const isFound = () => hits.some(({ secretAt }) => secretAt !== null);
  if (!isFound() && material.claims.some(({ place }) => place.in === 'field')) {
    hits.push(
      ...slice(30_000, () => tryHmac(siblingPlans(material), ways.slice(0, 1), targets, budget)),
      ...slice(60_000, () =>
        secrets.flatMap((secret, secretAt) =>
          tryHashes(siblingsWithSecret(material, secret), secretAt, targets, budget),
        ),
      ),
    );
  }
  if (!isFound()) hits.push(...slice(30_000, () => tryHmac(plans, rest, targets, budget)));
  if (!isFound())
    hits.push(
      ...slice(40_000, () => tryHmac(otherPlans(material, event, literals), ways.slice(0, 4), targets, budget)),
    );
  return hits;
}

/** The words before the signatures, which may be signed themselves, and the usual ones. */
function literalsOf(claims: readonly SignatureClaim[]): string[] {
  const words = claims.flatMap(
    ({ place }) => /(?:^|[,;\s])([A-Za-z]\w{0,15})[=:,]$/.exec(place.whole.slice(0, place.start))?.[1] ?? [],
  );
  return [...new Set([...words, 'v0', 'v1'])].slice(0, 5);
}

/** The secrets that fit, in the order in which the request has their signatures. */
function secretOrder(hits: readonly Hit[], tokens: readonly SecretHit[]): number[] {
  const placed = [
    ...hits.map(({ claim, secretAt }) => ({ place: claim.place, secretAt })),
    ...tokens.map(({ place, secretAt }) => ({ place, secretAt })),
  ].sort((a, b) => a.place.index - b.place.index || a.place.start - b.place.start);
  return [...new Set(placed.flatMap(({ secretAt }) => secretAt ?? []))];
}

interface Proving {
  readonly material: Material;
  readonly description: Description;
  readonly hits: readonly Hit[];
  readonly tokens: readonly SecretHit[];
  readonly guessed: Hit | undefined;
  readonly guessedToken: SecretHit | undefined;
  readonly secrets: readonly string[];
  readonly order: readonly number[];
  readonly event: string | null;
  readonly dialect: FoundScheme['dialect'];
}

/** Rebuilds the request from the result, and compares each proof. */
function prove(given: Proving): { proofs: FoundProof[]; signedUrl: string | null; troubles: string[] } {
  const { material, description, hits, tokens, guessed, guessedToken, secrets, order, event, dialect } = given;
  const { request } = material;
  const used = hits.flatMap(({ plan, message }) => [
    ...(message?.url === undefined ? [] : [message.url]),
    ...plan.parts.flatMap((part) => (part.is === 'given' && part.name === 'url' ? [String(part.bytes)] : [])),
  ]);
  const bare = withoutParameters(
    request.url,
    description.query.map(([name]) => name),
  );
  const delivery = reproduce({
    description,
    method: request.method,
    dialect,
    event: event ?? 'event',
    url: bare,
    signedUrl: used[0] ?? (/^https?:\/\/\S+$/.test(bare) ? bare : 'http://localhost/'),
    body: request.body,
    secrets: order.length > 0 ? order.map((at) => secrets[at]!) : ['unknown'],
  });
  const isSame = (claim: Pick<SignatureClaim, 'place'>): boolean => {
    if (typeof delivery === 'string') return false;
    if (claim.place.in === 'field') return Buffer.compare(delivery.body, request.body) === 0;
    if (claim.place.in === 'parameter') return sameParameters(delivery.url, request.url);
    const at = description.headers.findIndex(([name], index) => name === claim.place.name && index >= 0);
    const text = description.texts[at];
    return delivery.headers[at]?.[0] === claim.place.name && delivery.headers[at]?.[1] === text;
  };
  const ofHits = hits.map((hit): FoundProof => {
    const name = description.nameOf.get(hit)!;
    const options = description.signatures[name]!;
    const certainty =
      hit === guessed ? 'guessed' : isSame(hit.claim) ? 'reproduced' : isVerified(options) ? 'verified' : 'guessed';
    return { name, where: formatSpan(hit.claim.place), options, secretAt: hit.secretAt, certainty };
  });
  const ofTokens = tokens.map(
    ({ place, secretAt }): FoundProof => ({
      name: 'secret',
      where: formatSpan(place),
      options: null,
      secretAt,
      certainty: isSame({ place }) ? 'reproduced' : 'guessed',
    }),
  );
  const ofGuess: FoundProof[] = guessedToken
    ? [{ name: 'secret', where: formatSpan(guessedToken.place), options: null, secretAt: null, certainty: 'guessed' }]
    : [];
  const isMissed =
    [...hits, ...tokens].length > 0 &&
    typeof delivery === 'string' &&
    hits.some((hit) => hit !== guessed && isHash(hit.options));
  return {
    proofs: [...ofHits, ...ofTokens, ...ofGuess],
    signedUrl: used[0] ?? null,
    troubles: isMissed ? [`The description can't make the request again: ${delivery}`] : [],
  };
}

/** Returns whether the search itself has verified a signature that comes out another one each time. */
function isVerified({ scheme }: FoundOptions): boolean {
  return scheme === 'rfc9421' || scheme === 'ed25519' || scheme === 'ecdsa' || scheme === 'rsa' || scheme === 'jwt';
}

function withoutParameters(url: string | null, names: readonly string[]): string {
  if (url === null || readUrl(url) === null || !/^https?:/i.test(url)) return 'http://localhost/';
  if (names.length === 0) return url;
  const address = new URL(url);
  for (const name of names) address.searchParams.delete(name);
  return address.href;
}

function sameParameters(one: string, other: string | null): boolean {
  if (other === null) return false;
  const texts = (url: string) =>
    [...new URL(url).searchParams]
      .map((pair) => pair.join('='))
      .sort()
      .join('&');
  return texts(one) === texts(other);
}
