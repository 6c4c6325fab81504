import type { CaseEnded, CheckEnded, CheckEvent, Flaw } from '../core/check.js';
import type { DeliveryEnded } from '../core/run.js';
import { hasTimelessSignature } from '../forge/timesCovered.js';
import { answerOf } from './answer.js';
import type { Breakdown } from './breakdown.js';
import { whatCame } from './came.js';
import type { CheckCase } from './cases/case.js';
import type { CaseSource } from './cases/caseSource.js';
import { respelledCase } from './cases/mustNotBreak.js';
import { type PreparedCase, prepareCase } from './cases/prepareCase.js';
import { withoutPayload } from './cases/wire.js';
import { writeCaseTexts } from './caseTexts.js';
import type { Finding } from './findings.js';
import { tryForeignKeys } from './foreignKey.js';
import { judgeFreshness, measureFreshness } from './freshnessWindow.js';
import { GenuineAnswers } from './genuineAnswers.js';
import { cutShort } from './incompleteReason.js';
import { type Judged, judgeCase } from './judgeCase.js';
import { findLeak } from './leaks.js';
import { lookTwice } from './lookTwice.js';
import { PacedSender, type Round } from './pacedSender.js';
import { paceRemarks } from './paceRemarks.js';
import type { RefusalRule } from './refusalRule.js';
import { type Language, likelyLanguage } from './rules/likelyLanguage.js';
import { type Sendable, Sender, type SenderOptions } from './sender.js';
import { stepsOf } from './steps.js';
import { summarise } from './summarise.js';

export interface CheckOptions extends SenderOptions {
  readonly source: CaseSource;
  readonly cases: readonly PreparedCase[];
  /** True where only some of the cases were chosen, so that a grade would say too much. */
  readonly isPartial: boolean;
  /** The receiver's address, for the summary. */
  readonly url: string;
  /** What a refusal looks like; null for what tells one without being told: a status of 4xx. */
  readonly expect?: RefusalRule | null;
}

/** Milliseconds in which a receiver that went down may come up again. */
const recoveryMs = 700;

/** How much longer a check may take than the plain event, as often as there are deliveries. */
const slack = 1.5;
/** The forgery that shows whether a signed time is looked at. */
const unsignedTime = 'unsigned-timestamp';

/**
 * Runs the battery against a receiver: yields each case as it ends, in the order of the battery, and the summary last.
 * The caller closes the transport.
 */
export async function* check(options: CheckOptions): AsyncGenerator<CheckEvent, void> {
  yield* new Check(options).run();
}

/** How many deliveries a case sends. */
function countOf({ copies, sequence }: CheckCase): number {
  return sequence?.of.length ?? copies?.count ?? 1;
}

/** Whether a case sends the event as its provider does, so that an answer of 2xx to it can be no refusal. */
function isUnchanged({ body, wire, framing, forge, sequence, judges, isForeign, ageSeconds }: CheckCase): boolean {
  return ![body, wire, framing, forge, sequence, judges, isForeign, ageSeconds].some((each) => each !== undefined);
}

const nothingSent: Round = { results: new Map(), withdrawn: new Map(), stop: null };

class Check {
  private readonly sender: Sender;
  private readonly paced: PacedSender;
  private readonly findings: Finding[] = [];
  private earlierBody: Uint8Array = new Uint8Array();
  private plainMs: number | null = null;
  private genuineAnswer: string | null = null;
  private readonly genuine = new GenuineAnswers();
  private respelledAccepted = false;
  private language: Language | null = null;
  private reached = true;
  private breakdown: Breakdown | null = null;
  /** Why what is left is not sent any more. */
  private stop: string | null = null;
  private held: CaseEnded | null = null;
  private neverAccepted: Flaw | null = null;
  /** The answer to a delivery that came before, where it is not the one to a new delivery. */
  private repetitionAnswer: string | null = null;
  /** By case: the answer to the same request without its payload. */
  private readonly emptyAnswers = new Map<string, string>();
  /** By case: what was measured, or found in the answers to all others. */
  private readonly measured = new Map<string, Judged>();

  constructor(private readonly options: CheckOptions) {
    this.sender = new Sender(options);
    this.paced = new PacedSender({
      sender: this.sender,
      plain: this.plain,
      isAccepted: (event) => this.isAccepted(event),
    });
  }

  async *run(): AsyncGenerator<CheckEvent, void> {
    for (const step of stepsOf(this.options.cases)) {
      const cut = this.cut();
      const sendable = cut === null ? step.filter((each): each is Sendable => each.leftOut === null) : [];
      if (sendable[0]?.case.class === 'must-refuse') await this.learnAnswers();
      const { results, withdrawn, stop, isBroken } =
        sendable.length > 0 ? await this.paced.send(sendable, this.earlierBody) : nothingSent;
      if (cut === null && stop === null) await this.lookCloser(sendable, results);
      for (const each of step) {
        const judged = withdrawn.get(each as Sendable);
        if (judged) this.measured.set(each.case.name, { ...judged, verdict: 'not_judged' });
        const ended = this.end(each, results.get(each as Sendable) ?? [], cut);
        if (each.case.name === respelledCase.name) this.held = ended;
        else yield* this.inOrder(ended);
      }
      this.stop ??= stop;
      if (cut === null) await this.lookAround(sendable, results, isBroken === true);
    }
    yield this.summary();
  }

  /** The case that goes before the forgeries is told with those of its class. */
  private *inOrder(ended: CaseEnded): Generator<CaseEnded> {
    if (this.held && ended.class === this.held.class) {
      yield this.held;
      this.held = null;
    }
    yield ended;
  }

  /** Why nothing more is sent; null where more is. */
  private cut(): string | null {
    if (this.options.signal.aborted) return cutShort.interrupted;
    if (this.stop !== null) return this.stop;
    return this.sender.isOverBudget ? cutShort.budget : null;
  }

  private end(each: PreparedCase, ended: readonly DeliveryEnded[], cut: string | null): CaseEnded {
    const { case: one } = each;
    if (one.name === 'same-twice') this.learnRepetition(ended);
    if (isUnchanged(one)) this.learn(one.copies?.are === 'the same' ? ended.slice(0, 1) : ended);
    const judged = this.judge(each, ended, cut);
    const { provider } = this.options.source;
    const result: CaseEnded = {
      type: 'case',
      name: one.name,
      class: one.class,
      forge: one.forge ?? null,
      verdict: judged.verdict,
      leftOut: each.leftOut !== null,
      advisory: one.advisory ?? false,
      reason: judged.reason,
      sent: one.sent,
      came: whatCame(ended),
      ...writeCaseTexts(
        one,
        { symptom: judged.symptom, deliveries: ended },
        { provider, language: this.learnLanguage(ended) },
      ),
      deliveries: ended,
    };
    this.findings.push({ case: one, ended: result, symptom: judged.symptom });
    if (one.name === respelledCase.name) this.respelledAccepted = ended.at(-1)?.outcome === 'accepted';
    return result;
  }

  private learnLanguage(ended: readonly DeliveryEnded[]): Language | null {
    this.language ??= likelyLanguage(ended);
    return this.language;
  }

  private judge(each: PreparedCase, ended: readonly DeliveryEnded[], cut: string | null): Judged {
    const left = (reason: string): Judged => ({ symptom: 'unknown', verdict: 'not_judged', reason });
    if (each.leftOut !== null) return left(each.leftOut);
    if (this.breakdown && each.case.name === 'plain-again') {
      return {
        symptom: 'crashed',
        verdict: 'flaw',
        reason: `not accepted any more after ${this.breakdown.after.join(', ')}`,
      };
    }
    if (cut !== null) return left(cut);
    const measured = this.measured.get(each.case.name);
    if (measured) return measured;
    if (ended.length < countOf(each.case)) return left(this.cut() ?? cutShort.budget);
    const { provider } = this.options.source;
    const restringified = provider.verifiesOver === 'restringified';
    const { plainMs, genuineAnswer } = this;
    return judgeCase(each.case, ended, {
      restringified,
      genuineAnswer,
      isLikeGenuine: (event) => this.isLikeGenuine(event),
      isRefusal: this.options.expect ?? null,
      repetitionAnswer: this.repetitionAnswer,
      emptyAnswer: this.emptyAnswers.get(each.case.name) ?? null,
      decodes: this.comparesDecoded,
      verifiesTimeless: this.verifiesTimeless(each.case, ended),
      plainMs,
    });
  }

  /** Who takes a time that was not signed verifies the signature that tells none, where the provider has one. */
  private verifiesTimeless({ name }: CheckCase, ended: readonly DeliveryEnded[]): boolean {
    if (!hasTimelessSignature(this.options.source.provider)) return false;
    if (name === unsignedTime) return ended.at(-1)?.outcome === 'accepted';
    return this.findings.some(({ case: one, ended: { deliveries } }) => {
      return one.name === unsignedTime && deliveries.at(-1)?.outcome === 'accepted';
    });
  }

  /** Who takes a signature in another spelling, and none that is cut, compares what it decodes to. */
  private get comparesDecoded(): boolean {
    const isCut = ({ case: { name }, symptom }: Finding) => name.startsWith('truncated-') && symptom === 'accepted';
    return this.respelledAccepted && !this.findings.some(isCut);
  }

  /** What a receiver answers to a delivery that it knows, where it tells it from a new one. */
  private learnRepetition(ended: readonly DeliveryEnded[]): void {
    const [first, second] = ended.map(answerOf);
    const isTold = first === this.genuineAnswer && second !== undefined && second !== first;
    this.repetitionAnswer = isTold ? second : null;
  }

  /** Sends, for some cases of a step, what shows what their answers are worth. */
  private async lookCloser(step: readonly Sendable[], results: Map<Sendable, DeliveryEnded[]>): Promise<void> {
    for (const each of step) {
      const ended = results.get(each) ?? [];
      if (each.case.comparesEmpty && ended.some((event) => this.isLikeGenuine(event))) {
        const empty = await this.sender.sendOne(each, withoutPayload(ended[0]!.delivery));
        if (empty) this.emptyAnswers.set(each.case.name, answerOf(empty));
      }
      if (each.case.judges === 'leaks') this.measured.set(each.case.name, this.judgeLeaks(ended));
      if (each.case.judges === 'foreign key') {
        const send = (foreignKeyUrl: string) => this.sendInstead(each, { foreignKeyUrl }, ended);
        const judged = await tryForeignKeys({
          ...this.options,
          genuineBody: this.earlierBody,
          send,
          isAccepted: (event) => this.isTaken(event),
        });
        if (judged) this.measured.set(each.case.name, judged);
      }
      if (each.case.judges === 'freshness') {
        const window = await measureFreshness((age) => this.acceptsAge(each, age, ended));
        this.measured.set(each.case.name, judgeFreshness(window, this.options.source.provider));
      }
    }
  }

  private isLikeGenuine(event: DeliveryEnded): boolean {
    return event.outcome === 'accepted' && this.genuine.includes(event);
  }

  /** Whether a delivery was accepted, as far as the answer tells. */
  private isAccepted(event: DeliveryEnded): boolean {
    return event.outcome === 'accepted' && !this.options.expect?.(event);
  }

  private get deliveryCount(): number {
    const counts = this.options.cases.map(({ case: each, leftOut }) => (leftOut === null ? countOf(each) : 0));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  private learn(ended: readonly DeliveryEnded[]): void {
    for (const event of ended) if (this.isAccepted(event)) this.genuine.add(event);
  }

  /** Sends the plain event a few times more where too little is known of the answers to it. */
  private async learnAnswers(): Promise<void> {
    if (this.options.expect) return;
    while (!this.genuine.areEnough && this.cut() === null) {
      const event = await this.sendPlain();
      if (!event || !this.isAccepted(event)) return;
      this.learn([event]);
    }
  }

  private get plain(): Sendable {
    return this.options.cases.find(({ case: { name } }) => name === 'plain') as Sendable;
  }

  private async sendPlain(): Promise<DeliveryEnded | null> {
    return (await this.sender.send([this.plain], this.earlierBody)).get(this.plain)?.[0] ?? null;
  }

  /** Looks for secrets in the answers to all that was sent; the one that tells them is added to `shown`. */
  private judgeLeaks(shown: DeliveryEnded[]): Judged {
    const { provider, secrets } = this.options.source;
    const sent = this.findings.filter(({ case: each }) => !each.isForeign).flatMap(({ ended }) => ended.deliveries);
    const leak = findLeak(
      sent,
      provider,
      secrets.map(({ value }) => value),
    );
    if (!leak) return { symptom: 'fine', verdict: 'passed', reason: 'none was found' };
    shown.push(leak.event);
    const owner = this.findings.find(({ ended }) => ended.deliveries.includes(leak.event))!.case.name;
    return { symptom: 'leaked', verdict: 'flaw', reason: `the answer to ${owner} tells ${leak.what}` };
  }

  /** Whether a delivery that was signed so many seconds ago is accepted; null where that can't be said. What is sent is added to `shown`. */
  private async acceptsAge(each: Sendable, ageSeconds: number, shown: DeliveryEnded[]): Promise<boolean | null> {
    const event = await this.sendInstead(each, { ageSeconds }, shown);
    if (!event) return null;
    const { status } = event.attempts.at(-1)!;
    if (status === null || status === 429 || status >= 500) return null;
    return this.isTaken(event);
  }

  private isTaken(event: DeliveryEnded): boolean {
    return this.options.expect ? this.isAccepted(event) : this.isLikeGenuine(event);
  }

  /** Sends another delivery in place of a case that is judged by several; null where none can be sent. */
  private async sendInstead(
    each: Sendable,
    change: Partial<CheckCase>,
    shown: DeliveryEnded[],
  ): Promise<DeliveryEnded | null> {
    if (this.cut() !== null) return null;
    const { judges: _, ...changed } = { ...each.case, ...change };
    const prepared = await prepareCase(changed, this.options.source);
    if (prepared.leftOut !== null) return null;
    const [event] = (await this.sender.send([prepared], this.earlierBody)).get(prepared) ?? [];
    if (event) shown.push(event);
    return event ?? null;
  }

  /** What the check learns of a step for the next ones: whether to go on at all. */
  private async lookAround(
    step: readonly Sendable[],
    results: ReadonlyMap<Sendable, readonly DeliveryEnded[]>,
    isBroken: boolean,
  ): Promise<void> {
    const [first] = step;
    if (!first) return;
    if (first.case.name === 'plain') return this.lookAtPlain(results.get(first)?.[0]);
    if (first.case.name === 'plain-again' || this.cut() !== null) return;
    const symptoms = step.map(({ case: one }) => this.findings.find((finding) => finding.case === one)!);
    const troubled = symptoms.filter(
      ({ symptom }) => symptom === 'crashed' || symptom === 'dropped' || symptom === 'hung',
    );
    if (troubled.length === 0 && !isBroken && !step.some(({ case: one }) => one.thenPlain)) return;
    const after = troubled.length > 0 ? troubled : symptoms;
    await this.lookWhetherItLives(after.map(({ case: { name } }) => name));
  }

  private async lookAtPlain(event: DeliveryEnded | undefined): Promise<void> {
    if (!event) return;
    this.earlierBody = event.delivery.body;
    const { error, timing } = event.attempts.at(-1)!;
    this.plainMs = timing.totalMs;
    this.genuineAnswer = answerOf(event);
    this.sender.allow(this.plainMs * this.deliveryCount * slack);
    if (this.isAccepted(event)) return;
    this.stop = 'the plain event is not accepted';
    this.reached = !(error?.kind === 'unreachable' && ['dns', 'connect', 'tls'].includes(error.phase));
    if (this.reached) {
      const { source, signal } = this.options;
      this.neverAccepted = await lookTwice({ source, signal, sender: this.sender, findings: this.findings });
    }
  }

  private async lookWhetherItLives(after: readonly string[]): Promise<void> {
    for (const pauseMs of [0, recoveryMs]) {
      if (pauseMs > 0) await this.sender.pause(pauseMs);
      const event = await this.sendPlain();
      this.breakdown = null;
      if (!event || event.outcome === 'accepted' || event.attempts.at(-1)!.status === 429) return;
      const isGone = event.outcome === 'unreachable' && event.attempts.at(-1)!.error?.phase === 'connect';
      this.breakdown = { after, isGone };
    }
    this.stop = `the receiver does not accept the plain event any more since ${after.join(', ')}`;
  }

  private summary(): CheckEnded {
    const { findings, breakdown, neverAccepted, reached } = this;
    const { plainMs } = this;
    const limitMs = this.options.timeLimitMs ?? this.plain.rules.timeLimitMs;
    const { lockOuts, isLockedOut } = this.paced;
    const noticed = paceRemarks({ lockOuts, isLockedOut, plainMs, limitMs });
    return summarise({ ...this.options, noticed, findings, breakdown, neverAccepted, reached });
  }
}
