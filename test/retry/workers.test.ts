import { describe, expect, it } from 'vitest';
import { parseStatusRule } from '../../src/core/status.js';
import { sendPlanned } from '../../src/simulate/simulate.js';
import type { DeliveryTransport } from '../../src/transport/deliveryTransport.js';
import type { Exchanged } from '../../src/transport/exchange.js';
import { someDelivery } from '../support/delivery.js';
import { virtualClock } from './virtualClock.js';

const rules = {
  timeLimitMs: 5000,
  success: parseStatusRule('2xx', 'success'),
  successText: '2xx',
  resend: [],
  disabling: null,
} as never;

const exchanged = (status: number) =>
  ({
    status,
    timing: { totalMs: 1 },
    response: { headers: [], body: Buffer.alloc(0) },
    error: null,
  }) as unknown as Exchanged;

/** Returns how often more deliveries were requested, and how many were in flight at once at most. */
async function asked(deliveries: number, concurrency: number, statuses: readonly number[] = [200]) {
  let asks = 0;
  let underWay = 0;
  let most = 0;
  let sent = 0;
  const order: string[] = [];
  const source = {
    [Symbol.iterator]: () => ({
      next() {
        const at = asks++;
        if (at >= deliveries) return { done: true as const, value: undefined };
        return {
          done: false as const,
          value: { delivery: { ...someDelivery('http://localhost'), id: String(at) }, rules },
        };
      },
    }),
  };
  const transport: DeliveryTransport = {
    async send({ id }) {
      order.push(id!);
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay--;
      return exchanged(statuses[Math.min(sent++, statuses.length - 1)]!);
    },
    close: () => {},
  };
  const events = sendPlanned({
    deliveries: source,
    transport,
    clock: virtualClock(0),
    concurrency,
    timeLimitMs: null,
    expect: null,
    retry: statuses.length > 1 ? { delaysMs: [1000, 1000], speed: 1, respectsDisabling: false } : null,
  });
  let ended = 0;
  for await (const { type } of events) if (type === 'delivery') ended++;
  return { asks, most, ended, order: order.join(' ') };
}

describe('workers', () => {
  it.each([
    [1, 1000],
    [3, 1000],
  ])('are no more than %i deliveries, of %i that may be', async (deliveries, concurrency) => {
    const { asks, most, ended, order } = await asked(deliveries, concurrency);
    expect([most, ended]).toEqual([deliveries, deliveries]);
    expect(order).toBe([...Array(deliveries).keys()].join(' '));
    // Each worker asks for more when it is done, and once nothing is left to begin another for.
    expect(asks).toBe(deliveries + deliveries + 1);
  });

  it('are as many as may be where there is more to do', async () => {
    expect(await asked(10, 4)).toMatchObject({ most: 4, ended: 10, order: '0 1 2 3 4 5 6 7 8 9' });
  });

  it('send a retry that falls due while they ask for more', async () => {
    let due = () => {};
    const slept = new Promise<void>((resolve) => {
      due = resolve;
    });
    async function* one() {
      yield { delivery: someDelivery('http://localhost'), rules };
      due();
      await new Promise((resolve) => setImmediate(resolve));
    }
    const statuses = [500, 200];
    const messages: unknown[] = [];
    for await (const event of sendPlanned({
      deliveries: one(),
      transport: { send: async () => exchanged(statuses.shift()!), close: () => {} },
      clock: { now: () => 0, sleep: () => slept },
      concurrency: 1,
      timeLimitMs: null,
      expect: null,
      retry: { delaysMs: [1000], speed: 1, respectsDisabling: false },
    }))
      if (event.type === 'delivery') messages.push(event.attempts.map(({ status }) => status));
    expect(messages).toEqual([[500, 200]]);
  });

  it('try again what failed', async () => {
    expect(await asked(2, 1000, [500, 500, 500, 200])).toMatchObject({ ended: 2, most: 2, order: '0 1 0 1 0' });
  });
});
