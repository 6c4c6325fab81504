import type { DeliveryEnded } from '../core/run.js';
import { answerTokens, tokensOf } from './answer.js';

/** What stood at one place of the answers of one form. */
interface Slot {
  readonly values: Set<string>;
  /** A word of the request stood there. */
  isEcho: boolean;
}

/** Answers with the same status and as many words. */
interface AnswerForm {
  readonly status: number | null;
  readonly slots: readonly Slot[];
  count: number;
}

/** So many answers show what differs from one to the next; of answers of several forms it takes more. */
const enough = 3;
const enoughOfForms = 6;
/** So many different values at a place mean that any may stand there. */
const manyValues = 3;
/** Answers of so many forms, most of them seen once, have nothing in common. */
const manyForms = 3;

/** Words that say something by themselves, also where the request holds them. */
const literals = ['true', 'false', 'null'];
const isNumber = /^-?\d+(\.\d+)?[a-zµ]{0,2}$/;

/** The answers to deliveries that were accepted: tells whether another answer is one of them, but for ids, times and what it repeats of the request. */
export class GenuineAnswers {
  private readonly forms: AnswerForm[] = [];
  private added = 0;

  /** Whether so much is known that one more would tell little. */
  get areEnough(): boolean {
    if (this.forms.every(({ slots }) => slots.length === 0)) return true;
    return this.added >= (this.forms.length > 1 ? enoughOfForms : enough);
  }

  /** Takes the answer to a delivery that was accepted into account. */
  add(event: DeliveryEnded): void {
    const tokens = answerTokens(event);
    const echoes = echoesOf(event, tokens);
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
    const echoes = echoesOf(event, tokens);
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

/** Those words of an answer that it has from the request. */
function echoesOf({ delivery }: DeliveryEnded, tokens: readonly string[]): Set<string> {
  if (tokens.length === 0) return new Set();
  const sent = new Set([...tokensOf(delivery.body), ...delivery.headers.map(([, value]) => value)]);
  const isTaken = (token: string) =>
    token.length > 2 && !literals.includes(token) && !isNumber.test(token) && sent.has(token);
  return new Set(tokens.filter((token) => token === '{id}' || isTaken(token)));
}
