import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { load } from '../../src/index.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { readXml } from '../support/readXml.js';

interface Got {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A receiver that keeps what comes, and answers with a status. */
async function receiver(status: (number: number) => number = () => 200) {
  const got: Got[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      response.writeHead(status(got.push({ body: Buffer.concat(parts), headers: request.headers })));
      response.end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as { port: number }).port}/`, got };
}

const linesOf = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

it('sends each delivery with its own id and a signature that the documented recipe verifies, and counts all', async () => {
  const { url, got } = await receiver();
  const { exitCode: code, stdout } = await cli([
    'load',
    'github',
    'push=3',
    'release.published',
    '--to',
    url,
    '--rate',
    '200/s',
    '--for',
    '500ms',
    '--secret',
    'shared',
    '--json',
    '--max-latency',
    'p50=1h',
  ]);
  const lines = linesOf(stdout);
  const summary = lines.at(-1);
  expect(summary).toMatchObject({
    schemaVersion: 1,
    type: 'summary',
    due: 100,
    sent: 100,
    ended: 100,
    ok: 100,
    dropped: 0,
  });
  expect(lines[0]).toMatchObject({ schemaVersion: 1, type: 'second' });
  expect(code).toBe(summary.machineLimit === null ? 0 : 1);
  expect(got).toHaveLength(100);
  for (const { body, headers } of got) {
    expect(headers['x-hub-signature-256']).toBe(`sha256=${createHmac('sha256', 'shared').update(body).digest('hex')}`);
  }
  expect(new Set(got.map(({ headers }) => headers['x-github-delivery'])).size).toBe(100);
  expect(new Set(got.map(({ headers }) => headers['x-github-event']))).toEqual(new Set(['push', 'release']));
});

it('mixes in other providers and whole flows, whose steps come in order about the same things', async () => {
  const { url, got } = await receiver();
  const { stdout } = await cli([
    'load',
    '--flows',
    'scalev fulfilment',
    '--also',
    'bharatcart order.created=2',
    '--to',
    url,
    '--rate',
    '40/s',
    '--for',
    '500ms',
    '--json',
    '--seed',
    '5',
  ]);
  const summary = linesOf(stdout).at(-1);
  expect(summary).toMatchObject({ due: 20, dropped: 0, failed: { rejected: 0, broken: 0 } });
  expect(summary.sent).toBeGreaterThan(20);
  expect(got).toHaveLength(summary.sent);
  const byOrder = new Map<string, string[]>();
  for (const { body, headers } of got) {
    if (headers['x-scalev-hmac-sha256'] === undefined) continue;
    const { event, data } = JSON.parse(body.toString()) as { event: string; data: { order_id?: string } };
    if (data.order_id === undefined) continue;
    byOrder.set(data.order_id, [...(byOrder.get(data.order_id) ?? []), event]);
  }
  expect(byOrder.size).toBeGreaterThan(1);
  const orders = [...byOrder.values()];
  for (const events of orders) expect(events).toEqual(orders[0]);
  expect(orders[0]!.length).toBeGreaterThan(1);
});

it('ends with the code that its failures earn', async () => {
  const { url } = await receiver((number) => (number % 4 === 0 ? 503 : 200));
  const rate = ['--rate', '100/s', '--for', '200ms', '-q'];
  expect((await cli(['load', 'scalev', 'order.created', '--to', url, ...rate])).exitCode).toBe(1);
  const text = await cli(['load', 'scalev', 'order.created', '--to', url, ...rate, '--max-failed', '50%']);
  expect(text.stdout).toContain('5 rejected: 503');
  expect(text.stdout).toContain('failed is 25%, at most 50%');
  const nobody = await cli(['load', 'scalev', 'order.created', '--to', '127.0.0.1:9', ...rate]);
  expect(nobody.exitCode).toBe(3);
  expect(nobody.stdout).toContain('unreachable: ECONNREFUSED (connect)');
});

it('writes its figures, and compares them with those of an earlier load', async () => {
  const folder = folderOf({});
  const { url } = await receiver();
  const load = ['load', 'scalev', 'order.created', '--to', url, '--rate', '100/s', '--for', '200ms', '-q'];
  await cli([...load, '--save', 'first.json'], { cwd: folder });
  const first = JSON.parse(readFileSync(join(folder, 'first.json'), 'utf8'));
  expect(first).toMatchObject({ type: 'summary', sent: 20 });
  const second = await cli([...load, '--baseline', 'first.json', '--tolerance', '100%', '--json'], { cwd: folder });
  const { findings } = linesOf(second.stdout).at(-1);
  expect(
    findings.map(({ name, baseline }: { name: string; baseline?: number }) => [name, baseline !== undefined]),
  ).toEqual([
    ['failed', false],
    ['p50', true],
    ['p95', true],
    ['p99', true],
    ['failed', true],
    ['rate', true],
  ]);
});

it.each([
  [['scalev', 'order.created'], 'At what rate? Give --rate'],
  [['scalev', 'order.created', '--rate', '0/s'], '--rate: a rate of 0 sends nothing'],
  [['scalev', 'order.created', '--rate', 'much'], '"much" is not a rate'],
  [['scalev', 'order.created', '--rate', '5/s', '--for', '0s'], '--for: a load of no time'],
  [['scalev', 'order.created', '--rate', '5/s', '--stages', '1s@5/s'], '--stages says rates and times'],
  [['scalev', 'order.created', '--stages', '1s@0'], '--stages: all rates are 0'],
  [['scalev', 'order.created', '--rate', '5/s', '--warm-up', '10s'], '--warm-up: it is as long as the whole load'],
  [['scalev', 'order.created=0', '--rate', '5/s'], '"0" is not a weight'],
  [['scalev', 'order.craeted', '--rate', '5/s'], 'order.created'],
  [['--rate', '5/s'], 'What is to be sent?'],
  [['scalev', '--rate', '5/s'], 'Which event of Scalev?'],
  [['scalev', 'order.created', '--rate', '5/s', '--also', 'stripe'], '--also: "stripe" names no event'],
  [['scalev', 'order.created', '--rate', '5/s', '--faults', 'cut-body'], 'does not say how many deliveries'],
  [['scalev', 'order.created', '--rate', '5/s', '--duplicates', '200%'], 'is not a share'],
  [['scalev', 'order.created', '--rate', '5/s', '--tolerance', '5%'], '--tolerance belongs to a comparison'],
  [['scalev', 'order.created', '--rate', '5/s', '--baseline', 'none.json'], "can't be read (ENOENT)"],
  [['scalev', 'order.created', '--rate', '5/s', '--max-in-flight', '0'], 'is not a whole number from 1'],
  [
    ['scalev', 'order.created', '--rate', '5/s', '--to', 'https://shop.example/hook'],
    'shop.example is not this machine',
  ],
  [['scalev', 'order.created', '--rate', '5/s', '--flows', 'scalev fulfilment', '--set', 'a=1'], '--set is for events'],
  [
    ['scalev', 'order.created', '--also', 'stripe invoice.paid', '--rate', '5/s', '--secret', 'x'],
    '--secret gives one secret',
  ],
])('sends nothing for %j', async (args, message) => {
  const { url, got } = await receiver();
  const to = args.includes('--to') ? [] : ['--to', url];
  const { exitCode: code, stdout, stderr } = await cli(['load', ...args, ...to]);
  expect(stderr).toContain(message);
  expect([code, stdout, got.length]).toEqual([2, '', 0]);
});

it('writes a page and JUnit XML that other programs can read', async () => {
  const folder = folderOf({});
  const { url } = await receiver((number) => (number % 2 === 0 ? 500 : 200));
  const { exitCode } = await cli(
    [
      'load',
      'scalev',
      'order.created',
      '--to',
      url,
      '--rate',
      '100/s',
      '--for',
      '200ms',
      '-q',
      '--max-latency',
      'p99=1h',
      '--report',
      'html=load.html',
      '--report',
      'junit=load.xml',
    ],
    { cwd: folder },
  );
  expect(exitCode).toBe(1);
  const document = readXml(readFileSync(join(folder, 'load.xml'), 'utf8'));
  const text = JSON.stringify(document);
  expect(text).toContain('failed is 50%, at most 0%');
  const page = readFileSync(join(folder, 'load.html'), 'utf8');
  expect(page).toContain('<title>Failed: load of scalev order.created to');
  expect(page.match(/<svg /g)).toHaveLength(4);
  // Each line goes from one point to another, though there may be but one second to show.
  for (const [, points] of page.matchAll(/<path class="\w+" d="([^"]*)"/g)) expect(points).toMatch(/^M[\d. ]+L/);
  expect(page).toContain('<td>rejected</td><td>500</td>');
  expect(page).not.toMatch(/<script|style="|src=|http:\/\/(?!127)/);
});

it('refuses reports that it does not have, and files that cannot be written', async () => {
  const { url, got } = await receiver();
  const load = ['load', 'scalev', 'order.created', '--to', url, '--rate', '5/s', '--for', '1s'];
  for (const [report, message] of [
    ['sarif=x', 'a load has no report sarif'],
    ['html', 'write html=FILE'],
    ['html=.', "can't be written"],
  ] as const) {
    const { exitCode, stderr } = await cli([...load, '--report', report]);
    expect(stderr).toContain(message);
    expect([exitCode, got.length]).toEqual([2, 0]);
  }
});

it('times when the state comes to rest after the last delivery', async () => {
  let handled = 0;
  const server = createServer((request, response) => {
    request.resume();
    if (request.method === 'POST') setTimeout(() => handled++, 400);
    response.end(JSON.stringify({ handled }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as { port: number }).port}/`;
  const { stdout } = await cli([
    'load',
    'scalev',
    'order.created',
    '--to',
    url,
    '--rate',
    '20/s',
    '--for',
    '200ms',
    '--probe',
    url,
    '--json',
  ]);
  const { settled } = linesOf(stdout).at(-1);
  expect(settled.problem).toBe(null);
  expect(settled.ms).toBeGreaterThan(100);
});

it('is a case of a suite, with thresholds that decide it', async () => {
  const { url, got } = await receiver((number) => (number > 8 ? 500 : 200));
  const folder = folderOf({
    'load.webhooks.yaml': [
      `target: ${url}`,
      'cases:',
      '  - load: scalev order.created=3 order.updated',
      '    rate: 40/s',
      '    for: 200ms',
      '    maxLatency: p50=1h',
      '  - name: too much',
      '    load: github push',
      '    rate: 100/s',
      '    for: 100ms',
      '    maxFailed: 50%',
    ].join('\n'),
  });
  const { exitCode, stdout } = await cli(['run', 'load.webhooks.yaml', '--json'], { cwd: folder });
  const results = linesOf(stdout).filter(({ type }) => type === 'result');
  expect(results.map(({ case: name, kind, status }) => [name, kind, status])).toEqual([
    ['load scalev order.created=3 order.updated', 'load', 'passed'],
    ['too much', 'load', 'failed'],
  ]);
  expect(results[1].failures).toEqual([{ expectation: 'failed', message: 'failed is 100%, at most 50%' }]);
  expect([exitCode, got.length]).toEqual([1, 18]);
});

it('is a function of the library, that takes a handler in this process, too', async () => {
  let count = 0;
  const handler = (_request: IncomingMessage, response: ServerResponse) => {
    count++;
    response.end('ok');
  };
  const run = load({
    provider: 'stripe',
    events: ['invoice.paid=2', 'charge.refunded'],
    to: handler,
    rate: 100,
    for: 200,
    maxFailed: '1%',
  });
  let seconds = 0;
  for await (const { type } of run) if (type === 'second') seconds++;
  const { sent, ok, findings, notes } = await run.result();
  expect([sent, ok, count, notes]).toEqual([20, 20, 20, []]);
  expect(seconds).toBeGreaterThan(0);
  expect(findings).toMatchObject([{ name: 'failed', measured: 0, limit: 0.01, ok: true }]);
  await expect(
    load({ provider: 'stripe', events: 'invoice.paid', to: 'http://shop.example', rate: '1/s' }).result(),
  ).rejects.toThrow('options.allowRemote');
  await expect(load({ provider: 'stripe', events: 'invoice.paid', to: handler }).result()).rejects.toThrow(
    'options.rate',
  );
});

it('writes a report to stdout alone, and nothing in place of what it reads', async () => {
  const { url } = await receiver();
  const folder = folderOf({ 'body.json': '{"a":1}' });
  const load = ['load', 'github', 'push', '--to', url, '--rate', '50/s', '--for', '100ms'];
  const page = await cli([...load, '--report', 'junit=-'], { cwd: folder });
  expect(page.exitCode).toBe(0);
  expect(readXml(page.stdout).tag).toBe('testsuites');
  expect(page.stderr).toContain('Passed');
  const both = await cli([...load, '--report', 'junit=-', '--report', 'html=-'], { cwd: folder });
  expect(both.exitCode).toBe(2);
  const lost = await cli([...load, '--data', 'body.json', '--save', './body.json'], { cwd: folder });
  expect([lost.exitCode, lost.stderr]).toEqual([2, expect.stringContaining('would be lost')]);
  expect(readFileSync(join(folder, 'body.json'), 'utf8')).toBe('{"a":1}');
});

it('refuses a warm-up that leaves nothing to measure, in the whole seconds that it counts in', async () => {
  const { url, got } = await receiver();
  const load = ['load', 'github', 'push', '--to', url, '--rate', '50/s', '--for', '1500ms', '--warm-up', '1200ms'];
  const { exitCode, stderr } = await cli(load);
  expect([exitCode, got.length]).toEqual([2, 0]);
  expect(stderr).toContain('counted in whole seconds');
});

it('is interrupted, too, where it waits for the state to rest', async () => {
  const { url } = await receiver();
  const stop = new AbortController();
  let looks = 0;
  const probe = createServer((_, response) => {
    // The first look is before the load.
    if (++looks > 1) stop.abort('SIGINT');
    response.end('{"count":1}');
  });
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    probe.closeAllConnections();
    probe.close();
  });
  const { port } = probe.address() as { port: number };
  const events = load({
    provider: 'github',
    events: 'push',
    to: url,
    rate: '50/s',
    for: '100ms',
    probe: `http://127.0.0.1:${port}/`,
    signal: stop.signal,
  });
  expect(await events.result()).toMatchObject({
    interrupted: true,
    passed: false,
    verdict: 'not_judged',
    settled: { ms: null },
  });
});

it('sends nothing where the state of the receiver cannot be seen, and fails where it cannot be seen any more', async () => {
  const { url, got } = await receiver();
  const load = ['load', 'github', 'push', '--to', url, '--rate', '50/s', '--for', '100ms'];
  const blind = await cli([...load, '--probe', 'exit 3']);
  expect([blind.exitCode, got.length]).toEqual([2, 0]);
  expect(blind.stderr).toContain('--probe: The probe ended with exit code 3');
  const folder = folderOf({ state: '{"count":1}' });
  const lost = await cli([...load, '--probe', 'cat state && rm state', '--report', 'junit=load.xml'], { cwd: folder });
  expect(lost.stdout).toContain("The receiver's state: The probe ended with exit code 1");
  expect(lost.stdout).toContain('✗ rest was not measured');
  expect([lost.exitCode, got.length]).toEqual([1, 5]);
  expect(readFileSync(join(folder, 'load.xml'), 'utf8')).toContain('failures="1"');
});

it('sends the same bytes again with a seed and a time', async () => {
  const { url, got } = await receiver();
  const load = ['load', 'stripe', 'invoice.paid', 'charge.refunded', '--to', url, '--rate', '100/s', '--for', '100ms'];
  const bodies = async (...more: string[]) => {
    got.length = 0;
    await cli([...load, '-q', ...more]);
    return got.map(({ body, headers }) => `${headers['stripe-signature']} ${body}`).sort();
  };
  const fixed = ['--seed', '7', '--now', '2026-03-01T12:00:00Z'];
  const first = await bodies(...fixed);
  expect(first).toHaveLength(10);
  expect(new Set(first).size).toBe(10);
  for (const each of first) expect(each).toMatch(/^t=1772366400,/);
  expect(await bodies(...fixed)).toEqual(first);
});
