import { expect, it } from 'vitest';
import type { Captured } from '../support/capture.js';
import { readXml } from '../support/readXml.js';
import { answer, runJson, runSuite } from './run.js';

const target = 'target: RECEIVER\ncases:\n';
const eventOf = ({ body }: Captured) => JSON.parse(body.toString()).event as string;
const failures = (result: { failures: { expectation: string; message: string }[] }) =>
  result.failures.map(({ expectation, message }) => `${expectation}: ${message}`);

it('tells a flow as one result, in its order', async () => {
  const { results, requests, exitCode } = await runJson(`${target}  - flow: bharatcart order\n`);
  expect(requests.map(eventOf)).toEqual(['order.created', 'order.paid', 'order.shipped', 'order.delivered']);
  expect(new Set(requests.map(({ body }) => JSON.parse(body.toString()).data.orderId)).size).toBe(1);
  expect(results).toMatchObject([
    {
      case: 'flow bharatcart order',
      kind: 'flow',
      provider: 'bharatcart',
      event: null,
      status: 'passed',
      deliveries: 4,
    },
  ]);
  expect(exitCode).toBe(0);
});

it('fails a flow whose deliveries are not as expected, each event by its name', async () => {
  const rejecting = (request: Captured) => answer(eventOf(request) === 'order.paid' ? 409 : 200);
  const { results, exitCode } = await runJson(`${target}  - flow: bharatcart order\n`, { answer: rejecting });
  expect(failures(results[0])).toEqual([
    'accepted: order.paid: not accepted: 409 (once)',
    'count: 1 of 4 deliveries were not as expected',
  ]);
  expect(exitCode).toBe(1);
  const fine = await runJson(`${target}  - { flow: bharatcart order, expect: '200,409' }\n`, { answer: rejecting });
  expect(fine.results[0].status).toBe('passed');
});

it('tells a flow reversed, with losses and copies', async () => {
  const keys = 'order: reversed, drop: order.paid, duplicate: 2';
  const { requests } = await runJson(`${target}  - { flow: bharatcart order, ${keys} }\n`);
  const events = ['order.delivered', 'order.shipped', 'order.created'];
  expect(requests.map(eventOf)).toEqual(events.flatMap((event) => [event, event]));
});

it('fails where the state depends on the order, and not where it does not', async () => {
  const states = new Map<string, { last: string; all: string[] }>();
  const receiver = (shown: 'last' | 'all') => (request: Captured) => {
    const id = /^GET \/(.*) HTTP/.exec(request.requestLine)?.[1];
    if (id !== undefined) return answer(200, JSON.stringify(states.get(id)?.[shown] ?? null));
    const { event, data } = JSON.parse(request.body.toString());
    const all = new Set([...(states.get(data.orderId)?.all ?? []), event]);
    states.set(data.orderId, { last: event, all: [...all].sort() });
    return answer(200);
  };
  const suite = `${target}  - { flow: bharatcart order, orders: true, probe: 'RECEIVER/{data.orderId}' }\n`;
  const same = await runJson(suite, { answer: receiver('all') });
  expect([same.results[0].status, same.exitCode]).toEqual(['passed', 0]);
  const { results, exitCode } = await runJson(suite, { answer: receiver('last') });
  expect(failures(results[0])[0]).toMatch(
    /^orders: reversed ends in another state: .*"order.created".*"order.delivered"/,
  );
  expect(exitCode).toBe(1);
});

it.each<[string, (events: readonly string[], asked: number) => string, RegExp]>([
  [
    'what is missing in a state',
    (events) => {
      const isPaidFirst = events.indexOf('order.paid') < events.indexOf('order.shipped');
      return answer(200, JSON.stringify({ events: events.length > 0, ...(isPaidFirst && { paid: true }) }));
    },
    /^orders: reversed ends in another state: paid is missing, and true after the natural order$/m,
  ],
  [
    'a state that could not be seen',
    (events) => (events[0] === 'order.delivered' ? answer(503, 'busy') : answer(200, JSON.stringify(events.length))),
    /^probe: reversed: .*503/m,
  ],
  [
    'that nothing was compared',
    (_, asked) => answer(200, JSON.stringify(Array.from({ length: asked }))),
    /^orders: nothing was compared: two equal runs end in different states\. The probe has to show/m,
  ],
])('tells in the JUnit report of a flow in all orders %s', async (_, state, message) => {
  const orders = new Map<string, string[]>();
  let asked = 0;
  const receiver = (request: Captured) => {
    const id = /^GET \/(.*) HTTP/.exec(request.requestLine)?.[1];
    if (id !== undefined) return state(orders.get(id) ?? [], ++asked);
    const { event, data } = JSON.parse(request.body.toString());
    orders.set(data.orderId, [...(orders.get(data.orderId) ?? []), event]);
    return answer(200);
  };
  const suite = `${target}  - { flow: bharatcart order, orders: true, probe: 'RECEIVER/{data.orderId}' }\n`;
  const { stdout, exitCode } = await runSuite(suite, { answer: receiver, args: ['--report', 'junit=-'] });
  const [testcase] = readXml(stdout).children[0]!.children;
  const failure = testcase!.children.find(({ tag }) => tag === 'failure');
  expect(failure?.text).toMatch(message);
  expect(exitCode).not.toBe(0);
});

it('tells a flow of the config, also across providers', async () => {
  const config = `flows:
  both:
    steps:
      - send: scalev order.created
        capture: { id: id }
      - send: commercelayer orders.place
        set: { data.id: '\${id}' }
`;
  const files = { 'webhook-sim.config.yaml': config };
  const suite = `${target}  - flow: both\n`;
  const { results, requests } = await runJson(suite, { files, answer: answer(200, '{"id":"mine"}') });
  expect(results).toMatchObject([{ provider: null, status: 'passed', deliveries: 2 }]);
  expect(JSON.parse(requests[1]!.body.toString()).data.id).toBe('mine');
  const without = await runJson(suite, { files, answer: answer(200, '{}') });
  expect(failures(without.results[0])).toEqual([expect.stringMatching(/^capture: step \d: .*id/)]);
  expect(without.exitCode).toBe(1);
});

it('tries again as the provider does: the last attempt is what counts', async () => {
  let left = 2;
  const failing = () => answer(left-- > 0 ? 500 : 200);
  const suite = `${target}  - { send: bharatcart order.created, retry: true, speed: instant }\n`;
  const { results, json, exitCode } = await runJson(suite, { answer: failing });
  expect([results[0].status, exitCode]).toEqual(['passed', 0]);
  const [delivery] = json.filter(({ type }) => type === 'delivery');
  expect(delivery.attempts.map(({ status, scheduledAtMs }: never) => [status, scheduledAtMs])).toEqual([
    [500, 0],
    [500, 60_000],
    [200, 660_000],
  ]);
  left = 9;
  const lost = await runJson(suite, { answer: failing });
  expect([failures(lost.results[0]), lost.exitCode]).toEqual([['accepted: not accepted: 500'], 1]);
  expect(lost.requests).toHaveLength(4);
});

it('keeps the results of several events apart where deliveries are repeated and tried again', async () => {
  let turn = 0;
  const failing = (request: Captured) => answer(eventOf(request) === 'order.paid' && turn++ < 2 ? 500 : 200);
  const keys = 'count: 2, duplicate: 3, concurrency: 4, schedule: "1s", speed: instant';
  const suite = `${target}  - { send: bharatcart order.*, ${keys} }\n`;
  const { results, requests } = await runJson(suite, { answer: failing });
  expect(results.map(({ event, status, deliveries }) => [event, status, deliveries])).toEqual(
    ['created', 'paid', 'shipped', 'delivered', 'cancelled'].map((name) => [`order.${name}`, 'passed', 6]),
  );
  expect(requests).toHaveLength(5 * 6 + 2);
});

it('fails what the provider would not have sent any more', async () => {
  const keys = 'count: 12, schedule: "1s", speed: instant';
  const suite = `${target}  - { send: bharatcart order.created, ${keys} }\n`;
  const { results, exitCode } = await runJson(suite, { answer: answer(500) });
  expect(results[0].status).toBe('failed');
  expect(failures(results[0]).join()).toMatch(
    /\d+ of 12 deliveries were withheld: the provider would have stopped sending/,
  );
  expect(exitCode).toBe(1);
});

it('cuts a body, and counts the whole delivery after it', async () => {
  const suite = `${target}  - { send: scalev order.created, fault: cut-body }\n`;
  const { results, json, exitCode } = await runJson(suite);
  expect([results[0].status, exitCode]).toEqual(['passed', 0]);
  const [delivery] = json.filter(({ type }) => type === 'delivery');
  expect(delivery.attempts.map(({ error }: { error: { code: string } | null }) => error?.code ?? null)).toEqual([
    'CUT_ON_PURPOSE',
    null,
  ]);
});

it.each([
  ['{ flow: scalev }', /flow scalev: "scalev" is not one flow/],
  ['{ flow: scalev fulfilmnt }', /has no flow fulfilmnt. Did you mean fulfilment/],
  ['{ flow: bharatcart order, orders: true }', /: orders compares the states/],
  ['{ flow: bharatcart order, retry: true }', /retry: says nothing in a flow/],
  ['{ flow: bharatcart order, capture: { a: b } }', /capture: says nothing in a flow/],
  ['{ flow: bharatcart order, drop: order.payd }', /order\.payd/],
  ['{ send: scalev order.created, retry: true }', /does not say how often/],
  ['{ send: scalev order.created, fault: cut }', /: fault: "cut" is not a fault/],
  ['{ send: scalev order.created, order: reversed }', /order: says nothing in a send/],
  ['{ send: scalev order.created, flow: scalev fulfilment }', /exactly one of send, check, flow, handshake and load/],
])('sends nothing where it says %s', async (written, message) => {
  const { stderr, requests, exitCode } = await runJson(`${target}  - ${written}\n`);
  expect(stderr).toMatch(message);
  expect([exitCode, requests.length]).toEqual([2, 0]);
});
