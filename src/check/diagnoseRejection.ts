import type { Outcome } from '../core/attempt.js';
import type { Finding } from '../core/check.js';
import type { Provider } from '../core/provider.js';
import { describeAlgorithm, isHash } from '../core/schemeFacts.js';
import { proofsOf } from '../forge/carried.js';
import { type AdviceFacts, type AdviceText, joinAdvice } from './adviceText.js';
import { answerAdvice } from './answerAdvice.js';
import type { CaseSource, CheckCase } from './cases/case.js';
import { plainCase } from './cases/mustAccept.js';
import { prepareCase } from './cases/prepareCase.js';
import { describeFailure, failedAttempts, lastAttempt } from './describeFailure.js';
import type { JudgedCase } from './judgeCase.js';
import { buildFinding, collectEvidence } from './rules/findFindings.js';
import type { FindingEvidence, FindingText } from './rules/findingRule.js';
import { coversBody, rawBody } from './schemeAdvice.js';
import type { Sender } from './sender.js';

/** A guess at why the plain event is rejected: where this delivery is accepted in its place, it is right. */
interface SecondLook {
  readonly finding: string;
  readonly title: FindingText;
  readonly why?: FindingText;
  readonly fix: FindingText;
  readonly delivery: CheckCase;
  /** The providers for which what it says can be true; all by default. */
  readonly appliesTo?: (provider: Provider) => boolean;
}

const guess = (finding: string, title: FindingText, fix: FindingText, delivery: Partial<CheckCase>): SecondLook => ({
  finding,
  title,
  fix,
  delivery: { ...plainCase, name: `look-${delivery.forge ?? finding}`, ...delivery },
});

const setSecret =
  'Set the secret where the receiver runs (its environment, its container), and stop at start-up where it is missing.';
const missingSecret = (forge: string, remedy: string) =>
  guess(`${forge}-accepted`, `The receiver has no secret: it verifies with ${remedy}`, setSecret, { forge });
const otherHash = (forge: string, what: AdviceText) =>
  guess(
    'other-algorithm-expected',
    joinAdvice('The receiver expects', what),
    'Use the algorithm that the provider documents: {scheme}.',
    { forge },
  );
/** The provider's own algorithm with another hash, in words. */
const withHash =
  (hash: 'sha1' | 'md5') =>
  ({ provider }: AdviceFacts): string => {
    const own = proofsOf(provider).signatures.filter(isHash);
    return [...new Set(own.map((options) => describeAlgorithm({ ...options, hash })))].join(' or ');
  };
const whereBodyCovered = (look: SecondLook): SecondLook => ({ ...look, appliesTo: coversBody });
const rewritten = (dialect: 'js' | 'go' | 'ruby' | 'pretty' | 'python' | 'php') =>
  whereBodyCovered(
    guess('reserialised-body', 'The body is parsed and reserialised before it is verified', rawBody, {
      body: { is: 'dialect', dialect },
    }),
  );

/** The variants that are tried when the plain event is rejected, likeliest first; the first that is accepted names the finding. */
export const secondLooks: readonly SecondLook[] = [
  missingSecret('undefined-secret', 'the text "undefined"'),
  missingSecret('empty-secret', 'the empty text'),
  missingSecret('null-secret', 'the text "null"'),
  missingSecret('sample-secret', "webhook-sim's sample secret"),
  whereBodyCovered(
    guess(
      'empty-body-hashed',
      'The receiver verifies an empty body',
      joinAdvice('Something has read the body already: keep its bytes where they are read first.', rawBody),
      { forge: 'empty-body-signature' },
    ),
  ),
  ...(['js', 'go', 'ruby', 'pretty'] as const).map(rewritten),
  whereBodyCovered(
    guess(
      'wrong-charset-decoding',
      'Letters beyond ASCII are lost before the body is verified',
      joinAdvice('The same event is accepted with \\u escapes in place of such letters.', rawBody),
      { body: { is: 'dialect', dialect: 'ascii' } },
    ),
  ),
  ...(['python', 'php'] as const).map(rewritten),
  guess(
    'other-encoding-expected',
    'The receiver expects the signature in another encoding',
    'Use the encoding that the provider documents: {scheme}.',
    { forge: 'wrong-encoding' },
  ),
  otherHash('sha1', withHash('sha1')),
  otherHash('md5', withHash('md5')),
  otherHash('unkeyed-hash', 'a plain hash without the secret'),
];

/** The texts of the finding where the plain event is accepted when it is sent again. */
export const randomRejectionTexts = {
  name: 'rejected-at-random',
  title: 'The plain event is not accepted one time and accepted another',
  why: 'Genuine deliveries are lost, by chance.',
  fix: (evidence: FindingEvidence) => {
    const failed = evidence.judgedCases.flatMap(({ ended }) => ended.deliveries).map(lastAttempt);
    const isRejected = failed.some(({ status }) => status === 400 || status === 401 || status === 403);
    if (!isRejected)
      return `Read the log of the receiver: ${describeFailure('it', evidence.judgedCases, 'log')} to some deliveries and accepts others.`;
    const state =
      'What changes from one to the next is the ids, the time and the signature: look for state between requests';
    return hasBase64InHeader(evidence.provider)
      ? `${state}, and for a "+" or "/" of the signature's base64 that is decoded, escaped or part of a pattern.`
      : `${state}.`;
  },
};

/** Returns whether the compared text may hold characters of base64 that other encodings read differently. */
function hasBase64InHeader(provider: Provider): boolean {
  return proofsOf(provider).signatures.some((options) => 'encoding' in options && options.encoding === 'base64');
}

/** The texts of the finding where none of them is accepted. */
const neverAccepted = {
  name: 'never-accepted',
  title: 'The receiver does not accept what is genuine',
  why: 'Every event of the provider is lost; and nothing can be said of forgeries where everything is rejected.',
};

export interface SecondLookOptions {
  readonly source: CaseSource;
  readonly sender: Sender;
  readonly signal: AbortSignal;
  /** The result of the plain event. */
  readonly judgedCases: readonly JudgedCase[];
}

/** The number of times that the plain event is sent again to a receiver that rejected it. */
const retries = 3;

/** Tries variants of the rejected plain event, and names the finding that the answers show. */
export async function diagnoseRejection({ source, sender, signal, judgedCases }: SecondLookOptions): Promise<Finding> {
  const { provider } = source;
  const evidence = collectEvidence(provider, judgedCases, judgedCases);
  const rejected = failedAttempts(judgedCases).at(-1) ?? null;
  const never = buildFinding({ ...neverAccepted, fix: (facts) => answerAdvice(rejected, facts) }, evidence);
  const outcomeOf = async (one: CheckCase): Promise<Outcome | null> => {
    const prepared = await prepareCase(one, source);
    if (prepared.leftOut !== null) return null;
    const results = await sender.send([prepared], new Uint8Array());
    return results.get(prepared)?.[0]?.outcome ?? null;
  };
  const again = Array.from({ length: retries }, () => ({
    ...randomRejectionTexts,
    finding: randomRejectionTexts.name,
    delivery: plainCase,
  }));
  const looks = secondLooks.filter(({ appliesTo }) => !appliesTo || appliesTo(provider));
  for (const { finding, title, why = neverAccepted.why, fix, delivery } of [...again, ...looks]) {
    if (signal.aborted || sender.isOverBudget) break;
    const outcome = await outcomeOf(delivery);
    // A receiver that does not answer will not answer the next request either.
    if (outcome === 'timed_out' || outcome === 'unreachable' || outcome === 'broken') break;
    if (outcome === 'accepted') return buildFinding({ name: finding, title, why, fix }, evidence);
  }
  return never;
}
