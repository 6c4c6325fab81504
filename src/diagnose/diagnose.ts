import type { Diagnosis, Finding, ShownSecret, Side } from '../core/diagnosis.js';
import { fingerprint } from '../core/fingerprint.js';
import { signsByFunction } from '../core/schemeFacts.js';
import type { Secret } from '../core/secret.js';
import { builtInProviders } from '../providers/registry.js';
import { byFunctions } from './byFunctions.js';
import type { Case } from './case.js';
import { claimsOf, computedClaims } from './claims.js';
import { expectedText } from './expected.js';
import { factsOf } from './facts.js';
import { type Fit, fitOf, fitOfLater } from './fit.js';
import { mostParsed } from './hypotheses/bodyFacts.js';
import { textMistakes } from './hypotheses/mistakes.js';
import { type Because, toFinding } from './hypothesis.js';
import { nextSteps } from './next.js';
import { otherProvider } from './otherProvider.js';
import { readHeaders } from './readHeaders.js';
import { type Reading, readScheme } from './reading.js';
import { type Search, search } from './search.js';
import { makeSpace } from './space.js';
import { Targets } from './targets.js';
import { judgeTime, toldTime } from './time.js';

/**
 * Says whether a request is genuine and, where it is not, which mistake explains its signature; with `computed`, which
 * mistake of the receiver's explains that value. Whatever the request holds is an answer, never an error. Secrets come
 * into the result as fingerprints only.
 */
export function diagnose(given: Case): Diagnosis {
  return conclude(given, fitOf(given));
}

/** As `diagnose`, for providers for which functions sign. These are asked whether it is genuine; why not, they can't tell. */
export async function diagnoseAsync(given: Case): Promise<Diagnosis> {
  if (!signsByFunction(given.provider)) return diagnose(given);
  const diagnosis = conclude(given, await fitOfLater(given));
  return byFunctions(diagnosis, given);
}

function conclude(given: Case, fit: Fit | null): Diagnosis {
  const reading = readScheme(given.provider, given.request);
  return given.computed === undefined
    ? ofRequest(given, reading, fit)
    : ofReceiver(given, given.computed, reading, fit);
}

function ofRequest(given: Case, reading: Reading, fit: Fit | null): Diagnosis {
  const { problems } = readHeaders(reading.needed, reading);
  const base = baseOf(given, reading, 'signature');
  if (fit) {
    const time = toldTime(reading, given);
    const late = time && judgeTime(time);
    return {
      ...base,
      genuine: !late,
      secret: shown(fit.secret, given),
      over: fit.over,
      time,
      findings: late ? [toFinding(late, 'signature')] : [],
    };
  }
  const result = { ...base, problems, secret: shown(given.secrets[0]!, given), expected: expectedText(given, reading) };
  const foreign = otherProvider(given, reading);
  if (foreign) {
    return {
      ...result,
      secret: shown(foreign.secret, given),
      findings: [toFinding(foreign.because, 'signature')],
    };
  }
  const searched = reading.proofs.map((proof) => explain(given, reading, proof, given.secrets));
  return withSearch(result, searched, given, 'signature');
}

function ofReceiver(given: Case, computed: string, reading: Reading, fit: Fit | null): Diagnosis {
  const secrets = fit ? [fit.secret, ...given.secrets.filter((secret) => secret !== fit.secret)] : given.secrets;
  const { problems } = readHeaders(reading.needed, reading);
  const carriers = new Set(reading.carriers.map(({ name }) => name));
  const hasSignature = reading.carriers.some(({ name }) =>
    given.request.headers.some(([header]) => header.toLowerCase() === name.toLowerCase()),
  );
  const result: Diagnosis = {
    ...baseOf(given, reading, 'computed'),
    requestFits: fit ? true : hasSignature ? false : null,
    over: fit?.over ?? 'raw',
    secret: shown(secrets[0]!, given),
    problems: problems.filter(({ header }) => !carriers.has(header)),
    expected: expectedText({ ...given, secrets }, reading),
  };
  const searched = reading.proofs.map((proof) => explain(given, reading, proof, secrets, computed));
  const rightProof = searched.findIndex(({ found }) => found?.because.length === 0);
  const isRestringified =
    fit?.over === 'restringified' &&
    searched.some(({ found }) => found?.because.map(({ mistake }) => mistake.name).join() === 'body-js');
  if (rightProof < 0 && !isRestringified) return withSearch(result, searched, given, 'computed');
  const facts = factsOf(reading, reading.proofs[Math.max(rightProof, 0)]!);
  const mistake = result.requestFits === false ? textMistakes.rightValueOtherSignature : textMistakes.rightValue;
  const remark = result.requestFits === null ? [] : [toFinding({ mistake, dimension: 'encoding', facts }, 'computed')];
  return { ...result, genuine: true, findings: remark };
}

/** Looks for what explains one signature of the request or, where it is given, the value that the receiver computed. */
function explain(given: Case, reading: Reading, proof: string, secrets: readonly Secret[], computed?: string): Search {
  const { provider, request, others = [], providers = builtInProviders } = given;
  const facts = factsOf(reading, proof);
  const { values } = readHeaders(reading.needed, reading);
  const claims =
    computed === undefined ? claimsOf(proof, reading, facts) : computedClaims(computed, proof, reading, facts);
  const options = reading.signatures.get(proof)?.options;
  const targets = new Targets(claims, options?.encoding ?? null, facts);
  const space = makeSpace({
    reading,
    proof,
    body: request.body,
    given: secrets,
    others: others.filter(({ value }) => !secrets.some((secret) => secret.value === value)),
    values: new Map([...values].map(([name, texts]) => [name, texts[0]!])),
    providers: providers.filter(({ name }) => name !== provider.name),
    facts,
  });
  return search(space, targets);
}

/** The first search that explains something and is not as it should be; what all of them tried. */
function withSearch(result: Diagnosis, searched: readonly Search[], given: Case, side: Side): Diagnosis {
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
    ...(best && { secret: shown(best.secret, given) }),
    findings,
    tried,
    complete: searched.every(({ complete }) => complete) && given.request.body.length <= mostParsed,
    next: best ? [] : nextSteps(given, side, result.requestFits === true),
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
    problems: [],
    findings: [],
    tried: {},
    complete: true,
    expected: null,
    next: [],
    notes,
  };
}

function shown(secret: Secret, { secrets }: Case): ShownSecret {
  const { value, source, isSample } = secret;
  return { source, fingerprint: fingerprint(value), isSample, place: secrets.indexOf(secret) };
}
