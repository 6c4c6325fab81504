import type { Diagnosis, ExplainedMistake, RequestEvent, ShownSecret, Side } from '../core/diagnosis.js';
import { fingerprint } from '../core/fingerprint.js';
import { insteadOfProof } from '../core/insteadOfProof.js';
import type { Provider } from '../core/provider.js';
import { providerInReceivedMode } from '../core/providerMode.js';
import { keyPairKind, signsByFunction } from '../core/schemeFacts.js';
import type { Secret } from '../core/secret.js';
import { senderProof } from '../core/senderProof.js';
import { openBody } from '../delivery/openedBody.js';
import { payloadRequest } from '../delivery/queryPayload.js';
import { isWrapped } from '../delivery/wrappedBody.js';
import { readRequestEvent } from '../payloads/prepare.js';
import { coveredBy } from '../signing/covered.js';
import { addCustomSignatures } from './addCustomSignatures.js';
import { findClaims } from './claims.js';
import { expectedText } from './expected.js';
import { computedProofs, explain, nothingComputed } from './explain.js';
import { messageExpiry, readMessageCase, signsMessages } from './explainMessage.js';
import { maxParsed } from './hypotheses/bodyFacts.js';
import { textMistakes } from './hypotheses/mistakes.js';
import { type Case, type Cause, toFinding } from './hypothesis.js';
import { assertKey, publicFingerprint, publicHalf } from './keys.js';
import { messageVariables } from './messageVariables.js';
import { nextSteps } from './nextSteps.js';
import { type Fit, findFit, otherProvider } from './otherProvider.js';
import { readHeaders } from './readHeaders.js';
import { headerNamesIn, isOnlySecret, type Reading, readScheme } from './reading.js';
import { renameHeaders } from './renameHeaders.js';
import type { Explanation, Search } from './search.js';
import { judgeTime, readSignedTime } from './signedTime.js';
import { spareRemark } from './spareRemark.js';
import { findExpiry } from './tokenClaims.js';

/**
 * Finds out whether a request is genuine, else which mistake explains its signature; with `computed`, which mistake of the receiver's explains that
 * value. Never fails because of the request. Shows secrets as fingerprints only. A function that signs can confirm a request, but not explain a
 * mismatch.
 */
export async function diagnoseSignature(given: Case): Promise<Diagnosis> {
  return diagnose({ ...given, provider: providerInReceivedMode(given.provider, given.request) });
}

async function diagnose(problem: Case): Promise<Diagnosis> {
  await openBody(
    problem.provider,
    problem.request,
    problem.secrets.map(({ value }) => value),
  );
  // A body that holds its payload in a token is what has to be explained.
  const received = isWrapped(problem.provider) ? problem.request : payloadRequest(problem.provider, problem.request);
  const given = { ...problem, request: received };
  const { provider, request, secrets, computed } = given;
  const reading = readScheme(provider, request);
  if (senderProof(provider) === 'nothing' && computed === undefined)
    return { ...buildBase(given, reading, 'signature'), proof: 'nothing', next: [insteadOfProof] };
  assertKey(reading, secrets);
  const fit = await findFit(given);
  if (signsMessages(given) && (!fit || computed !== undefined)) return judgeMessage(given, reading);
  const renamed = fit ? null : await judgeRenamed(given, reading);
  if (renamed) return renamed;
  const diagnosis =
    computed === undefined ? await judgeRequest(given, reading, fit) : judgeReceiver(given, computed, reading, fit);
  return signsByFunction(provider) ? addCustomSignatures(diagnosis, given) : diagnosis;
}

/** The diagnosis of a request whose headers came under other names together; null where they did not, or nothing explains it so. */
async function judgeRenamed(given: Case, reading: Reading): Promise<Diagnosis | null> {
  const renamings = renameHeaders(reading);
  const fits = await Promise.all(renamings.map(({ request }) => findFit({ ...given, request })));
  const right = fits.findIndex((fit) => fit !== null);
  const best = renamings[Math.max(right, 0)];
  if (!best) return null;
  const renamedCase = { ...given, request: best.request };
  const renamed = readScheme(given.provider, best.request);
  const { problems } = readHeaders(reading.needed, reading);
  const { computed } = given;
  if (computed !== undefined) {
    const diagnosis = judgeReceiver(renamedCase, computed, renamed, fits[right] ?? null);
    if (!diagnosis.genuine && diagnosis.findings.length === 0) return null;
    const remark = diagnosis.genuine ? [toFinding(best.because, 'computed', given.nameOf)] : [];
    return {
      ...diagnosis,
      request: buildBase(given, reading, 'computed').request,
      findings: [...remark, ...diagnosis.findings],
    };
  }
  const diagnosis = await judgeRequest(renamedCase, renamed, fits[right] ?? null);
  if (right < 0 && diagnosis.findings.length === 0) return null;
  return {
    ...diagnosis,
    genuine: false,
    request: buildBase(given, reading, 'signature').request,
    problems,
    expected: expectedText(renamedCase, renamed),
    findings: [toFinding(best.because, 'signature', given.nameOf), ...diagnosis.findings],
  };
}

async function judgeRequest(given: Case, reading: Reading, fit: Fit | null): Promise<Diagnosis> {
  const { problems } = readHeaders(reading.needed, reading);
  const base = buildBase(given, reading, 'signature');
  if (fit) {
    const time = readSignedTime(reading, given);
    const late = (time && judgeTime(time)) ?? expired(reading, given.now);
    const finding = late ? toFinding(late, 'signature', given.nameOf) : messageExpiry(given);
    const remark = spareRemark(given, reading);
    return {
      ...base,
      genuine: !finding,
      secret: shown(fit.secret, given, reading),
      over: fit.over,
      time,
      findings: [finding ?? remark ?? []].flat(),
    };
  }
  const result = {
    ...base,
    problems,
    secret: shown(given.secrets[0]!, given, reading),
    expected: expectedText(given, reading),
  };
  const foreign = await otherProvider(given, reading);
  if (foreign) {
    return {
      ...result,
      secret: shown(foreign.secret, given, reading),
      findings: [toFinding(foreign.because, 'signature', given.nameOf)],
    };
  }
  const searched = reading.proofs.map((proof) => explain(given, reading, proof, given.secrets));
  const alone = findLoneSignature(reading, searched);
  if (alone) {
    const { found } = alone;
    return {
      ...result,
      secret: shown(found.secret, given, reading),
      findings: [toFinding(alone.because, 'signature', given.nameOf)],
    };
  }
  return withSearch(result, searched, given, reading, 'signature');
}

/** Returns the faults of a message that is signed by RFC 9421: in its own headers, then in the secret and the signed content. */
async function judgeMessage(given: Case, reading: Reading): Promise<Diagnosis> {
  const { computed } = given;
  const { given: resolved, fault } = readMessageCase(given);
  const isRead = resolved !== given;
  if (!isRead && fault && computed === undefined) {
    const { problems } = readHeaders(reading.needed, reading);
    const missing = problems.filter(({ problem }) => problem !== 'malformed');
    const secret = shown(given.secrets[0]!, given, reading);
    return { ...buildBase(given, reading, 'signature'), problems: missing, secret, findings: [fault] };
  }
  const inner = readScheme(resolved.provider, resolved.request);
  if (computed !== undefined) return judgeReceiver(resolved, computed, inner, isRead ? await findFit(resolved) : null);
  if (!fault) return judgeRequest(resolved, inner, null);
  const signed = (await findFit(resolved)) ? null : await judgeRequest(resolved, inner, null);
  const digest = reading.proofs.filter((proof) => !inner.proofs.includes(proof));
  const searched = digest.map((proof) => explain(given, reading, proof, given.secrets));
  const { findings, ...diagnosis } = withSearch(
    signed ?? { ...buildBase(given, reading, 'signature'), secret: shown(given.secrets[0]!, given, reading) },
    searched,
    given,
    reading,
    'signature',
  );
  return { ...diagnosis, findings: [fault, ...findings, ...(signed?.findings ?? [])], next: signed?.next ?? [] };
}

/** The signature that fits while the headers of all that do not are missing; null where there is none. */
function findLoneSignature(
  reading: Reading,
  searched: readonly Search[],
): { readonly because: Cause; readonly found: Explanation } | null {
  const carrierOf = (proof: string) => reading.carriers.find((carrier) => headerNamesIn(carrier).includes(proof));
  const isRight = (search: Search) => search.found?.because.length === 0;
  const right = searched.findIndex(isRight);
  const header = carrierOf(reading.proofs[right] ?? '');
  const others = reading.proofs.filter((_, at) => !isRight(searched[at]!)).map(carrierOf);
  const isMissing = others.every((carrier) => carrier && carrier.texts().length === 0);
  if (!header || others.length === 0 || !isMissing) return null;
  const own = others.map((carrier) => carrier!.name).join(' and ');
  const facts = { provider: reading.provider.title, header: header.name, own };
  const because: Cause = { mistake: textMistakes.oneHeaderMissing, dimension: 'header', facts };
  return { because, found: searched[right]!.found! };
}

/** Returns the reason why a token with a right signature is not valid now; null where it is, or there is none. */
function expired(reading: Reading, now: number): Cause | null {
  const tokens = reading.proofs.filter((proof) => reading.schemes.get(proof)?.options.scheme === 'jwt');
  return tokens.reduce<Cause | null>((found, proof) => {
    const facts = messageVariables(reading, proof);
    const [claim] = findClaims(proof, reading, facts);
    return found ?? (claim ? findExpiry(claim.text, facts, now) : null);
  }, null);
}

function judgeReceiver(given: Case, computed: string, reading: Reading, fit: Fit | null): Diagnosis {
  const secrets = fit ? [fit.secret, ...given.secrets.filter((secret) => secret !== fit.secret)] : given.secrets;
  const { problems } = readHeaders(reading.needed, reading);
  const carriers = new Set(reading.carriers.map(({ name }) => name));
  const hasSignature = reading.carriers.some(({ texts }) => texts().length > 0);
  const computable = computedProofs(reading);
  if (computable.length === 0 && !signsByFunction(given.provider)) throw nothingComputed(given);
  const result: Diagnosis = {
    ...buildBase(given, reading, 'computed'),
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
  const facts = messageVariables(reading, computable[Math.max(rightProof, 0)]!);
  const mistake = result.requestFits === false ? textMistakes.rightValueOtherSignature : textMistakes.rightValue;
  const remark =
    result.requestFits === null ? [] : [toFinding({ mistake, dimension: 'encoding', facts }, 'computed', given.nameOf)];
  return { ...result, genuine: true, findings: remark };
}

/** Adds the first explanation of a wrong signature, and the tries of all searches. */
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
  const findings: ExplainedMistake[] = best
    ? best.because.map((because: Cause) => toFinding(because, side, given.nameOf))
    : [];
  return {
    ...result,
    ...(best && { secret: shown(best.secret, given, reading) }),
    findings,
    tried,
    complete: searched.every(({ complete }) => complete) && given.request.body.length <= maxParsed,
    next: best ? [] : nextSteps(given, reading, { side, secretFits: result.requestFits === true }),
  };
}

function buildBase({ provider, request, notes = [] }: Case, reading: Reading, side: Side): Diagnosis {
  return {
    provider: provider.name,
    title: provider.title,
    side,
    genuine: false,
    requestFits: null,
    request: { method: request.method, headers: request.headers, bytes: request.body.length },
    event: eventOfRequest(provider, request),
    headers: reading.carriers.map(({ name }) => name).filter((name) => !reading.spared.includes(name)),
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

function eventOfRequest(provider: Provider, request: Case['request']): RequestEvent | null {
  const name = readRequestEvent(provider, payloadRequest(provider, request));
  if (name === null) return null;
  const { events, handshakes = [] } = provider;
  return { name, isKnown: Object.hasOwn(events, name) || handshakes.some((handshake) => handshake.name === name) };
}

function coverOf(provider: Provider): Diagnosis['covers'] {
  const { bytes, fields } = coveredBy(provider);
  if (bytes) return 'body';
  return fields === 'sorted' || fields.length > 0 ? 'fields' : 'nothing';
}

function shown(secret: Secret, { secrets }: Case, { schemes }: Reading): ShownSecret {
  const { value, source, isSample } = secret;
  const scheme = [...schemes.values()].find(({ options }) => keyPairKind(options));
  const half = scheme && publicHalf(scheme.options, value);
  const shown = { source, fingerprint: fingerprint(value), isSample, place: secrets.indexOf(secret) };
  return half ? { ...shown, publicKey: publicFingerprint(half) } : shown;
}
