import type { Io } from '../io/io.js';

/** The answer of a person who goes back one step. */
export const back = Symbol('back');
export type Back = typeof back;

/** Thrown where a person leaves with Ctrl-C or Ctrl-D. */
export class PromptCancelled extends Error {}

export interface PromptContext {
  readonly signal: AbortSignal;
  readonly clearPromptOnDone: boolean;
}

/** Waits for the answer to a prompt. Throws PromptCancelled. */
export async function answerTo<T>(prompt: Promise<T>): Promise<T> {
  try {
    return await prompt;
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') throw new PromptCancelled();
    throw error;
  }
}

/** Shows a prompt, from which Esc goes back. Throws PromptCancelled. */
export async function ask<T>(io: Io, prompt: (context: PromptContext) => Promise<T>): Promise<T | Back> {
  const controller = new AbortController();
  const context = { signal: controller.signal, clearPromptOnDone: false };
  let leaves = false;
  const silence = io.onKey(({ name, ctrl }) => {
    leaves = ctrl === true && (name === 'c' || name === 'd');
    if (name !== 'escape' && !leaves) return;
    context.clearPromptOnDone = true;
    controller.abort();
  });
  try {
    return await prompt(context);
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'ExitPromptError' || leaves) throw new PromptCancelled();
    if (name === 'AbortPromptError') return back;
    throw error;
  } finally {
    silence();
  }
}
