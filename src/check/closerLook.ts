import type { DeliveryEnded } from '../core/run.js';
import { answerOf } from './answer.js';
import type { CheckCase } from './cases/case.js';
import type { CaseSource } from './cases/caseSource.js';
import { prepareCase } from './cases/prepareCase.js';
import { withoutPayload } from './cases/wire.js';
import { tryForeignKeys } from './foreignKey.js';
import { judgeFreshness, measureFreshness } from './freshnessWindow.js';
import type { Judged } from './judgeCase.js';
import type { JudgedCase } from './judgedCase.js';
import { findLeak } from './leaks.js';
import type { Sendable, Sender } from './sender.js';

export interface CloserLookOptions {
  readonly source: CaseSource;
  readonly sender: Sender;
  /** The receiver's address. */
  readonly url: string;
  /** The result of the cases until now. */
  readonly judgedCases: readonly JudgedCase[];
  /** The body of the delivery that was accepted first. */
  readonly genuineBody: () => Uint8Array;
  /** Whether nothing more is sent. */
  readonly isOver: () => boolean;
  /** Whether a delivery was answered as what is genuine is. */
  readonly isLikeGenuine: (event: DeliveryEnded) => boolean;
  /** Whether a forgery was accepted, as far as the answer tells. */
  readonly isTaken: (event: DeliveryEnded) => boolean;
}

/** Judges the cases that one answer does not judge: those that are measured, compared, or found in the answers to all others. */
export class CloserLook {
  /** By case: the answer to the same request without its payload. */
  readonly emptyAnswers = new Map<string, string>();
  /** By case: what was measured or found. */
  readonly judged = new Map<string, Judged>();

  constructor(private readonly options: CloserLookOptions) {}

  /** Sends, for some cases of a step, what shows what their answers are worth. */
  async look(step: readonly Sendable[], results: ReadonlyMap<Sendable, DeliveryEnded[]>): Promise<void> {
    for (const each of step) {
      const ended = results.get(each) ?? [];
      if (each.case.comparesEmpty && ended.some((event) => this.options.isLikeGenuine(event))) {
        const empty = await this.options.sender.sendOne(each, withoutPayload(ended[0]!.delivery));
        if (empty) this.emptyAnswers.set(each.case.name, answerOf(empty));
      }
      if (each.case.judges === 'leaks') this.judged.set(each.case.name, this.judgeLeaks(ended));
      if (each.case.judges === 'foreign key') {
        const send = (foreignKeyUrl: string) => this.sendInstead(each, { foreignKeyUrl }, ended);
        const { source, url, isTaken } = this.options;
        const genuineBody = this.options.genuineBody();
        const judged = await tryForeignKeys({ source, url, genuineBody, send, isAccepted: isTaken });
        if (judged) this.judged.set(each.case.name, judged);
      }
      if (each.case.judges === 'freshness') {
        const window = await measureFreshness((age) => this.acceptsAge(each, age, ended));
        this.judged.set(each.case.name, judgeFreshness(window, this.options.source.provider));
      }
    }
  }

  /** Looks for secrets in the answers to all that was sent; the one that tells them is added to `shown`. */
  private judgeLeaks(shown: DeliveryEnded[]): Judged {
    const { provider, secrets } = this.options.source;
    const sent = this.options.judgedCases
      .filter(({ case: each }) => !each.isForeign)
      .flatMap(({ ended }) => ended.deliveries);
    const leak = findLeak(
      sent,
      provider,
      secrets.map(({ value }) => value),
    );
    if (!leak) return { symptom: 'fine', verdict: 'passed', reason: 'none was found' };
    shown.push(leak.event);
    const owner = this.options.judgedCases.find(({ ended }) => ended.deliveries.includes(leak.event))!.case.name;
    return { symptom: 'leaked', verdict: 'finding', reason: `the answer to ${owner} tells ${leak.what}` };
  }

  /** Whether a delivery that was signed so many seconds ago is accepted; null where that can't be said. What is sent is added to `shown`. */
  private async acceptsAge(each: Sendable, ageSeconds: number, shown: DeliveryEnded[]): Promise<boolean | null> {
    const event = await this.sendInstead(each, { ageSeconds }, shown);
    if (!event) return null;
    const { status } = event.attempts.at(-1)!;
    if (status === null || status === 429 || status >= 500) return null;
    return this.options.isTaken(event);
  }

  /** Sends another delivery in place of a case that is judged by several; null where none can be sent. */
  private async sendInstead(
    each: Sendable,
    change: Partial<CheckCase>,
    shown: DeliveryEnded[],
  ): Promise<DeliveryEnded | null> {
    if (this.options.isOver()) return null;
    const { judges: _, ...changed } = { ...each.case, ...change };
    const prepared = await prepareCase(changed, this.options.source);
    if (prepared.leftOut !== null) return null;
    const [event] = (await this.options.sender.send([prepared], this.options.genuineBody())).get(prepared) ?? [];
    if (event) shown.push(event);
    return event ?? null;
  }
}
