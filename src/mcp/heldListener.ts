import type { Project } from '../config/project.js';
import { UsageError } from '../core/errors.js';
import { globPattern } from '../core/globPattern.js';
import type { Listened } from '../core/listened.js';
import type { Clock, World } from '../core/world.js';
import { type DeliveryLog, logDeliveries } from '../history/logDeliveries.js';
import { receivedLine } from '../report/listen/receivedLines.js';
import type { ReadyListen } from '../session/listen/prepareListen.js';
import { runListen } from '../session/listen/runListen.js';
import { toolName } from './toolName.js';

/** The most requests that wait to be fetched; the oldest are dropped. */
const maxWaiting = 1000;

interface Waiting {
  readonly event: string | null;
  readonly line: object;
}

interface Listening {
  readonly url: string;
  readonly controller: AbortController;
  readonly ended: Promise<unknown>;
}

/** The requests to wait for. */
export interface AwaitedRequests {
  /** A name or pattern of the last event that is waited for; null where any request counts. */
  readonly until: string | null;
  readonly count: number;
  readonly timeoutMs: number;
}

/** The server's listener: one at a time, with the requests that were not fetched yet. */
export class HeldListener {
  private listening: Listening | null = null;
  private waiting: Waiting[] = [];
  private left = 0;
  private readonly wakers = new Set<() => void>();
  /** Starts and stops one after the other. */
  private turn: Promise<unknown> = Promise.resolve();

  /** Starts it; one that listens is stopped before. Resolves with its address. Throws a UsageError where the port can't be opened. */
  start(ready: ReadyListen, means: { readonly io: World; readonly project: Project }): Promise<string> {
    return this.inTurn(async () => {
      await this.end();
      return this.listen(ready, means);
    });
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.turn.then(work);
    this.turn = next.catch(() => {});
    return next;
  }

  private listen(
    ready: ReadyListen,
    { io, project }: { readonly io: World; readonly project: Project },
  ): Promise<string> {
    const controller = new AbortController();
    const world = Object.create(io, { interrupted: { value: controller.signal } }) as World;
    const log: DeliveryLog = logDeliveries({ project, command: 'listen' }, { nameOf: toolName }, world);
    return new Promise<string>((resolve, reject) => {
      const watch = {
        listening: (url: string) => {
          this.listening = { url, controller, ended };
          resolve(url);
        },
        received: (listened: Listened) => this.take(listened, world),
        warn: () => {},
      };
      const ended = runListen(ready, log, watch, world);
      ended.catch(reject);
    });
  }

  /** Stops the listener, and drops requests that were not fetched; returns whether there was one. */
  stop(): Promise<boolean> {
    return this.inTurn(() => this.end());
  }

  private async end(): Promise<boolean> {
    const before = this.listening;
    this.listening = null;
    this.waiting = [];
    this.left = 0;
    before?.controller.abort('stopped');
    await before?.ended.catch(() => {});
    return before !== null;
  }

  /** Waits until the awaited requests arrive, the time is over or the signal aborts; returns the requests, each once. Throws a UsageError. */
  async wait(
    { until, count, timeoutMs }: AwaitedRequests,
    { clock, interrupted }: { clock: Clock; interrupted: AbortSignal },
  ) {
    if (this.listening === null) {
      throw new UsageError('NOT_LISTENING', 'Nothing listens yet.', {
        hint: 'Call listen first: it returns the address.',
      });
    }
    const pattern = until === null ? null : globPattern(until);
    const isThere = () =>
      pattern === null
        ? this.waiting.length >= count
        : this.waiting.filter(({ event }) => event !== null && pattern.test(event)).length >= count;
    const over = new AbortController();
    const timer = clock.sleep(timeoutMs, AbortSignal.any([over.signal, interrupted])).then(
      () => true,
      () => true,
    );
    let isOver = false;
    while (!isThere() && !isOver) {
      const woken = new Promise<boolean>((resolve) => {
        this.wakers.add(() => resolve(false));
      });
      isOver = await Promise.race([timer, woken]);
    }
    over.abort();
    const isMet = isThere();
    const received = this.waiting.map(({ line }) => line);
    const left = this.left;
    this.waiting = [];
    this.left = 0;
    return { url: this.listening?.url ?? null, arrived: isMet, received, leftOut: left };
  }

  private take(listened: Listened, { secrets }: World): void {
    this.waiting.push({ event: listened.event?.name ?? null, line: JSON.parse(receivedLine(listened, secrets)) });
    if (this.waiting.length > maxWaiting) {
      this.waiting.shift();
      this.left++;
    }
    this.wake();
  }

  /** Lets all who wait look again. */
  private wake(): void {
    for (const waker of this.wakers) waker();
    this.wakers.clear();
  }
}
