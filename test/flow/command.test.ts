import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { sentFlow } from './sentFlow.js';

const order = ['flow', 'bharatcart', 'order'];
const events = ['order.created', 'order.paid', 'order.shipped', 'order.delivered'];
const answer = (status: number) => `HTTP/1.1 ${status} -\r\nContent-Length: 0\r\n\r\n`;
const sent = async (...flags: string[]) => (await sentFlow('bharatcart', 'order', ...flags)).map(({ event }) => event);

describe('flow', () => {
  it('shows a timeline', async () => {
    const server = await captureServer();
    const { stdout, stderr, exitCode } = await cli([...order, '--to', server.url, '--secret', 'x']);
    const lines = stdout.replaceAll(/[\d.,]+ ms/g, 'N ms').split('\n');
    expect(lines).toEqual([
      'order: An order is placed, paid, shipped and delivered (bharatcart, 4 events in 4 d 3 h)',
      '         +0 s ✓ 200 order.created N ms',
      '  +1 min 24 s ✓ 200 order.paid N ms',
      '     +1 d 2 h ✓ 200 order.shipped N ms',
      '     +4 d 3 h ✓ 200 order.delivered N ms',
      '4 sent · 4 accepted · p50 N ms, p95 N ms, max N ms',
      '',
    ]);
    expect(stderr).toMatch(/^BharatCart to http:\S+, signed with the secret of --secret \(fingerprint \w{8}\)\n$/);
    expect(exitCode).toBe(0);
  });

  it('tells its place in each JSON line', async () => {
    const server = await captureServer();
    const { json } = await cli([...order, '--to', server.url, '--json', '--duplicate', '2', '--drop', 'order.paid']);
    expect(json.slice(0, -1).map(({ type, event, flow }) => [type, event, flow])).toEqual([
      ['delivery', 'order.created', { name: 'order', step: 1, copy: 1, offsetMs: 0 }],
      ['delivery', 'order.created', { name: 'order', step: 1, copy: 2, offsetMs: 0 }],
      ['delivery', 'order.shipped', { name: 'order', step: 3, copy: 1, offsetMs: 95_559_000 }],
      ['delivery', 'order.shipped', { name: 'order', step: 3, copy: 2, offsetMs: 95_559_000 }],
      ['delivery', 'order.delivered', { name: 'order', step: 4, copy: 1, offsetMs: 359_591_000 }],
      ['delivery', 'order.delivered', { name: 'order', step: 4, copy: 2, offsetMs: 359_591_000 }],
    ]);
    expect(json.at(-1)).toMatchObject({ type: 'summary', flow: 'order', sent: 6, accepted: 6, ok: 6 });
    expect(json[0].attempts[0].status).toBe(200);
  });

  it('lists the flows of a provider, of all, and their events', async () => {
    const all = await cli(['flow']);
    for (const title of ['Scalev (scalev)', 'BharatCart (bharatcart)', 'Commerce Layer (commercelayer)']) {
      expect(all.stdout).toContain(title);
    }
    const one = await cli(['flow', 'bharatcart']);
    expect(one.stdout.split('\n')).toEqual([
      'BharatCart (bharatcart)',
      '  order         An order is placed, paid, shipped and delivered',
      '  cancellation  An order is paid, and cancelled before it is shipped',
      '  product       A product is listed, sells well, becomes cheaper and is withdrawn',
      '',
    ]);
    const steps = await cli(['flow', 'bharatcart', 'cancellation', '--list']);
    expect(
      steps.stdout
        .split('\n')
        .slice(2, 5)
        .map((line) => line.trim()),
    ).toEqual(['+0 s  order.created', '+1 min 24 s  order.paid', '+1 d 21 h  order.cancelled']);
    const { json } = { json: JSON.parse((await cli(['flow', 'bharatcart', '--json'])).stdout) };
    expect(json).toMatchObject({ schemaVersion: 1, type: 'flow-list' });
    expect(json.flows[1]).toEqual({
      name: 'cancellation',
      title: 'An order is paid, and cancelled before it is shipped',
      providers: ['bharatcart'],
      steps: [
        { provider: 'bharatcart', event: 'order.created', variant: null, offsetMs: 0 },
        { provider: 'bharatcart', event: 'order.paid', variant: null, offsetMs: 84_000 },
        { provider: 'bharatcart', event: 'order.cancelled', variant: null, offsetMs: 162_449_000 },
      ],
    });
  });

  it('sends every flow of a provider with --all', async () => {
    const server = await captureServer();
    const { stdout, exitCode } = await cli(['flow', 'bharatcart', '--all', '--to', server.url]);
    expect(exitCode).toBe(0);
    expect(stdout.match(/^\w+: /gm)).toEqual(['order: ', 'cancellation: ', 'product: ']);
    expect(server.requests).toHaveLength(11);
  });

  it('sends in another order', async () => {
    expect(await sent('--order', 'natural')).toEqual(events);
    expect(await sent('--order', 'reversed')).toEqual([...events].reverse());
    const shuffled = await sent('--order', 'shuffled', '--seed', '5');
    expect(shuffled).not.toEqual(events);
    expect([...shuffled].sort()).toEqual([...events].sort());
    expect(await sent('--order', 'shuffled', '--seed', '5')).toEqual(shuffled);
    const orders = await Promise.all(
      Array.from({ length: 8 }, (_, seed) => sent('--order', 'shuffled', '--seed', String(seed))),
    );
    expect(new Set(orders.map(String)).size).toBeGreaterThan(3);
  });

  it('sends the same bodies for a seed, however they are shuffled', async () => {
    const bodies = async (...flags: string[]) =>
      (await sentFlow('bharatcart', 'order', '--seed', '9', '--now', '2026-06-01T12:00:00Z', ...flags)).map(
        ({ body }) => body,
      );
    const natural = await bodies();
    expect(await bodies()).toEqual(natural);
    expect((await bodies('--order', 'shuffled')).sort()).toEqual([...natural].sort());
    expect((await bodies('--concurrency', '4')).sort()).toEqual([...natural].sort());
  });

  it('loses events, and delivers some twice, byte for byte', async () => {
    expect(await sent('--drop', 'order.paid', '--drop', 'order.created')).toEqual(['order.shipped', 'order.delivered']);
    const twice = await sentFlow('covver', 'order', '--duplicate', '2');
    expect(twice.map(({ event }) => event)).toEqual([
      ...['OrderPlaced', 'OrderPlaced', 'OrderConfirmed', 'OrderConfirmed', 'OrderFulfilled', 'OrderFulfilled'],
    ]);
    expect(twice[1]!.request.head).toBe(twice[0]!.request.head);
    expect(twice[1]!.body).toBe(twice[0]!.body);
    expect(twice[2]!.request.header('covverIdempotencyKey')).not.toBe(twice[0]!.request.header('covverIdempotencyKey'));
  });

  it('delays by jitter only what is nearer than that', async () => {
    const runs = await Promise.all(
      Array.from({ length: 12 }, (_, seed) => sent('--jitter', '1h', '--seed', String(seed))),
    );
    const found = new Set(runs.map(String));
    expect([...found].sort()).toEqual([
      String(events),
      String(['order.paid', 'order.created', 'order.shipped', 'order.delivered']),
    ]);
  });

  it('waits between the events at a speed, and tells times that have been', async () => {
    const arrivals: number[] = [];
    const server = await captureServer(() => {
      arrivals.push(Date.now());
      return answer(200);
    });
    // 84 s, 95,559 s and 359,591 s after the first one, 225,000 times faster: 0.4, 425 and 1,598 ms.
    const started = Date.now();
    const { exitCode } = await cli([...order, '--to', server.url, '--speed', '225000x', '-q']);
    expect(exitCode).toBe(0);
    const waited = arrivals.map((at) => at - started);
    expect(waited[2]).toBeGreaterThanOrEqual(424);
    expect(waited[3]).toBeGreaterThanOrEqual(1597);
    expect(waited[3]).toBeLessThan(6000);
    const times = server.requests.map(({ body }) => Date.parse(JSON.parse(body.toString()).timestamp));
    for (const [at, ms] of times.entries()) expect(ms).toBeLessThanOrEqual(arrivals[at]!);
    // In whole seconds; the last event happens when it is sent, and not when the flow begins.
    expect(times.at(-1)).toBeGreaterThan(started + 198);
  });

  it('sends all at once where that is asked for', async () => {
    let waiting: (() => void)[] = [];
    const server = createServer((request, response) => {
      request.resume().on('end', () => {
        waiting.push(() => response.end('ok'));
        // Answers nobody until all are there.
        if (waiting.length === 8) for (const go of waiting.splice(0)) go();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      waiting = [];
      server.closeAllConnections();
      server.close();
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const race = ['--duplicate', '2', '--concurrency', '8', '--timeout', '3s', '--json', '-q'];
    const { exitCode, json } = await cli([...order, '--to', url, ...race]);
    expect(exitCode).toBe(0);
    const copies = json.slice(0, -1).map(({ id, flow }) => `${flow.step}.${flow.copy} ${id}`);
    expect(new Set(copies).size).toBe(8);
    expect(new Set(json.slice(0, -1).map(({ id }) => id)).size).toBe(4);
  });

  it.each([
    [1, answer(401), []],
    [3, 'HTTP/9.9 nonsense\r\n\r\n', []],
    [4, '', ['--timeout', '100ms']],
  ])('ends with exit code %i', async (expected, text, timeout) => {
    const server = await captureServer(text);
    const { exitCode, stdout } = await cli([...order, '--to', server.url, ...timeout]);
    expect(exitCode).toBe(expected);
    expect(stdout).toContain('4 sent');
  });

  it('ends with exit code 3 where nobody is there, and 130 where it is interrupted', async () => {
    expect((await cli([...order, '--to', 'http://127.0.0.1:9'])).exitCode).toBe(3);
    const controller = new AbortController();
    const server = await captureServer(() => {
      controller.abort('SIGINT');
      return answer(200);
    });
    const { exitCode, stdout } = await cli([...order, '--to', server.url, '--speed', '1x'], {
      signal: controller.signal,
    });
    expect(exitCode).toBe(130);
    expect(stdout).toContain('Interrupted: ');
    expect(server.requests).toHaveLength(1);
  });

  it('shows what would be sent, and sends nothing', async () => {
    const server = await captureServer();
    const { stdout, stderr, json } = await cli([
      ...order,
      '--to',
      server.url,
      '--dry-run',
      '--json',
      '--order',
      'reversed',
    ]);
    expect(json.map(({ type, event }) => [type, event])).toEqual(
      [...events].reverse().map((event) => ['dry-run', event]),
    );
    expect(stdout).not.toContain('580214');
    expect(stderr).toBe('Nothing was sent.\n');
    expect(server.requests).toEqual([]);
  });

  it('shows the details of each delivery with -v, and no control characters of the receiver', async () => {
    const server = await captureServer('HTTP/1.1 500 -\r\nContent-Length: 8\r\n\r\n\u001b[2Jboom');
    const { stdout } = await cli([...order, '--to', server.url, '-v', '--drop', 'order.paid']);
    expect(stdout).toContain('X-Webhook-Signature: ');
    expect(stdout).toContain('\\x1b[2Jboom');
    expect(stdout).not.toContain('\u001b');
  });

  it('uses the built-in receiver, and says so', async () => {
    const { exitCode, stderr } = await cli(['flow', 'webconnex', 'sell-out', '--to', 'demo']);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('Nothing of yours was tested');
    expect(stderr.match(/The built-in receiver got/g)).toHaveLength(1);
  });

  it('sends the headers, with the secret of the command line in none of its outputs', async () => {
    const server = await captureServer();
    const flags = ['--secret', 'CANARY-91', '-H', 'Authorization: Bearer CANARY-92', '-H', 'X-Run: 7'];
    const { stdout, stderr } = await cli([...order, '--to', server.url, ...flags, '-v']);
    for (const request of server.requests) expect(request.header('X-Run')).toBe('7');
    expect(server.requests[0]!.header('Authorization')).toBe('Bearer CANARY-92');
    expect(stdout + stderr).not.toMatch(/CANARY/);
  });

  it('goes to the URL of each event where the target has its name', async () => {
    const server = await captureServer();
    const cwd = folderOf({ 'webhook-sim.config.yaml': `targets: { mine: '${server.url}/{provider}/{event}' }\n` });
    await cli([...order, '--to', 'mine'], { cwd });
    expect(server.requests.map(({ requestLine }) => requestLine.split(' ')[1])).toEqual(
      events.map((event) => `/bharatcart/${event}`),
    );
  });
});
