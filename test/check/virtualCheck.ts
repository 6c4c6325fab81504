import { createHmac } from 'node:crypto';
import type { CaseSource } from '../../src/check/cases/case.js';
import { casesFor } from '../../src/check/cases/cases.js';
import { prepareCase } from '../../src/check/cases/prepareCase.js';
import { runChecks } from '../../src/check/runChecks.js';
import type { CheckEvent } from '../../src/core/check.js';
import type { Delivery } from '../../src/core/delivery.js';
import { seededRandom } from '../../src/core/random.js';
import type { Clock } from '../../src/core/world.js';
import { providerSchema } from '../../src/providers/schema.js';
import type { DeliveryTransport } from '../../src/transport/deliveryTransport.js';
import type { Exchanged } from '../../src/transport/exchange.js';
import { scalev } from '../support/providers.js';
import { equal, secret } from './receiver.js';

/** A clock whose time passes at once whenever nothing but time is waited for. */
class VirtualClock implements Clock {
  private time = 0;
  private readonly timers: { readonly at: number; readonly ring: () => void }[] = [];
  private isRunning = false;

  now = () => this.time;

  sleep = (ms: number) =>
    new Promise<void>((ring) => {
      this.timers.push({ at: this.time + ms, ring });
      void this.run();
    });

  private async run(): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    while (this.timers.length > 0) {
      // All that can go on without a clock does.
      for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
      const first = this.timers.reduce((a, b) => (b.at < a.at ? b : a));
      this.timers.splice(this.timers.indexOf(first), 1);
      this.time = Math.max(this.time, first.at);
      first.ring();
    }
    this.isRunning = false;
  }
}

/** A receiver's answer to a delivery, and how long it takes; forever is `Infinity`. */
export interface Served {
  readonly ms: number;
  readonly status: number;
}

export type Serve = (isGenuine: boolean, delivery: Delivery, now: number) => Served;

/** Verifies as it should, and takes so many milliseconds. */
export const slowReceiver =
  (ms: number): Serve =>
  (isGenuine) => ({ ms, status: isGenuine ? 200 : 401 });

function isSigned({ headers, body, method }: Delivery): boolean {
  const expected = createHmac('sha256', secret).update(body).digest('base64');
  const signatures = headers.filter(([name]) => name.toLowerCase() === 'x-scalev-hmac-sha256');
  return method === 'POST' && signatures.length === 1 && equal(signatures[0]![1], expected);
}

function exchanged(totalMs: number, status: number | null): Exchanged {
  const phases = { dnsMs: null, connectMs: 0, tlsMs: null, sendMs: 0, waitMs: null, receiveMs: null };
  const timedOut = { kind: 'timed_out', code: 'TIMED_OUT', phase: 'wait', message: 'no answer in time' } as const;
  return {
    remoteAddress: null,
    status,
    timing: { ...phases, totalMs, reused: false },
    response: status === null ? null : { headers: [], bytes: 0, body: new Uint8Array(), truncated: false },
    error: status === null ? timedOut : null,
  };
}

export interface VirtualCheckOptions {
  readonly timeLimitMs?: number;
  readonly budgetMs?: number;
  /** Names of the cases; all by default. */
  readonly only?: readonly string[];
}

/** Checks a receiver on a virtual clock; resolves with the cases, the summary and the milliseconds that it took. */
export async function virtualCheck(serve: Serve, { timeLimitMs, budgetMs, only }: VirtualCheckOptions = {}) {
  const clock = new VirtualClock();
  const transport: DeliveryTransport = {
    async send(delivery, limitMs) {
      const { ms, status } = serve(isSigned(delivery), delivery, clock.now());
      await clock.sleep(Math.min(ms, limitMs));
      return ms > limitMs ? exchanged(limitMs, null) : exchanged(ms, status);
    },
    close() {},
  };
  const provider = providerSchema.parse(scalev);
  const source: CaseSource = {
    provider,
    event: provider.defaultEvent,
    variant: null,
    urlFor: () => 'http://127.0.0.1:1/',
    secrets: [{ value: secret, source: '--secret', isSample: false }],
    headers: [],
    secretNames: [],
    random: seededRandom(7),
    now: () => Date.parse('2026-06-01T12:00:00Z'),
  };
  const isChosen = (name: string) => !only || name.startsWith('plain') || only.includes(name);
  const cases = casesFor(provider, provider.defaultEvent, false).filter(({ name }) => isChosen(name));
  const events = runChecks({
    ...{ source, transport, clock, isPartial: only !== undefined, url: 'http://127.0.0.1:1/' },
    ...{ timeLimitMs: timeLimitMs ?? null, budgetMs: budgetMs ?? null, signal: new AbortController().signal },
    cases: await Promise.all(cases.map((each) => prepareCase(each, source))),
  });
  const all: CheckEvent[] = [];
  for await (const event of events) all.push(event);
  const summary = all.find((event) => event.type === 'check-summary')!;
  return { cases: all.filter((event) => event.type === 'case'), summary, tookMs: clock.now() };
}
