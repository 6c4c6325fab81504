import type { DeliveryEnded } from '../core/run.js';
import { answerKey, answerTokens, tokenize } from './answer.js';
import type { CaseSource, CheckCase } from './cases/case.js';
import { prepareCase } from './cases/prepareCase.js';
import { withoutPayload } from './cases/wire.js';
import { findLeak } from './findLeak.js';
import { tryForeignKeys } from './foreignKey.js';
import { judgeFreshness, measureFreshness } from './freshnessWindow.js';
import type { Judged, JudgedCase } from './judgeCase.js';
import type { Sendable, Sender } from './sender.js';

interface CloserLookOptions {
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
  /** Whether a delivery was answered as genuine ones are. */
  readonly isLikeGenuine: (event: DeliveryEnded) => boolean;
  /** Whether a forgery was accepted, as far as the answer shows. */
  readonly isTaken: (event: DeliveryEnded) => boolean;
}

/** Judges the cases that one answer does not judge: those that are measured, compared, or found in the answers to all others. */
export class CloserLook {
  /** By case: the answer to the same request without its payload. */
  readonly emptyAnswers = new Map<string, string>();
  /** By case: the result of a measurement or search. */
  readonly judged = new Map<string, Judged>();

  constructor(private readonly options: CloserLookOptions) {}

  /** Sends, for some cases of a step, the requests that put their answers into perspective. */
  async look(step: readonly Sendable[], results: ReadonlyMap<Sendable, DeliveryEnded[]>): Promise<void> {
    for (const each of step) {
      const ended = results.get(each) ?? [];
      if (each.case.comparesEmpty && ended.some((event) => this.options.isLikeGenuine(event))) {
        const empty = await this.options.sender.sendOne(each, withoutPayload(ended[0]!.delivery));
        if (empty) this.emptyAnswers.set(each.case.name, answerKey(empty));
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

  /** Searches all answers for secrets; adds the one that leaks to `shown`. */
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
    return { symptom: 'leaked', verdict: 'finding', reason: `the answer to ${owner} reveals ${leak.what}` };
  }

  /** Sends a delivery that was signed so many seconds ago and returns whether it is accepted; null where that is unclear. Adds it to `shown`. */
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

/** The words at one place of the answers of one form. */
interface Slot {
  readonly values: Set<string>;
  /** True where a word of the request was there. */
  isEcho: boolean;
}

/** Answers with the same status and as many words. */
interface AnswerForm {
  readonly status: number | null;
  readonly slots: readonly Slot[];
  count: number;
}

/** So many answers show the parts that vary from one to the next; answers of several forms need more. */
const enough = 3;
const enoughOfForms = 6;
/** So many different values at a place mean that any value may occur there. */
const manyValues = 3;
/** Answers of so many forms, most of them seen once, have nothing in common. */
const manyForms = 3;

/** Words that say something by themselves, also where the request holds them. */
const literals = ['true', 'false', 'null'];
const isNumber = /^-?\d+(\.\d+)?[a-zµ]{0,2}$/;

/** Answers to accepted deliveries: recognizes further ones, apart from ids, times and echoes of the request. */
export class GenuineAnswers {
  private readonly forms: AnswerForm[] = [];
  private added = 0;

  /** Whether one more answer would add little. */
  get areEnough(): boolean {
    if (this.forms.every(({ slots }) => slots.length === 0)) return true;
    return this.added >= (this.forms.length > 1 ? enoughOfForms : enough);
  }

  /** Adds the answer to an accepted delivery. */
  add(event: DeliveryEnded): void {
    const tokens = answerTokens(event);
    const echoes = findEchoes(event, tokens);
    const form = this.formsFor(event, tokens)[0] ?? this.newForm(event, tokens);
    this.added++;
    form.count++;
    for (const [i, slot] of form.slots.entries()) {
      slot.values.add(tokens[i]!);
      slot.isEcho ||= echoes.has(tokens[i]!);
    }
  }

  /** Whether an answer is like those that genuine deliveries get. */
  includes(event: DeliveryEnded): boolean {
    if (this.forms.length >= manyForms && this.forms.length > this.added / 2) return true;
    const tokens = answerTokens(event);
    const echoes = findEchoes(event, tokens);
    return this.formsFor(event, tokens).some((form) =>
      form.slots.every((slot, i) => fits(slot, tokens[i]!, { count: form.count, isEcho: echoes.has(tokens[i]!) })),
    );
  }

  private formsFor({ attempts }: DeliveryEnded, tokens: readonly string[]): AnswerForm[] {
    const { status } = attempts.at(-1)!;
    return this.forms.filter((form) => form.status === status && form.slots.length === tokens.length);
  }

  private newForm({ attempts }: DeliveryEnded, tokens: readonly string[]): AnswerForm {
    const slots = tokens.map((): Slot => ({ values: new Set(), isEcho: false }));
    const form = { status: attempts.at(-1)!.status, slots, count: 0 };
    this.forms.push(form);
    return form;
  }
}

function fits({ values, isEcho }: Slot, token: string, seen: { count: number; isEcho: boolean }): boolean {
  if (values.has(token) || (isEcho && seen.isEcho)) return true;
  if (values.size < manyValues) return false;
  const all = [...values];
  return isNumber.test(token) ? all.every((value) => isNumber.test(value)) : values.size > seen.count / 2;
}

/** Returns the words of an answer that are echoes of the request. */
function findEchoes({ delivery }: DeliveryEnded, tokens: readonly string[]): Set<string> {
  if (tokens.length === 0) return new Set();
  const sent = new Set([...tokenize(delivery.body), ...delivery.headers.map(([, value]) => value)]);
  const isTaken = (token: string) =>
    token.length > 2 && !literals.includes(token) && !isNumber.test(token) && sent.has(token);
  return new Set(tokens.filter((token) => token === '{id}' || isTaken(token)));
}
