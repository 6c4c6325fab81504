import type { Worker } from 'node:worker_threads';
import type { LoadPart, PartEnded, PartSecond } from '../../../load/loadPart.js';
import { startThread } from '../../threads/startThread.js';
import { readError } from '../../threads/writtenError.js';
import type { ThreadEvent, ThreadOrder, ThreadTask } from './threadTask.js';

/** Threads that are ready to send a load. */
export interface LoadThreads {
  readonly parts: readonly LoadPart[];
  /** Starts all threads at a time of the stopwatch. */
  start(startMs: number): void;
  /** Ends them, whatever they do. */
  close(): Promise<void>;
}

/** Starts a thread for each task; resolves when all are ready. `signal` ends them with what they have sent. */
export async function openThreads(tasks: readonly ThreadTask[], signal: AbortSignal): Promise<LoadThreads> {
  const threads = tasks.map((task) => new LoadThread(task));
  const stop = () => {
    for (const thread of threads) thread.order({ type: 'stop', reason: String(signal.reason) });
  };
  signal.addEventListener('abort', stop, { once: true });
  const close = async () => {
    signal.removeEventListener('abort', stop);
    await Promise.all(threads.map((thread) => thread.return()));
  };
  try {
    await Promise.all(threads.map((thread) => thread.ready()));
  } catch (error) {
    await close();
    throw error;
  }
  if (signal.aborted) stop();
  const start = (startMs: number) => {
    for (const thread of threads) thread.order({ type: 'start', startMs });
  };
  return { parts: threads, start, close };
}

type ThreadMessage = ThreadEvent | { readonly type: 'lost'; readonly error: unknown };

/** One thread, and its messages. */
class LoadThread implements LoadPart {
  private readonly worker: Worker;
  private readonly messages: ThreadMessage[] = [];
  private wake: (() => void) | null = null;

  constructor(task: ThreadTask) {
    this.worker = startThread('loadWorker', { workerData: task });
    this.worker.on('message', (event: ThreadEvent) => this.broadcast(event));
    this.worker.on('error', (error) => this.broadcast({ type: 'lost', error }));
    this.worker.on('exit', (code) =>
      this.broadcast({ type: 'lost', error: new Error(`a thread that sends ended with ${code} before its load did`) }),
    );
  }

  order(order: ThreadOrder): void {
    this.worker.postMessage(order);
  }

  async ready(): Promise<void> {
    await this.take();
  }

  async next(): Promise<IteratorResult<PartSecond | PartEnded, void>> {
    const event = await this.take();
    return event === null ? { done: true, value: undefined } : { done: false, value: event };
  }

  async return(): Promise<IteratorResult<PartSecond | PartEnded, void>> {
    await this.worker.terminate();
    return { done: true, value: undefined };
  }

  /** Takes its next message; null for `ready`. Rejects with the error that ended it. */
  private async take(): Promise<PartSecond | PartEnded | null> {
    while (this.messages.length === 0) await new Promise<void>((resolve) => (this.wake = resolve));
    const event = this.messages.shift()!;
    if (event.type === 'failed') throw readError(event.error);
    if (event.type === 'lost') throw event.error;
    return event.type === 'ready' ? null : event;
  }

  private broadcast(event: ThreadMessage): void {
    this.messages.push(event);
    this.wake?.();
  }
}
