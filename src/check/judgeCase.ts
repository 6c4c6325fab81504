import type { CaseEnded, Verdict } from '../core/check.js';
import { formatDuration } from '../core/duration.js';
import type { DeliveryEnded } from '../core/run.js';
import { answerKey, type RejectionRule } from './answer.js';
import type { CheckCase } from './cases/case.js';

/** The fault in a receiver's answer to a case; `fine` where there is none. */
export type Symptom =
  | 'fine'
  /** A forgery was taken as genuine. */
  | 'accepted'
  /** A genuine delivery was rejected. */
  | 'rejected'
  | 'redirected'
  /** An answer of 5xx. */
  | 'crashed'
  /** The connection ended without an answer. */
  | 'dropped'
  | 'hung'
  /** All went well, but one after the other. */
  | 'queued'
  | 'slow'
  /** A fault for which there is a good reason with this provider or receiver. */
  | 'excused'
  /** An answer reveals a text that only the holders of the secret know. */
  | 'leaked'
  /** A forgery was answered with 2xx, but not as genuine deliveries are. */
  | 'ambiguous'
  /** It asked for a key wherever a forgery said. */
  | 'fetched'
  /** It limits the rate, so that there is no judgement. */
  | 'limited'
  /** Nothing was sent, or nothing can be concluded. */
  | 'unknown';

export interface Judged {
  readonly symptom: Symptom;
  readonly verdict: Verdict;
  readonly reason: string;
}

/** The facts about a receiver and its provider when a case is judged. */
export interface JudgeContext {
  readonly restringified: boolean;
  /** The answer to the delivery that was accepted first; null before. */
  readonly genuineAnswer: string | null;
  /** Whether it was answered as genuine deliveries are. */
  readonly isLikeGenuine: (event: DeliveryEnded) => boolean;
  /** The rule for rejections, where one was given. */
  readonly isRejection: RejectionRule | null;
  /** The answer to a repeated delivery, where it differs. */
  readonly repetitionAnswer: string | null;
  /** The answer to the same request without its payload; null where that was not sent. */
  readonly emptyAnswer: string | null;
  /** Whether it compares decoded signatures, so that their spelling says nothing. */
  readonly decodes: boolean;
  /** Whether it verifies a signature of the provider's that does not cover the time. */
  readonly verifiesTimeless: boolean;
  /** Milliseconds that the plain delivery took, when nothing else was in progress; null before. */
  readonly plainMs: number | null;
}

/** Longer than this makes a sender wait for work that belongs behind the answer. */
const slowMs = 1000;

/** Judges the result of a case. */
export function judgeCase(each: CheckCase, ended: readonly DeliveryEnded[], context: JudgeContext): Judged {
  const { symptom, reason } = worst(each, likeGenuine(each, ended, context), context) ??
    repetition(each, ended, context) ??
    unanswered(each, ended) ??
    pace(each, ended, context) ?? { symptom: 'fine', reason: praise(each) };
  const excuse = excuseReason(each, symptom, ended, context);
  if (excuse !== null) return { symptom: 'excused', reason: `${reason}; ${excuse}`, verdict: 'remark' };
  return { symptom, reason, verdict: verdictOf(each, symptom, context) };
}

/** A genuine delivery that was taken for a repeated one, because of a forgery of it. */
function repetition({ sequence }: CheckCase, ended: readonly DeliveryEnded[], { repetitionAnswer }: JudgeContext) {
  if (!sequence || sequence.of[0] === 'genuine' || repetitionAnswer === null) return null;
  const isTaken = ended.some((event) => event.delivery.forge === null && answerKey(event) === repetitionAnswer);
  return isTaken ? ({ symptom: 'rejected', reason: 'the genuine one is answered as a repetition' } as const) : null;
}

/** Forgeries that went at once, of which so few were answered that nothing can be concluded. */
function unanswered({ sequence }: CheckCase, ended: readonly DeliveryEnded[]): Observation | null {
  if (sequence?.are !== 'at once') return null;
  const forged = ended.filter(({ delivery }) => delivery.forge !== null);
  const answered = forged.filter(({ attempts }) => {
    const { status } = attempts.at(-1)!;
    return status !== null && status !== 429 && status < 500;
  });
  if (answered.length >= forged.length / 2) return null;
  return {
    symptom: 'unknown',
    reason: `of ${forged.length} forgeries at once only ${answered.length} were answered for themselves`,
  };
}

interface Observation {
  readonly symptom: Symptom;
  readonly reason: string;
}

/** Leaves out answers that are not like those to genuine deliveries, where only these count. */
function likeGenuine(each: CheckCase, ended: readonly DeliveryEnded[], { isLikeGenuine }: JudgeContext) {
  return each.likeGenuine ? ended.filter((event) => event.outcome !== 'accepted' || isLikeGenuine(event)) : ended;
}

function worst(each: CheckCase, ended: readonly DeliveryEnded[], context: JudgeContext): Observation | null {
  const observations = ended.flatMap((event) => observe(each, event, context) ?? []);
  const first = observations.find(({ symptom }) => symptom !== 'ambiguous') ?? observations[0];
  if (!first || ended.length === 1) return first ?? null;
  return { ...first, reason: `${observations.length} of ${ended.length}: ${first.reason}` };
}

function observe(each: CheckCase, event: DeliveryEnded, context: JudgeContext): Observation | null {
  const { class: group, fine, expects } = each;
  const { delivery, outcome, attempts } = event;
  const { status, error, timing } = attempts.at(-1)!;
  // What many at once do to a receiver is the business of another case.
  if (each.sequence?.are === 'at once' && (error || status === null || status === 429 || status >= 500)) return null;
  if (error?.kind === 'timed_out') return { symptom: 'hung', reason: `no answer in ${formatDuration(timing.totalMs)}` };
  if (error && each.mayBeCutOff) return null;
  if (error) return { symptom: 'dropped', reason: `no answer: ${error.message}` };
  if (status === null || fine?.includes(status)) return null;
  if (status === 429) return { symptom: 'limited', reason: 'the receiver limits the rate (429)' };
  const isGenuine = group === 'must-accept' || expects === 'acceptance' || (each.sequence && delivery.forge === null);
  const isRejected = context.isRejection?.(event) === true;
  if (isGenuine && outcome === 'accepted' && !isRejected) return null;
  if (!isGenuine && isRejected) return null;
  if (status >= 500) return { symptom: 'crashed', reason: `answered ${status}` };
  if (isGenuine) return { symptom: 'rejected', reason: `rejected with ${status}` };
  if (group === 'must-not-break') return null;
  if (outcome === 'accepted' || status < 300) return taken(each, event, status, context);
  if (status < 400) return { symptom: 'redirected', reason: `redirected with ${status}, not rejected` };
  return context.isRejection
    ? { symptom: 'ambiguous', reason: `answered ${status}, which is no rejection by what is expected of one` }
    : null;
}

/** A forgery that was answered with 2xx: whether that means that it was accepted. */
function taken({ sequence }: CheckCase, event: DeliveryEnded, status: number, context: JudgeContext): Observation {
  const { isRejection, isLikeGenuine, repetitionAnswer } = context;
  const isKnown = sequence !== undefined && repetitionAnswer !== null && answerKey(event) === repetitionAnswer;
  return isRejection || isKnown || isLikeGenuine(event)
    ? { symptom: 'accepted', reason: `accepted with ${status}` }
    : { symptom: 'ambiguous', reason: `answered ${status} with another body than what is genuine` };
}

function pace(
  { name, copies }: CheckCase,
  ended: readonly DeliveryEnded[],
  { plainMs }: JudgeContext,
): Observation | null {
  const times = ended.map(({ attempts }) => attempts.at(-1)!.timing.totalMs);
  const slowest = Math.max(...times);
  if (slowest < slowMs) return null;
  // One after the other makes a staircase; where all are late together, the machine is busy.
  const isStaircase = slowest >= Math.min(...times) * 4;
  if (copies?.are === 'at once' && plainMs !== null && slowest >= plainMs * 8 && isStaircase)
    return {
      symptom: 'queued',
      reason: `the last one took ${formatDuration(slowest)}, one alone ${formatDuration(plainMs)}`,
    };
  const always = plainMs === null || plainMs >= slowMs;
  return name === 'plain-again' && always
    ? { symptom: 'slow', reason: `answered after ${formatDuration(slowest)}` }
    : null;
}

function praise({ class: group }: CheckCase): string {
  return { 'must-accept': 'accepted', 'must-reject': 'rejected', 'must-not-break': 'survived' }[group];
}

/** Returns whether a timeout may mean a slow and not a broken receiver: always for a forgery, for others where the plain event is slow, too. */
function isMereEvidence({ class: group }: CheckCase, { plainMs }: JudgeContext): boolean {
  if (group === 'must-accept') return false;
  return group === 'must-reject' || (plainMs !== null && plainMs >= slowMs);
}

function verdictOf(each: CheckCase, symptom: Symptom, context: JudgeContext): Verdict {
  if (symptom === 'fine') return 'passed';
  if (symptom === 'ambiguous' || symptom === 'unknown' || symptom === 'limited') return 'not_judged';
  if (symptom === 'hung' && isMereEvidence(each, context)) return 'not_judged';
  if (symptom === 'queued' || symptom === 'slow') return 'remark';
  if (each.advisory && symptom === 'accepted') return 'remark';
  return each.remarkOnly && each.class === 'must-accept' && symptom !== 'hung' ? 'remark' : 'finding';
}

/** Returns the reason why a symptom is no failure with this provider or receiver; null where it is one. */
function excuseReason(
  { restringified, spelling, ofTime, mild }: CheckCase,
  symptom: Symptom,
  ended: readonly DeliveryEnded[],
  context: JudgeContext,
): string | null {
  if (symptom !== 'accepted' && symptom !== 'rejected') return null;
  if (restringified && context.restringified) return "the provider's documented verifier does so, too";
  if (symptom === 'accepted' && context.emptyAnswer !== null && context.emptyAnswer === context.genuineAnswer)
    return 'so is the same request without a payload, as by a page that is there for all';
  if (spelling && context.decodes && symptom === 'accepted') return 'it compares what the signature decodes to';
  if (ofTime && context.verifiesTimeless && symptom === 'accepted')
    return 'it verifies the signature that has no timestamp';
  const rejected = ended.filter(({ outcome }) => outcome !== 'accepted').map(({ attempts }) => attempts.at(-1)!.status);
  return mild &&
    rejected.every((status) => status !== null && mild.includes(status)) &&
    ended[0]?.outcome === 'accepted'
    ? 'it says that it knows the delivery'
    : null;
}

/** A case that has ended, as the rules see it. */
export interface JudgedCase {
  readonly case: CheckCase;
  readonly ended: CaseEnded;
  readonly symptom: Symptom;
}
