import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import WebhookSimEngine, { type EngineScript, type VirtualUser } from '../index.js';
import { helpers, Metrics, scriptOf } from './fakeArtillery.js';

async function receiver(status = 200) {
  const got: { readonly body: string; readonly headers: Readonly<Record<string, string | string[] | undefined>> }[] =
    [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      got.push({ body, headers: request.headers });
      response.writeHead(status).end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as { port: number }).port}/hooks`, got };
}

/** Plays the first scenario of a script for some virtual users, as Artillery does. */
async function play(script: EngineScript, users = 1) {
  const metrics = new Metrics();
  const engine = new WebhookSimEngine(script, metrics, helpers);
  // Artillery waits for it only where it is an async function.
  expect(engine.init.constructor.name).toBe('AsyncFunction');
  await engine.init();
  const scenario = engine.createScenario(script.scenarios![0]!, metrics);
  let started = 0;
  metrics.on('started', () => started++);
  const ended = await Promise.all(
    Array.from(
      { length: users },
      (_, number) =>
        new Promise<{ error: unknown; user: VirtualUser }>((resolve) => {
          scenario({ vars: { $uuid: `vu-${number}` } }, (error, user) => resolve({ error, user }));
        }),
    ),
  );
  expect(started).toBe(users);
  return { metrics, failed: ended.filter(({ error }) => error !== null).length };
}

it('sends each delivery with its own id and a signature that the documented recipe verifies', async () => {
  const { url, got } = await receiver();
  const script = scriptOf(url, [{ loop: [{ send: 'github push' }], count: 3 }, { think: 1 }], { secret: 'shared' });
  const { metrics, failed } = await play(script, 4);
  expect([got.length, failed, metrics.errors]).toEqual([12, 0, []]);
  for (const { body, headers } of got) {
    expect(headers['x-hub-signature-256']).toBe(`sha256=${createHmac('sha256', 'shared').update(body).digest('hex')}`);
  }
  expect(new Set(got.map(({ headers }) => headers['x-github-delivery'])).size).toBe(12);
  expect(Object.fromEntries(metrics.counters)).toMatchObject({
    'webhook.requests': 12,
    'webhook.responses': 12,
    'webhook.codes.200': 12,
    'webhook.outcomes.accepted': 12,
    'webhook.uploaded_bytes': got.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0),
  });
  expect(metrics.times).toHaveLength(12);
});

it('fills in what the virtual user knows, and takes a secret of each provider from the environment', async () => {
  const { url, got } = await receiver();
  process.env.ENGINE_TEST_SECRET = 'from the environment';
  onTestFinished(() => {
    delete process.env.ENGINE_TEST_SECRET;
  });
  const send = { event: 'github push', set: { ref: 'refs/heads/{{ $uuid }}', created: true } };
  const script = scriptOf(url, [{ send }, { send: 'scalev order.created' }], {
    secret: { github: 'env:ENGINE_TEST_SECRET' },
    header: { 'X-Run': 'load' },
  });
  await play(script, 2);
  const pushes = got.filter(({ headers }) => headers['x-github-event'] === 'push');
  expect(pushes.map(({ body }) => JSON.parse(body).ref).sort()).toEqual(['refs/heads/vu-0', 'refs/heads/vu-1']);
  for (const { body, headers } of pushes) {
    const signature = createHmac('sha256', 'from the environment').update(body).digest('hex');
    expect(headers['x-hub-signature-256']).toBe(`sha256=${signature}`);
    expect([JSON.parse(body).created, headers['x-run']]).toEqual([true, 'load']);
  }
});

it('sends a whole flow about the same things for each virtual user', async () => {
  const { url, got } = await receiver();
  const { metrics } = await play(scriptOf(url, [{ flow: 'scalev fulfilment' }]), 2);
  expect(metrics.counters.get('webhook.outcomes.accepted')).toBe(got.length);
  const orders = new Map<string, number>();
  for (const { body } of got) {
    const id = JSON.parse(body).data.order_id;
    if (id !== undefined) orders.set(id, (orders.get(id) ?? 0) + 1);
  }
  expect(orders.size).toBe(2);
  for (const count of orders.values()) expect(count).toBeGreaterThan(1);
});

it('counts what is rejected, and ends the virtual user where nobody answers', async () => {
  const { url } = await receiver(503);
  const rejected = await play(scriptOf(url, [{ send: 'github push' }]));
  expect(rejected.failed).toBe(0);
  expect(Object.fromEntries(rejected.metrics.counters)).toMatchObject({
    'webhook.codes.503': 1,
    'webhook.failed': 1,
    'webhook.outcomes.rejected': 1,
  });
  const nobody = await play(scriptOf('http://127.0.0.1:9/', [{ send: 'github push' }, { send: 'github push' }]));
  expect([nobody.failed, nobody.metrics.errors]).toEqual([1, ['ECONNREFUSED']]);
  expect(nobody.metrics.counters.get('webhook.requests')).toBe(1);
});

it.each([
  ['an unknown event', [{ send: 'github pusch' }], {}, 'push'],
  ['an unknown flow', [{ flow: 'scalev fulfillment' }], {}, 'fulfilment'],
  ['no event', [{ send: 'github' }], {}, 'names no provider and event'],
  ['an unknown option', [{ send: 'github push' }], { secrets: 'x' }, 'secrets is no option'],
  ['an unknown option of a step', [{ send: { event: 'github push', sets: {} } }], {}, 'send.sets is no option'],
  ['a variable that is not set', [{ send: 'github push' }], { secret: 'env:NOT_THERE_AT_ALL' }, 'NOT_THERE_AT_ALL'],
  ['an unknown step', [{ check: 'github' }], {}, 'is no step'],
])('sends nothing for %s', async (_, flow, options, message) => {
  const { url, got } = await receiver();
  await expect(play(scriptOf(url, flow, options))).rejects.toThrow(message);
  expect(got).toEqual([]);
});
