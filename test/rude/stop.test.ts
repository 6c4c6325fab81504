import { expect, it } from 'vitest';
import { parseStatusRule } from '../../src/core/status.js';
import { sendPlanned } from '../../src/simulate/simulate.js';
import { Transport } from '../../src/transport/transport.js';
import { someDelivery } from '../support/delivery.js';
import { roundTrips } from '../support/roundTrips.js';
import { onRequest, rudeServer } from '../support/rude.js';

const fine = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const rules = {
  timeLimitMs: 5000,
  timeLimitIsOurs: true,
  success: parseStatusRule('2xx', 'rule'),
  successText: '2xx',
  resend: [],
  disabling: null,
};

async function runOf(headers: readonly (readonly [string, string])[] = []) {
  let requests = 0;
  const { url } = await rudeServer(onRequest((socket) => ++requests && socket.write(fine)));
  const deliveries = Array.from({ length: 100 }, (_, i) => ({
    delivery: { ...someDelivery(url), headers: i === 4 ? headers : [] },
    rules,
  }));
  const clock = { now: () => 0, sleep: async () => {} };
  const events = sendPlanned({
    deliveries,
    transport: new Transport(),
    clock,
    concurrency: 3,
    timeLimitMs: null,
    expect: null,
  });
  return { events, requests: () => requests };
}

/** As many requests as the run would send, if it went on. */
const settled = () => roundTrips(100);

it('a run whose consumer breaks off sends no more', async () => {
  const { events, requests } = await runOf();
  for await (const event of events) {
    expect(event.type).toBe('delivery');
    break;
  }
  await settled();
  expect(requests()).toBeLessThan(10);
});

it('a run that fails sends no more', async () => {
  const { events, requests } = await runOf([['Expect', 'x']]);
  await expect(async () => {
    for await (const _ of events);
  }).rejects.toThrow('expect');
  await settled();
  expect(requests()).toBeLessThan(10);
});
