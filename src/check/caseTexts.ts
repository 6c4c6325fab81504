import type { Provider } from '../core/provider.js';
import type { DeliveryEnded } from '../core/run.js';
import { type AdviceFacts, writeAdvice } from './adviceText.js';
import { adviceForLimit, answerAdvice } from './answerAdvice.js';
import type { CheckCase } from './cases/case.js';
import type { PreparedCase } from './cases/prepareCase.js';
import { describeFailure, failedStatuses, failureImpact, gatewayAdvice, lastAttempt } from './describeFailure.js';
import type { Symptom } from './judgeCase.js';
import { describeCarriedSchemes, proofPlace } from './schemeAdvice.js';

/** After so many cases the plain event is sent again, to see whether it is still accepted. */
const blockSize = 10;

/** Groups the cases into steps, in the order of sending: those of a step are sent together. */
export function groupSteps(cases: readonly PreparedCase[]): PreparedCase[][] {
  const steps: PreparedCase[][] = [];
  let open: PreparedCase[] | null = null;
  for (const each of cases) {
    if (each.case.alone) {
      steps.push([each]);
      open = null;
    } else if (open && open.length < blockSize && open[0]!.case.class === each.case.class) {
      open.push(each);
    } else {
      open = [each];
      steps.push(open);
    }
  }
  return steps;
}

/** The result of a case, as far as its texts hang on it. */
export interface CaseResult {
  readonly symptom: Symptom;
  readonly deliveries: readonly DeliveryEnded[];
}

interface CaseTexts {
  readonly why: string;
  readonly fix: string;
}

/** Bodies whose own advice is about the bytes of a signature, and says nothing about a receiver that fails. */
const ofBytes: readonly string[] = ['text', 'dialect', 'padded', 'divided character'];

/** Returns the risk of a case and the change that fixes it, by the result. */
export function writeCaseTexts(one: CheckCase, result: CaseResult, facts: AdviceFacts): CaseTexts {
  const own = { why: writeAdvice(one.why, facts), fix: writeAdvice(one.fix, facts) };
  const { why, fix } = { ...own, ...textsOfFailure(one, result, facts) };
  return { why: interpolateTerms(facts.provider, why), fix: interpolateTerms(facts.provider, fix) };
}

function textsOfFailure(one: CheckCase, { symptom, deliveries }: CaseResult, facts: AdviceFacts): Partial<CaseTexts> {
  const failed = deliveries.findLast(({ outcome }) => outcome !== 'accepted');
  const isFailure = ['crashed', 'dropped', 'hung'].includes(symptom);
  if (!failed || !(isFailure || symptom === 'rejected' || symptom === 'redirected')) return {};
  if (one.name === 'plain') return { fix: answerAdvice(lastAttempt(failed), facts) };
  const cases = [{ ended: { deliveries } }];
  const gateway = gatewayAdvice(failedStatuses(cases));
  if (one.class === 'must-reject') {
    // A sequence holds genuine deliveries, too.
    if (symptom === 'rejected') return {};
    const why = isFailure ? failureImpact(cases) : 'A redirect rejects nothing: some senders follow it.';
    return { why, fix: gateway ?? 'The forgery was not accepted, but not rejected either: answer 401.' };
  }
  if (gateway !== null) return { fix: gateway };
  if (one.class !== 'must-accept') return {};
  if (isFailure && one.body && ofBytes.includes(one.body.is))
    return { fix: `Read the log of the receiver: ${describeFailure('it', cases, 'log')}.` };
  const limit = adviceForLimit(lastAttempt(failed).status);
  return limit === null ? {} : { fix: limit };
}

/** {header} is where the provider's requests carry their signature, {scheme} is how it is made. */
export function interpolateTerms(provider: Provider, text: string): string {
  return text
    .replaceAll('{header}', () => proofPlace(provider))
    .replaceAll('{scheme}', () => describeCarriedSchemes(provider));
}
