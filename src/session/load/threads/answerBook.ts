import type { UrlVariables } from '../../../config/address.js';
import type { Answers } from './threadTask.js';

type Ask = (filling: UrlVariables) => string;

/** Keeps what was answered to questions, so that another thread can be told. */
export class AnswerBook {
  readonly answers = new Map<string, string>();

  constructor(private readonly ask: Ask) {}

  /** Asks, and keeps the answer. */
  readonly answer: Ask = (filling) => {
    const text = this.ask(filling);
    this.answers.set(questionOf(filling), text);
    return text;
  };
}

/** Answers as it was answered before. */
export function answerFrom(answers: Answers): Ask {
  return (filling) => {
    const text = answers.get(questionOf(filling));
    if (text === undefined) throw new Error(`nobody has asked for the address of ${questionOf(filling)} before`);
    return text;
  };
}

function questionOf({ provider, event }: UrlVariables): string {
  return JSON.stringify([provider, event]);
}
