import type { LoadEnded, LoadSecond } from '../../src/core/load.js';
import { seededRandom } from '../../src/core/random.js';
import { FlightCounter, wholeLoad } from '../../src/load/loadPart.js';
import type { LoadPlan, LoadTimer } from '../../src/load/loadPlan.js';
import type { LoadUnit } from '../../src/load/loadUnit.js';
import { playLoad } from '../../src/load/playLoad.js';
import { mergeLoad, runLoad } from '../../src/load/runLoad.js';
import type { PlannedDelivery } from '../../src/simulate/plan.js';
import type { DeliveryTransport } from '../../src/transport/deliveryTransport.js';

/** Time that goes by as soon as nothing else happens. */
export class VirtualTime implements LoadTimer {
  private ms = 0;
  private readonly waiting: { readonly at: number; readonly wake: () => void }[] = [];

  now = () => this.ms;

  wait = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const wake = () => {
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      this.waiting.push({ at: this.ms + Math.max(0, ms), wake });
      signal?.addEventListener('abort', wake, { once: true });
    });

  breathe = async () => {};

  /** Lets time go by until a promise is settled. */
  async until<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const end = () => {
      isDone = true;
    };
    work.then(end, end);
    while (!isDone) {
      await new Promise((resolve) => setImmediate(resolve));
      this.waiting.sort((a, b) => a.at - b.at);
      const next = this.waiting.shift();
      if (!next) continue;
      this.ms = Math.max(this.ms, next.at);
      next.wake();
    }
    return work;
  }
}

/** One delivery of nothing in particular. */
export const anyDelivery: PlannedDelivery = {
  delivery: {
    id: 'evt_1',
    provider: 'acme',
    event: 'thing.made',
    variant: null,
    forge: null,
    method: 'POST',
    url: 'http://127.0.0.1:9/',
    headers: [],
    body: new Uint8Array(100),
    framing: 'length',
    secretHeaders: [],
    secretParameters: [],
  },
  rules: {
    timeLimitMs: 10_000,
    timeLimitIsOurs: true,
    success: (status) => status === 200,
    successText: '200',
    resend: [],
    disabling: null,
  },
};

/** A unit of one delivery. */
export const plainUnit = (name = 'plain', weight = 1): LoadUnit => ({
  name,
  weight,
  play: (send) => send(anyDelivery),
});

/** Returns a receiver's answer to the delivery that arrives as the `number`th: its delay, and its status. */
type Answer = (number: number, nowMs: number) => { readonly ms: number; readonly status: number };

/** A load in virtual time, in so many parts, at a receiver that answers as is said; with each send that was seen. */
export async function virtualLoad(
  changes: Partial<LoadPlan>,
  answer: Answer = () => ({ ms: 5, status: 200 }),
  time = new VirtualTime(),
  threads = 1,
) {
  const sent: { readonly atMs: number; readonly fault: string | null }[] = [];
  const timing = { dnsMs: null, connectMs: null, tlsMs: null, sendMs: 0, waitMs: 0, receiveMs: 0, reused: true };
  const transport = {
    async send(_delivery, _limit, options) {
      const startMs = time.now();
      const { ms, status } = answer(sent.push({ atMs: startMs, fault: options?.fault?.kind ?? null }), startMs);
      await time.wait(ms);
      const totalMs = time.now() - startMs;
      const response = { headers: [], bytes: 2, body: new Uint8Array(2), truncated: false };
      return { remoteAddress: null, status, timing: { ...timing, totalMs }, response, error: null };
    },
    close() {},
  } as DeliveryTransport;
  const seconds: LoadSecond[] = [];
  let ended: LoadEnded | undefined;
  const work = async () => {
    const plan: LoadPlan = {
      units: [plainUnit()],
      stages: [{ durationMs: 10_000, fromRate: 100, toRate: 100 }],
      arrivals: 'constant',
      warmUpSeconds: 0,
      maxInFlight: 1000,
      duplicate: 0,
      faults: [],
      timeLimitMs: null,
      expect: null,
      transport,
      schedule: seededRandom(6),
      random: seededRandom(7),
      share: wholeLoad,
      flights: new FlightCounter(),
      clock: { now: () => 1_800_000_000_000 + time.now() },
      timer: time,
      machine: { begin() {}, end() {}, eventLoopMs: () => 1 },
      signal: new AbortController().signal,
      ...changes,
    };
    const cpu = { begin() {}, lap: () => 0.5, whole: () => 0.5 };
    const parts = Array.from({ length: threads }, (_, index) => {
      const playing = playLoad({ ...plan, schedule: seededRandom(6), share: { index, of: threads } });
      return { next: () => playing.next(), return: () => playing.return() };
    });
    const events = threads === 1 ? runLoad(plan, cpu) : mergeLoad(parts, { ...plan, cpu });
    for await (const event of events) {
      if (event.type === 'load') ended = event;
      else seconds.push(event);
    }
  };
  await time.until(work());
  return { ended: ended!, seconds, sent };
}
