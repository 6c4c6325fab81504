import type { CaseEnded, CheckEnded, CheckEvent, Finding } from '../core/check.js';
import type { DeliveryEnded } from '../core/run.js';
import { answerKey } from './answer.js';
import type { Breakdown } from './breakdown.js';
import { countDeliveries, isUnchanged } from './cases/case.js';
import { respelledSignatureCase } from './cases/mustNotBreak.js';
import type { PreparedCase } from './cases/prepareCase.js';
import { groupSteps, writeCaseTexts } from './caseTexts.js';
import { concludeCheck, describeOutcome, paceRemarks } from './concludeCheck.js';
import { diagnoseRejection } from './diagnoseRejection.js';
import { verifiesTimeless } from './freshnessWindow.js';
import { CloserLook, GenuineAnswers } from './genuineAnswers.js';
import { type Judged, type JudgedCase, judgeCase } from './judgeCase.js';
import { PacedSender, type Round } from './pacedSender.js';
import { type Language, likelyLanguage } from './rules/likelyLanguage.js';
import { type CheckRunOptions, type Sendable, Sender } from './sender.js';
import { budgetReason, interruptedReason, summarise } from './summarise.js';

/** Milliseconds in which a receiver that went down may come up again. */
const recoveryMs = 700;

/** The factor by which a check may take longer than its number of deliveries times the plain event's duration. */
const slack = 1.5;

/**
 * Runs the checks against a receiver: yields each case as it ends, in their order, and the summary last.
 * The caller closes the transport.
 */
export async function* runChecks(options: CheckRunOptions): AsyncGenerator<CheckEvent, void> {
  yield* new Check(options).run();
}

const nothingSent: Round = { results: new Map(), withdrawn: new Map(), stop: null };

class Check {
  private readonly sender: Sender;
  private readonly paced: PacedSender;
  private readonly closer: CloserLook;
  private readonly judgedCases: JudgedCase[] = [];
  private earlierBody: Uint8Array = new Uint8Array();
  private plainMs: number | null = null;
  private genuineAnswer: string | null = null;
  private readonly genuine = new GenuineAnswers();
  private respelledAccepted = false;
  private language: Language | null = null;
  private reached = true;
  private breakdown: Breakdown | null = null;
  /** The reason why the rest is not sent. */
  private stop: string | null = null;
  private held: CaseEnded | null = null;
  private neverAccepted: Finding | null = null;
  /** The answer to a repeated delivery, where it differs from that to a new one. */
  private repetitionAnswer: string | null = null;
  constructor(private readonly options: CheckRunOptions) {
    this.sender = new Sender(options);
    this.paced = new PacedSender({
      sender: this.sender,
      plain: this.plain,
      isAccepted: (event) => this.isAccepted(event),
    });
    this.closer = new CloserLook({
      ...options,
      sender: this.sender,
      judgedCases: this.judgedCases,
      genuineBody: () => this.earlierBody,
      isOver: () => this.stopReason() !== null,
      isLikeGenuine: (event) => this.isLikeGenuine(event),
      isTaken: (event) => this.isTaken(event),
    });
  }

  async *run(): AsyncGenerator<CheckEvent, void> {
    for (const step of groupSteps(this.options.cases)) {
      const cut = this.stopReason();
      const sendable = cut === null ? step.filter((each): each is Sendable => each.leftOut === null) : [];
      if (sendable[0]?.case.class === 'must-reject') await this.learnAnswers();
      const { results, withdrawn, stop, isBroken } =
        sendable.length > 0 ? await this.paced.send(sendable, this.earlierBody) : nothingSent;
      if (cut === null && stop === null) await this.closer.look(sendable, results);
      for (const each of step) {
        const judged = withdrawn.get(each as Sendable);
        if (judged) this.closer.judged.set(each.case.name, { ...judged, verdict: 'not_judged' });
        const ended = this.end(each, results.get(each as Sendable) ?? [], cut);
        if (each.case.name === respelledSignatureCase.name) this.held = ended;
        else yield* this.yieldInOrder(ended);
      }
      this.stop ??= stop;
      if (cut === null) await this.judgeProgress(sendable, results, isBroken === true);
    }
    yield* concludeCheck(this.summary(), { ...this.options, judgedCases: this.judgedCases, odd: this.sender.odd });
  }

  /** Yields the case that goes before the forgeries with those of its class. */
  private *yieldInOrder(ended: CaseEnded): Generator<CaseEnded> {
    if (this.held && ended.class === this.held.class) {
      yield this.held;
      this.held = null;
    }
    yield ended;
  }

  /** Returns the reason why nothing more is sent; null where more is. */
  private stopReason(): string | null {
    if (this.options.signal.aborted) return interruptedReason;
    if (this.stop !== null) return this.stop;
    return this.sender.isOverBudget ? budgetReason(this.sender.budgetMs) : null;
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
      observed: describeOutcome(ended),
      ...writeCaseTexts(
        one,
        { symptom: judged.symptom, deliveries: ended },
        { provider, language: this.learnLanguage(ended) },
      ),
      deliveries: ended,
    };
    this.judgedCases.push({ case: one, ended: result, symptom: judged.symptom });
    if (one.name === respelledSignatureCase.name) this.respelledAccepted = ended.at(-1)?.outcome === 'accepted';
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
        verdict: 'finding',
        reason: `not accepted any more after ${this.breakdown.after.join(', ')}`,
      };
    }
    if (cut !== null) return left(cut);
    const measured = this.closer.judged.get(each.case.name);
    if (measured) return measured;
    if (ended.length < countDeliveries(each.case)) return left(this.stopReason() ?? budgetReason(this.sender.budgetMs));
    const { provider } = this.options.source;
    const restringified = provider.verifiesOver === 'restringified';
    const { plainMs, genuineAnswer } = this;
    return judgeCase(each.case, ended, {
      restringified,
      genuineAnswer,
      isLikeGenuine: (event) => this.isLikeGenuine(event),
      isRejection: this.options.expect ?? null,
      repetitionAnswer: this.repetitionAnswer,
      emptyAnswer: this.closer.emptyAnswers.get(each.case.name) ?? null,
      decodes: this.comparesDecoded,
      verifiesTimeless: verifiesTimeless(provider, each.case, ended, this.judgedCases),
      plainMs,
    });
  }

  /** Whether it compares decoded signatures: it accepts one in another spelling, and none that is cut. */
  private get comparesDecoded(): boolean {
    const isCut = ({ case: { name }, symptom }: JudgedCase) => name.startsWith('truncated-') && symptom === 'accepted';
    return this.respelledAccepted && !this.judgedCases.some(isCut);
  }

  /** Remembers the answer to a repeated delivery, where it differs from that to a new one. */
  private learnRepetition(ended: readonly DeliveryEnded[]): void {
    const [first, second] = ended.map(answerKey);
    const isDistinct = first === this.genuineAnswer && second !== undefined && second !== first;
    this.repetitionAnswer = isDistinct ? second : null;
  }

  private isLikeGenuine(event: DeliveryEnded): boolean {
    return event.outcome === 'accepted' && this.genuine.includes(event);
  }

  /** Returns whether a delivery was accepted, as far as the answer shows. */
  private isAccepted(event: DeliveryEnded): boolean {
    return event.outcome === 'accepted' && !this.options.expect?.(event);
  }

  private learn(ended: readonly DeliveryEnded[]): void {
    for (const event of ended) if (this.isAccepted(event)) this.genuine.add(event);
  }

  /** Sends the plain event a few times more where too little is known of the answers to it. */
  private async learnAnswers(): Promise<void> {
    if (this.options.expect) return;
    while (!this.genuine.areEnough && this.stopReason() === null) {
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

  private isTaken(event: DeliveryEnded): boolean {
    return this.options.expect ? this.isAccepted(event) : this.isLikeGenuine(event);
  }

  /** Looks at the results of a step to decide whether the check goes on. */
  private async judgeProgress(
    step: readonly Sendable[],
    results: ReadonlyMap<Sendable, readonly DeliveryEnded[]>,
    isBroken: boolean,
  ): Promise<void> {
    const [first] = step;
    if (!first) return;
    if (first.case.name === 'plain') return this.judgePlain(results.get(first)?.[0]);
    if (first.case.name === 'plain-again' || this.stopReason() !== null) return;
    const symptoms = step.map(({ case: one }) => this.judgedCases.find((each) => each.case === one)!);
    const troubled = symptoms.filter(
      ({ symptom }) => symptom === 'crashed' || symptom === 'dropped' || symptom === 'hung',
    );
    if (troubled.length === 0 && !isBroken && !step.some(({ case: one }) => one.thenPlain)) return;
    const after = troubled.length > 0 ? troubled : symptoms;
    await this.checkAlive(after.map(({ case: { name } }) => name));
  }

  private async judgePlain(event: DeliveryEnded | undefined): Promise<void> {
    if (!event) return;
    this.earlierBody = event.delivery.body;
    const { error, timing } = event.attempts.at(-1)!;
    this.plainMs = timing.totalMs;
    this.genuineAnswer = answerKey(event);
    const counts = this.options.cases.map((each) => (each.leftOut === null ? countDeliveries(each.case) : 0));
    this.sender.allow(this.plainMs * counts.reduce((sum, count) => sum + count, 0) * slack);
    if (this.isAccepted(event)) return;
    this.stop = 'the plain event is not accepted';
    this.reached = !(error?.kind === 'unreachable' && ['dns', 'connect', 'tls'].includes(error.phase));
    if (this.reached) {
      const { source, signal } = this.options;
      this.neverAccepted = await diagnoseRejection({
        source,
        signal,
        sender: this.sender,
        judgedCases: this.judgedCases,
      });
    }
  }

  private async checkAlive(after: readonly string[]): Promise<void> {
    for (const pauseMs of [0, recoveryMs]) {
      if (pauseMs > 0) await this.sender.pause(pauseMs);
      const event = await this.sendPlain();
      this.breakdown = null;
      if (!event || this.isAccepted(event) || event.attempts.at(-1)!.status === 429) return;
      const isGone = event.outcome === 'unreachable' && event.attempts.at(-1)!.error?.phase === 'connect';
      this.breakdown = { after, isGone };
    }
    this.stop = `the receiver does not accept the plain event any more since ${after.join(', ')}`;
  }

  private summary(): CheckEnded {
    const { judgedCases, breakdown, neverAccepted, reached, plainMs } = this;
    const limitMs = this.options.timeLimitMs ?? this.plain.rules.timeLimitMs;
    const { lockOuts, isLockedOut } = this.paced;
    const noticed = paceRemarks({ lockOuts, isLockedOut, plainMs, limitMs });
    return summarise({ ...this.options, noticed, judgedCases, breakdown, neverAccepted, reached });
  }
}
