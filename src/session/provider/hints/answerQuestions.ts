import { parentPort } from 'node:worker_threads';
import type { DescribedField } from '../../../spec/describeFields.js';
import { type WrittenError, writeError } from '../../threads/writtenError.js';
import { describeSample, type HintQuestion } from './describeSample.js';

/** The thread's answers, in the order of the questions. */
export type HintAnswer = { readonly fields: readonly DescribedField[] } | { readonly error: WrittenError };

/** Answers each question of the thread that started this one. */
export function answerQuestions(): void {
  const port = parentPort!;
  port.on('message', (question: HintQuestion) => port.postMessage(answer(question)));
}

function answer(question: HintQuestion): HintAnswer {
  try {
    return { fields: describeSample(question) };
  } catch (error) {
    return { error: writeError(error) };
  }
}
