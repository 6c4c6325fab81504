import { once } from 'node:events';
import { statSync } from 'node:fs';
import type { Worker } from 'node:worker_threads';
import { formatDuration } from '../../../core/duration.js';
import { UsageError } from '../../../core/errors.js';
import { shownPath } from '../../../core/printable.js';
import type { World } from '../../../core/world.js';
import { encodeJson } from '../../../json/encodeJson.js';
import { loadSample } from '../../../payloads/load.js';
import { checkSampleName, type SampleName } from '../../../payloads/sampleName.js';
import type { DescribedField } from '../../../spec/describeFields.js';
import { startThread } from '../../threads/startThread.js';
import { readError } from '../../threads/writtenError.js';
import type { HintAnswer } from './answerQuestions.js';
import type { HintQuestion } from './describeSample.js';

/** The fields of a sample as the provider's specification describes them. */
export interface FieldHints {
  /** The specification, as people see it. */
  readonly specification: string;
  /** Empty where it does not describe the event. */
  readonly fields: readonly DescribedField[];
}

/** Milliseconds in which a question has to be answered. */
const maxAnswerMs = 30_000;
const maxMegabytes = 1024;

interface Failure {
  readonly path: string;
  readonly stamp: string;
  readonly error: Error;
}

/** Reads specifications in a thread, since a large one takes seconds. */
export class HintReader {
  private thread: Worker | null = null;
  /** Questions are answered one after the other. */
  private turn: Promise<unknown> = Promise.resolve();
  /** The last specification on which a thread failed: it is not tried again before it changes. */
  private failure: Failure | null = null;

  constructor(
    private readonly io: Pick<World, 'cwd' | 'clock'>,
    private readonly start: () => Worker = startHintsThread,
  ) {}

  /** Reads the fields of a sample from the provider's specification; null for a provider without one. Rejects with a UsageError. */
  async read(name: SampleName): Promise<FieldHints | null> {
    checkSampleName(name);
    const { spec } = name.provider;
    if (spec === undefined) return null;
    const sample = encodeJson(await loadSample(name), 'js');
    const { cwd } = this.io;
    const specification = shownPath(spec, cwd);
    const question = { specification: spec, shown: specification, cwd, event: name.event, sample };
    const answered = this.turn.then(() => this.ask(question));
    this.turn = answered.catch(() => {});
    return { specification, fields: await answered };
  }

  async close(): Promise<void> {
    await this.thread?.terminate();
  }

  private async ask(question: HintQuestion): Promise<readonly DescribedField[]> {
    const { specification: path, shown } = question;
    const stamp = readStamp(path);
    if (this.failure?.path === path && this.failure.stamp === stamp) throw this.failure.error;
    const answered = new AbortController();
    const { signal } = answered;
    let answer: HintAnswer;
    try {
      this.thread ??= this.open();
      const late = this.io.clock.sleep(maxAnswerMs, signal).then(() => {
        throw new Error(`it was not read within ${formatDuration(maxAnswerMs)}`);
      });
      const ended = once(this.thread, 'exit', { signal }).then(([code]) => {
        throw new Error(`the thread that reads it ended with ${code}`);
      });
      const message = once(this.thread, 'message', { signal });
      this.thread.postMessage(question);
      [answer] = await Promise.race([message, ended, late]);
    } catch (cause) {
      void this.thread?.terminate();
      this.thread = null;
      const problem = `${shown}: no hints, as ${describeReadError(cause as NodeJS.ErrnoException)}.`;
      const hint = 'Name a smaller one with spec, such as one that describes webhooks alone.';
      const error = new UsageError('SPECIFICATION_UNREAD', problem, { hint, cause });
      this.failure = { path, stamp, error };
      throw error;
    } finally {
      answered.abort();
    }
    if ('error' in answer) throw readError(answer.error);
    return answer.fields;
  }

  private open(): Worker {
    const thread = this.start();
    thread.unref();
    thread.on('error', () => {});
    thread.on('exit', () => {
      if (this.thread === thread) this.thread = null;
    });
    return thread;
  }
}

function describeReadError({ code, message }: NodeJS.ErrnoException): string {
  return code === 'ERR_WORKER_OUT_OF_MEMORY' ? `reading it takes more than ${maxMegabytes} MB of memory` : message;
}

function startHintsThread(): Worker {
  return startThread('hintsWorker', { resourceLimits: { maxOldGenerationSizeMb: maxMegabytes } });
}

function readStamp(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return `${stat?.mtimeMs} ${stat?.size}`;
}
