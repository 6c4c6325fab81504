import type { UrlVariables } from '../../../config/address.js';
import type { Answers } from './threadTask.js';

type Ask = (filling: UrlVariables) => string;

/** Records the answers of a function, so that another thread can replay them. */
export class AnswerBook {
  readonly answers = new Map<string, string>();

  constructor(private readonly ask: Ask) {}

  /** Calls the function and records its result. */
  readonly answer: Ask = (filling) => {
    const text = this.ask(filling);
    this.answers.set(formatQuestion(filling), text);
    return text;
  };
}

/** Answers as it was answered before. */
export function answerFrom(answers: Answers): Ask {
  return (filling) => {
    const text = answers.get(formatQuestion(filling));
    if (text === undefined) throw new Error(`nobody has asked for the address of ${formatQuestion(filling)} before`);
    return text;
  };
}

function formatQuestion({ provider, event }: UrlVariables): string {
  return JSON.stringify([provider, event]);
}
