import type { Diagnosis, Finding, ShownSecret, Side } from '../core/diagnosis.js';
import { UsageError } from '../core/errors.js';
import { fingerprint } from '../core/fingerprint.js';
import type { Provider } from '../core/provider.js';
import { keyPairOf, signsByFunction } from '../core/schemeFacts.js';
import type { Secret } from '../core/secret.js';
import { builtInProviders } from '../providers/registry.js';
import { coveredBy } from '../signing/covered.js';
import { contentNames } from '../signing/templates.js';
import { byFunctions } from './byFunctions.js';
import type { Case } from './case.js';
import { claimsOf, computedClaims } from './claims.js';
import { explainCredentials } from './credentials.js';
import { expectedText } from './expected.js';
import { factsOf } from './facts.js';
import { type Fit, fitOf, fitOfLater } from './fit.js';
import { mostParsed } from './hypotheses/bodyFacts.js';
import { textMistakes } from './hypotheses/mistakes.js';
import { type Because, toFinding } from './hypothesis.js';
import { explainKeyPair } from './keyPairs.js';
import { halfOf, publicFingerprint, refuseNoKey } from './keys.js';
import { nextSteps } from './next.js';
import { otherProvider } from './otherProvider.js';
import { readHeaders } from './readHeaders.js';
import { isOnlySecret, type Reading, readScheme } from './reading.js';
import { type Search, search } from './search.js';
import { makeSpace } from './space.js';
import { judgeOf, Targets } from './targets.js';
import { judgeTime, toldTime } from './time.js';
import { expiryOf, explainToken } from './tokens.js';

/**
 * Says whether a request is genuine and, where it is not, which mistake explains its signature; with `computed`, which
 * mistake of the receiver's explains that value. Whatever the request holds is an answer, never an error. Secrets come
 * into the result as fingerprints only.
 */
export function diagnose(given: Case): Diagnosis {
  const reading = readOf(given);
  return conclude(given, reading, fitOf(given));
}

/** As `diagnose`, for providers for which functions sign. These are asked whether it is genuine; why not, they can't tell. */
export async function diagnoseAsync(given: Case): Promise<Diagnosis> {
  if (!signsByFunction(given.provider)) return diagnose(given);
  const reading = readOf(given);
  const diagnosis = conclude(given, reading, await fitOfLater(given));
  return byFunctions(diagnosis, given);
}

function readOf({ provider, request, secrets }: Case): Reading {
  const reading = readScheme(provider, request);
  refuseNoKey(reading, secrets);
  return reading;
}

function conclude(given: Case, reading: Reading, fit: Fit | null): Diagnosis {
  return given.computed === undefined
    ? ofRequest(given, reading, fit)
    : ofReceiver(given, given.computed, reading, fit);
}

function ofRequest(given: Case, reading: Reading, fit: Fit | null): Diagnosis {
  const { problems } = readHeaders(reading.needed, reading);
  const base = baseOf(given, reading, 'signature');
  if (fit) {
    const time = toldTime(reading, given);
    const late = (time && judgeTime(time)) ?? expired(reading, given.now);
    return {
      ...base,
      genuine: !late,
      secret: shown(fit.secret, given, reading),
      over: fit.over,
      time,
      findings: late ? [toFinding(late, 'signature')] : [],
    };
  }
  const result = {
    ...base,
    problems,
    secret: shown(given.secrets[0]!, given, reading),
    expected: expectedText(given, reading),
  };
  const foreign = otherProvider(given, reading);
  if (foreign) {
    return {
      ...result,
      secret: shown(foreign.secret, given, reading),
      findings: [toFinding(foreign.because, 'signature')],
    };
  }
  const searched = reading.proofs.map((proof) => explain(given, reading, proof, given.secrets));
  return withSearch(result, searched, given, reading, 'signature');
}

/** Why a token is not valid now, though it is signed rightly; null where it is, or there is none. */
function expired(reading: Reading, now: number): Because | null {
  const tokens = reading.proofs.filter((proof) => reading.schemes.get(proof)?.options.scheme === 'jwt');
  return tokens.reduce<Because | null>((found, proof) => {
    const facts = factsOf(reading, proof);
    const [claim] = claimsOf(proof, reading, facts);
    return found ?? (claim ? expiryOf(claim.text, facts, now) : null);
  }, null);
}

function ofReceiver(given: Case, computed: string, reading: Reading, fit: Fit | null): Diagnosis {
  const secrets = fit ? [fit.secret, ...given.secrets.filter((secret) => secret !== fit.secret)] : given.secrets;
  const { problems } = readHeaders(reading.needed, reading);
  const carriers = new Set(reading.carriers.map(({ name }) => name));
  const hasSignature = reading.carriers.some(({ texts }) => texts().length > 0);
  const computable = computedProofs(reading);
  if (computable.length === 0 && !signsByFunction(given.provider)) throw nothingComputed(given.provider);
  const result: Diagnosis = {
    ...baseOf(given, reading, 'computed'),
    requestFits: fit ? true : hasSignature ? false : null,
    over: fit?.over ?? 'raw',
    secret: shown(secrets[0]!, given, reading),
    problems: problems.filter(({ header }) => !carriers.has(header)),
    expected: expectedText({ ...given, secrets }, reading),
  };
  const searched = computable.map((proof) => explain(given, reading, proof, secrets, computed));
  const rightProof = searched.findIndex(({ found }) => found?.because.length === 0);
  const isRestringified =
    fit?.over === 'restringified' &&
    searched.some(({ found }) => found?.because.map(({ mistake }) => mistake.name).join() === 'body-js');
  if (rightProof < 0 && !isRestringified) return withSearch(result, searched, given, reading, 'computed');
  const facts = factsOf(reading, computable[Math.max(rightProof, 0)]!);
  const mistake = result.requestFits === false ? textMistakes.rightValueOtherSignature : textMistakes.rightValue;
  const remark = result.requestFits === null ? [] : [toFinding({ mistake, dimension: 'encoding', facts }, 'computed')];
  return { ...result, genuine: true, findings: remark };
}

/** The signatures that a receiver computes to compare them: those of the request, and those that its tokens claim. */
function computedProofs({ proofs, schemes, signatures }: Reading): string[] {
  const claimed = proofs.flatMap((proof) => {
    const scheme = schemes.get(proof);
    return scheme?.options.scheme === 'jwt' ? contentNames(scheme) : [];
  });
  return [...proofs, ...claimed].filter((name) => name === 'secret' || signatures.has(name));
}

function nothingComputed({ title }: Provider): UsageError {
  return new UsageError(
    'NOTHING_COMPUTED',
    `--computed: ${title} signs with a private key. A receiver verifies with the public one and computes no value that could be compared: leave --computed out.`,
  );
}

/** Looks for what explains one signature of the request or, where it is given, the value that the receiver computed. */
function explain(given: Case, reading: Reading, proof: string, secrets: readonly Secret[], computed?: string): Search {
  const { provider, request, others = [], providers = builtInProviders } = given;
  const facts = factsOf(reading, proof);
  const { values } = readHeaders(reading.needed, reading);
  const claims =
    computed === undefined ? claimsOf(proof, reading, facts) : computedClaims(computed, proof, reading, facts);
  const source = {
    reading,
    proof,
    body: request.body,
    given: secrets,
    others: others.filter(({ value }) => !secrets.some((secret) => secret.value === value)),
    values: new Map([...values].map(([name, texts]) => [name, texts[0]!])),
    providers: providers.filter(({ name }) => name !== provider.name),
    facts,
  };
  const options = reading.schemes.get(proof)?.options;
  if (options?.scheme === 'jwt') return explainToken(source, claims, given.now);
  if (options && keyPairOf(options)) return explainKeyPair(source, claims);
  const encoding = options && 'encoding' in options ? options.encoding : null;
  const targets = new Targets(claims, encoding, facts);
  const searched = search(makeSpace(source), judgeOf(targets));
  if (computed !== undefined || (searched.found && !searched.found.because.some(isDress))) return searched;
  return { ...searched, found: explainCredentials(source) ?? searched.found };
}

/** What is around a secret tells less than what the secret itself is told by. */
function isDress({ mistake: { name } }: Because): boolean {
  return name === 'signature-prefix' || name === 'signature-prefix-missing';
}

/** The first search that explains something and is not as it should be; what all of them tried. */
function withSearch(
  result: Diagnosis,
  searched: readonly Search[],
  given: Case,
  reading: Reading,
  side: Side,
): Diagnosis {
  const explained = searched.filter(({ found }) => found !== null);
  const best = (side === 'signature' ? explained.filter(({ found }) => found!.because.length > 0) : explained).sort(
    (a, b) => a.found!.because.length - b.found!.because.length,
  )[0]?.found;
  const tried: Record<string, number> = {};
  for (const search of searched) {
    for (const [name, count] of Object.entries(search.tried)) tried[name] = (tried[name] ?? 0) + count;
  }
  const findings: Finding[] = best ? best.because.map((because: Because) => toFinding(because, side)) : [];
  return {
    ...result,
    ...(best && { secret: shown(best.secret, given, reading) }),
    findings,
    tried,
    complete: searched.every(({ complete }) => complete) && given.request.body.length <= mostParsed,
    next: best ? [] : nextSteps(given, reading, { side, secretFits: result.requestFits === true }),
  };
}

function baseOf({ provider, request, notes = [] }: Case, reading: Reading, side: Side): Diagnosis {
  return {
    provider: provider.name,
    title: provider.title,
    side,
    genuine: false,
    requestFits: null,
    request: { method: request.method, headers: request.headers, bytes: request.body.length },
    headers: reading.carriers.map(({ name }) => name),
    secret: null,
    over: 'raw',
    time: null,
    proof: isOnlySecret(reading) ? 'secret' : 'signature',
    covers: coverOf(provider),
    problems: [],
    findings: [],
    tried: {},
    complete: true,
    expected: null,
    next: [],
    notes,
  };
}

function coverOf(provider: Provider): Diagnosis['covers'] {
  const { bytes, fields } = coveredBy(provider);
  if (bytes) return 'body';
  return fields === 'sorted' || fields.length > 0 ? 'fields' : 'nothing';
}

function shown(secret: Secret, { secrets }: Case, { schemes }: Reading): ShownSecret {
  const { value, source, isSample } = secret;
  const scheme = [...schemes.values()].find(({ options }) => keyPairOf(options));
  const half = scheme && halfOf(scheme.options, value);
  const told = { source, fingerprint: fingerprint(value), isSample, place: secrets.indexOf(secret) };
  return half ? { ...told, publicKey: publicFingerprint(half) } : told;
}
