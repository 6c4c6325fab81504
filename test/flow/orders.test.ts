import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { variableOf } from '../../src/session/flow/readProbe.js';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { statefulReceiver } from './statefulReceiver.js';

const names = [
  'natural',
  'again',
  'reversed',
  'shuffled 1',
  'shuffled 2',
  'shuffled 3',
  'duplicated',
  'replayed',
  'raced',
];

/** Runs all orderings of BharatCart's order against a receiver. */
async function orders(url: string, probe: string, ...flags: string[]) {
  const argv = ['flow', 'bharatcart', 'order', '--to', url, '--orders', '--probe', probe, '--seed', '3', ...flags];
  const { json, exitCode, stderr } = await cli([...argv, '--json', '-q']);
  expect(stderr).toBe('');
  const verdicts = json.filter(({ type }) => type === 'ordering');
  const { state, difference } = { state: new Map<string, string>(), difference: new Map<string, object>() };
  for (const verdict of verdicts) {
    state.set(verdict.ordering, verdict.state);
    if (verdict.differences.length > 0) difference.set(verdict.ordering, verdict.differences[0]);
  }
  return { exitCode, state, difference, verdicts, json, end: json.at(-1) };
}

const states = (...different: string[]) =>
  new Map(names.map((name) => [name, name === 'natural' ? 'first' : different.includes(name) ? 'different' : 'same']));
const byId = (url: string) => `${url}/orders/{data.orderId}`;

describe('the orders of a flow', () => {
  it('end in the same state at a receiver that goes by the times of the events', async () => {
    const { url } = await statefulReceiver('latest');
    const { state, exitCode, end, json } = await orders(url, byId(url));
    expect(state).toEqual(states());
    expect(exitCode).toBe(0);
    expect(end).toMatchObject({
      type: 'orders',
      flow: 'order',
      ok: true,
      different: [],
      ignored: ['row'],
      problem: null,
    });
    expect(end.summary).toMatchObject({ sent: 48, ok: 48 });
    const arrived = (ordering: string) =>
      json.filter(({ flow }) => flow?.ordering === ordering).map(({ flow }) => `${flow.step}.${flow.copy}`);
    expect(arrived('natural')).toEqual(['1.1', '2.1', '3.1', '4.1']);
    expect(arrived('reversed')).toEqual(['4.1', '3.1', '2.1', '1.1']);
    expect(arrived('duplicated')).toEqual(['1.1', '1.2', '2.1', '2.2', '3.1', '3.2', '4.1', '4.2']);
    expect(arrived('replayed')).toEqual(['1.1', '2.1', '3.1', '4.1', '4.2', '3.2', '2.2', '1.2']);
    expect(arrived('raced').sort()).toEqual(arrived('duplicated'));
    expect(new Set(json.filter(({ type }) => type === 'delivery').map(({ id }) => id)).size).toBe(9 * 4);
  });

  it('end in another state at a receiver that goes by the order in which they come', async () => {
    const { url } = await statefulReceiver('overwriting');
    const { state, difference, exitCode, end } = await orders(url, byId(url));
    expect(exitCode).toBe(1);
    expect(['reversed', 'replayed'].map((name) => state.get(name))).toEqual(['different', 'different']);
    expect(state.get('duplicated')).toBe('same');
    expect(difference.get('reversed')).toEqual({
      path: 'status',
      natural: '"order.delivered"',
      here: '"order.created"',
    });
    expect(end.ok).toBe(false);
    expect(end.different).toContain('reversed');
  });

  it('find a receiver that counts what comes twice', async () => {
    const { url } = await statefulReceiver('counting');
    const { state, difference, exitCode } = await orders(url, byId(url));
    expect(exitCode).toBe(1);
    expect(state).toEqual(states('duplicated', 'replayed', 'raced'));
    expect(difference.get('duplicated')).toEqual({ path: 'paid', natural: '5897', here: '11794' });
  });

  it('know the identities of each run wherever the state has them', async () => {
    const { url } = await statefulReceiver('overwriting');
    const { state, difference, end } = await orders(url, `${url}/orders-keyed/{data.orderId}`);
    expect(end.ignored).toEqual(['["{data.orderId}"].row']);
    expect(state.get('again')).toBe('same');
    expect(difference.get('reversed')).toEqual({
      path: '["{data.orderId}"].status',
      natural: '"order.delivered"',
      here: '"order.created"',
    });
  });

  it('are shown to people, a line each', async () => {
    const { url } = await statefulReceiver('counting');
    const { stdout } = await cli(['flow', 'bharatcart', 'order', '--to', url, '--orders', '--probe', byId(url), '-q']);
    expect(stdout.split('\n')).toEqual([
      'order: An order is placed, paid, shipped and delivered (bharatcart, 4 events in 4 d 3 h)',
      '  ✓ natural    one after another, as they happened: 4 accepted, its state is what the others are compared with',
      '      before: {"status":404,"body":{"error":"not found"}}',
      expect.stringMatching(/^ {6}after: {2}\{"status":"order\.delivered","at":".*","paid":5897,"row":1\}$/),
      '  ✓ again      the same again: 4 accepted, the same state',
      '  ✓ reversed   the last one first: 4 accepted, the same state',
      '  ✓ shuffled 1 in a random order: 4 accepted, the same state',
      '  ✓ shuffled 2 in another random order: 4 accepted, the same state',
      '  ✓ shuffled 3 in another random order: 4 accepted, the same state',
      '  ✗ duplicated each one twice in a row: 8 accepted, another state',
      '      paid is 11794, after the natural order 5897',
      '  ✗ replayed   all of them, and again from the last to the first: 8 accepted, another state',
      '      paid is 11794, after the natural order 5897',
      '  ✗ raced      all at once, each one twice: 8 accepted, another state',
      '      paid is 11794, after the natural order 5897',
      'Not compared, as it differs between equal runs: row',
      'The receiver ends in another state when events come duplicated, replayed, raced.',
      '',
    ]);
  });

  it('say so where the probe shows more than one run', async () => {
    const { url, listUrl } = await statefulReceiver('latest');
    const { state, exitCode, end } = await orders(url, listUrl);
    expect(exitCode).toBe(1);
    expect([...state]).toEqual([
      ['natural', 'first'],
      ['again', 'different'],
    ]);
    expect(end.problem).toMatch(/^nothing was compared: two equal runs end in different states\. /);
  });

  it.each<[string, (count: number) => string]>([
    ['a constant', () => '{"ok":true}'],
    ['a constant and a number of its own', (count) => `{"ok":true,"request":${count}}`],
    ['a text of its own each time', (count) => `request ${count}`],
    ['values of its own only', (count) => `{"id":"r-${count}","nested":{"at":${count}}}`],
    ['a list that grows by itself', (count) => JSON.stringify(Array(count).fill(0))],
  ])('say that nothing was compared where the probe shows %s', async (_, state) => {
    let count = 0;
    const server = await captureServer(({ body }) => {
      const text = body.length > 0 ? 'ok' : state(++count);
      return `HTTP/1.1 200 OK\r\nContent-Length: ${text.length}\r\n\r\n${text}`;
    });
    const { exitCode, end, verdicts } = await orders(server.url, `${server.url}/state`);
    expect(exitCode).toBe(1);
    expect(end).toMatchObject({ ok: false, different: [] });
    expect(end.problem).toMatch(/^nothing was compared: /);
    expect(verdicts.length).toBeLessThanOrEqual(2);
  });

  it('say that nothing was compared where the probe finds nothing, and show it', async () => {
    const { url } = await statefulReceiver('latest');
    const probe = `${url}/orders/other-{data.orderId}`;
    const { end, exitCode, verdicts } = await orders(url, probe);
    const missing = '{"status":404,"body":{"error":"not found"}}';
    expect(verdicts).toEqual([expect.objectContaining({ state: 'first', before: missing, seen: missing })]);
    expect(end.problem).toMatch(/^nothing was compared: the probe shows the same before the first event and after/);
    expect(exitCode).toBe(1);
  });

  it('show all places that differ, without secrets', async () => {
    let last = 'none';
    const server = await captureServer(({ body }) => {
      if (body.length > 0) last = JSON.parse(body.toString()).event;
      const text = JSON.stringify({ status: last, key: 'CANARY-1234', last });
      return `HTTP/1.1 200 OK\r\nContent-Length: ${text.length}\r\n\r\n${text}`;
    });
    const flags = ['--to', server.url, '--probe', `${server.url}/state`, '--secret', 'CANARY-1234'];
    const { stdout, exitCode } = await cli([...['flow', 'bharatcart', 'order', '--orders', ...flags, '-q']]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('      last is "order.created", after the natural order "order.delivered"\n');
    expect(stdout).toContain('      status is "order.created", after the natural order "order.delivered"\n');
    expect(stdout).toContain('"key":"(secret)"');
    expect(stdout).not.toContain('CANARY');
  });

  it('tell each ordering about other things, at the same times', async () => {
    const events = new Map<string, number>();
    const server = await captureServer(({ requestLine, body }) => {
      const id = body.length > 0 ? JSON.parse(body.toString()).data.orderId : requestLine.split(/[ /]/)[3];
      if (body.length > 0) events.set(id, 1);
      return `HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n${events.get(id) ?? 0}`;
    });
    const { exitCode } = await orders(server.url, `${server.url}/state/{data.orderId}`);
    expect(exitCode).toBe(0);
    const asked = server.requests.filter(({ requestLine }) => requestLine.startsWith('GET'));
    expect(new Set(asked.map(({ requestLine }) => requestLine)).size).toBe(names.length);
    const bodies = server.requests.filter(({ body }) => body.length > 0).map(({ body }) => JSON.parse(body.toString()));
    expect(new Set(bodies.map(({ data }) => data.orderId)).size).toBe(names.length);
    expect(new Set(bodies.map(({ timestamp }) => timestamp)).size).toBe(4);
  });

  it('fail where deliveries are not accepted, also where the state is the same', async () => {
    let count = 0;
    const server = await captureServer(({ requestLine, body }) => {
      if (body.length > 0) count = 1;
      const rejected = requestLine.startsWith('POST') && body.includes('order.shipped');
      return `HTTP/1.1 ${rejected ? 409 : 200} -\r\nContent-Length: 1\r\n\r\n${count}`;
    });
    const { exitCode, state, end } = await orders(server.url, `${server.url}/state`);
    expect(state).toEqual(states());
    expect(end).toMatchObject({ ok: false, different: [] });
    expect(exitCode).toBe(1);
    count = 0;
    const { stdout } = await cli([
      ...['flow', 'bharatcart', 'order', '--to', server.url, '--orders', '--probe', `${server.url}/state`],
    ]);
    expect(stdout).toContain('3 of 4 accepted');
    expect(stdout).toMatch(/\+1 d 2 h ✗ 409 order\.shipped/);
    expect(stdout).toContain('The state is always the same, but 12 of 48 deliveries were not accepted.');
  });

  it('lose an event in each ordering where one is dropped', async () => {
    const { url } = await statefulReceiver('latest');
    const { end } = await orders(url, byId(url), '--drop', 'order.delivered');
    expect(end.summary.sent).toBe(36);
    expect(end.ok).toBe(true);
  });
});

describe('a probe', () => {
  it('shows the state after a flow', async () => {
    const { url } = await statefulReceiver('latest');
    const argv = ['flow', 'bharatcart', 'order', '--to', url, '--probe', byId(url), '--now', '2026-06-01T12:00:00Z'];
    const { stdout, exitCode } = await cli(argv);
    expect(stdout).toContain('\nState: {"status":"order.delivered","at":"2026-06-01T12:00:00Z","paid":5897,"row":1}\n');
    expect(exitCode).toBe(0);
    const { json } = await cli([...argv, '--json']);
    expect(json.at(-2)).toEqual({
      schemaVersion: 1,
      type: 'state',
      flow: 'order',
      state: { status: 'order.delivered', at: '2026-06-01T12:00:00Z', paid: 5897, row: 2 },
      problem: null,
    });
  });

  it('waits for a receiver that works on after its answer', async () => {
    const { url } = await statefulReceiver('latest', { delayMs: 60 });
    const { stdout } = await cli(['flow', 'bharatcart', 'order', '--to', url, '--probe', byId(url), '-q']);
    expect(stdout).toContain('State: {"status":"order.delivered",');
  });

  it('can be a command, with the identities in its environment', async () => {
    const { url } = await statefulReceiver('counting');
    const cwd = folderOf({ 'state.mjs': '' });
    writeFileSync(
      join(cwd, 'state.mjs'),
      `console.log(await (await fetch('${url}/orders/' + process.env.FLOW_DATA_ORDER_ID)).text())`,
    );
    const argv = [
      'flow',
      'bharatcart',
      'order',
      '--to',
      url,
      '--probe',
      `"${process.execPath}" state.mjs`,
      '--drop',
      'order.shipped',
    ];
    const { stdout, exitCode } = await cli(argv, { cwd });
    expect(stdout).toContain('"paid":5897');
    expect(exitCode).toBe(0);
  });

  it.each([
    ['data.orderId', 'FLOW_DATA_ORDER_ID'],
    ['order.paid:data.items[0].productId', 'FLOW_ORDER_PAID_DATA_ITEMS_0_PRODUCT_ID'],
    ['unique_id', 'FLOW_UNIQUE_ID'],
  ])('names %s in the environment as %s', (name, variable) => {
    expect(variableOf(name)).toBe(variable);
  });

  it('asks for what one event was about, and shows text line by line', async () => {
    const server = await captureServer('HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\none\r\ntwo');
    const probe = `${server.url}/{commercelayer}`.replace(
      '{commercelayer}',
      '{customers.create:data.id}/{data.attributes.number}',
    );
    const { json } = await cli(['flow', 'commercelayer', 'order', '--to', server.url, '--probe', probe, '--json']);
    expect(json.at(-2).state).toEqual(['one', 'two']);
    const customer = server.requests.find((each) => each.header('X-CommerceLayer-Topic') === 'customers.create')!;
    const order = server.requests.find((each) => each.header('X-CommerceLayer-Topic') === 'orders.create')!;
    const { data } = JSON.parse(order.body.toString());
    expect(server.requests.at(-1)!.requestLine).toBe(
      `GET /${JSON.parse(customer.body.toString()).data.id}/${data.attributes.number} HTTP/1.1`,
    );
  });

  it('sends the headers of the command line to the target alone', async () => {
    const [target, other] = [await captureServer(), await captureServer()];
    const flow = ['flow', 'bharatcart', 'order', '--to', target.url, '-H', 'Authorization: Bearer T', '-q'];
    await cli([...flow, '--probe', `${target.url}/state`]);
    await cli([...flow, '--probe', `${other.url}/state`]);
    expect(target.requests.find(({ requestLine }) => requestLine.startsWith('GET'))!.header('Authorization')).toBe(
      'Bearer T',
    );
    expect(other.requests[0]!.header('Authorization')).toBeUndefined();
  });

  it('takes what is gone for a state, and other rejections for a failure', async () => {
    const { url } = await statefulReceiver('latest');
    const gone = await cli(['flow', 'bharatcart', 'order', '--to', url, '--probe', `${url}/orders/nothing`, '-q']);
    expect(gone.stdout).toContain('State: {"status":404,"body":{"error":"not found"}}');
    expect(gone.exitCode).toBe(0);
    const broken = await statefulReceiver('latest', { broken: true });
    const { exitCode, end } = await orders(broken.url, byId(broken.url));
    expect(exitCode).toBe(1);
    expect(end.problem).toBe('The probe was answered 500, which is not a state.');
  });

  it.each<[string, string, number, RegExp]>([
    [
      'that nobody answers',
      'http://127.0.0.1:9/state',
      3,
      /no state: The probe got no answer: nothing listens at 127\.0\.0\.1:9/,
    ],
    [
      'that fails',
      'echo oops$(printf "\\033")[2J >&2; exit 3',
      1,
      /no state: The probe ended with exit code 3: oops\\x1b\[2J/,
    ],
    ['that is killed', 'kill -9 $$', 1, /no state: The probe was ended by SIGKILL/],
    ['that never ends', 'sleep 30 & sleep 30', 4, /no state: The probe took longer than 700 ms/],
    ['that prints without end', 'yes', 1, /no state: The state is larger than the 1 MiB/],
    ['that is no command', 'no-such-command-anywhere', 1, /no state: The probe ended with exit code 127/],
  ])('%s is a failure that is told', async (_, probe, expected, message) => {
    const server = await captureServer();
    const { stdout, exitCode } = await cli([
      ...['flow', 'bharatcart', 'order', '--to', server.url, '--probe', probe],
      // Only what never ends meets its limit, however busy the machine is.
      ...['--timeout', expected === 4 ? '700ms' : '30s'],
    ]);
    expect(stdout).toMatch(message);
    expect(stdout).not.toContain('\u001b');
    expect(exitCode).toBe(expected);
  });

  it('ends with the run that is interrupted', async () => {
    const controller = new AbortController();
    const server = await captureServer();
    const cwd = folderOf({});
    const argv = ['flow', 'bharatcart', 'order', '--to', server.url, '--probe', 'touch begun; sleep 20'];
    const ended = cli(argv, { cwd, signal: controller.signal });
    await expect.poll(() => existsSync(join(cwd, 'begun')), { timeout: 30_000 }).toBe(true);
    controller.abort('SIGINT');
    expect((await ended).exitCode).toBe(130);
  });

  it('is bounded in what it takes', async () => {
    const server = createServer((request, response) => {
      request.resume();
      response.end(request.method === 'GET' ? 'x'.repeat(70_000) : 'ok');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { stdout, exitCode } = await cli(['flow', 'bharatcart', 'order', '--to', url, '--probe', `${url}/`]);
    expect(stdout).toContain('no state: The state is larger than the 64 KiB');
    expect(exitCode).toBe(1);
  });
});
