import { createHmac } from 'node:crypto';
import { createServer } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { expect, it, onTestFinished } from 'vitest';
import { type Listener, type ListenOptions, listen } from '../../src/index.js';

const secret = 'the-secret-of-the-tests';
const hmac = (hash: string, body: string) => createHmac(hash, secret).update(body).digest('hex');
const push = (url: string, body: string, signed = body) =>
  fetch(url, {
    method: 'POST',
    body,
    headers: {
      'Content-Type': 'application/json',
      'X-GitHub-Event': 'push',
      'X-Hub-Signature': `sha1=${hmac('sha1', signed)}`,
      'X-Hub-Signature-256': `sha256=${hmac('sha256', signed)}`,
    },
  });

async function open(options: ListenOptions): Promise<Listener> {
  const listener = await listen(options);
  onTestFinished(async () => void (await listener.close()));
  return listener;
}

const github = { provider: 'github', secret } as const;

it('yields each request with its verdict as it comes, and ends when all have come', async () => {
  const listener = await open({ ...github, count: 2 });
  expect(new URL(listener.url).port).toBe(String(listener.port));
  const seen: unknown[] = [];
  const first = push(`${listener.url}any/path`, '{"a":1}');
  for await (const { verdict, event, request, diagnosis } of listener) {
    seen.push([
      verdict,
      event?.name,
      Buffer.from(request.body).toString(),
      diagnosis?.findings.map(({ name }) => name),
    ]);
    if (seen.length === 1) await push(listener.url, '{"a":1}\n', '{"a":1}');
  }
  expect((await first).status).toBe(200);
  expect(seen).toEqual([
    ['genuine', 'push', '{"a":1}', undefined],
    ['false', 'push', '{"a":1}\n', ['body-newline-removed']],
  ]);
  const result = await listener.result();
  expect(result).toMatchObject({ ok: false, exitCode: 1, received: 2, genuine: 1, false: 1, missing: null });
  expect(result.requests.map(({ verdict }) => verdict)).toEqual(['genuine', 'false']);
  expect(Object.isFrozen(result)).toBe(true);
  await expect(fetch(listener.url, { method: 'POST' })).rejects.toThrow();
});

it('says what did not come, and what came until it was closed or its signal was given', async () => {
  const waiting = await open({ ...github, until: ['release'], timeout: 20 });
  expect(await waiting.result()).toMatchObject({ ok: false, exitCode: 4, missing: 'release' });
  const closed = await open(github);
  await push(closed.url, '{}');
  expect(await closed.close()).toMatchObject({ ok: true, exitCode: 0, received: 1, interrupted: true });
  expect((await closed[Symbol.asyncIterator]().next()).value).toMatchObject({ verdict: 'genuine' });
  const ending = new AbortController();
  const { signal } = ending;
  const signalled = await open({ ...github, signal });
  ending.abort();
  expect(await signalled.result()).toMatchObject({ received: 0, interrupted: true });
});

it('answers as told, and judges a sender', async () => {
  const key = 'whsec_a25vd24tdG8tdGhlLXRlc3RzLWFsb25l';
  const listener = await open({ expectSender: 'standard-webhooks', secret: key, script: '500,204', count: 2 });
  const send = () => {
    const at = new Date();
    return fetch(listener.url, {
      method: 'POST',
      body: '{"type":"a"}',
      headers: {
        'webhook-id': 'msg_1',
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(key).sign('msg_1', at, '{"type":"a"}'),
      },
    });
  };
  expect([(await send()).status, (await send()).status]).toEqual([500, 204]);
  const { ok, rules, requests } = await listener.result();
  // Whether it came at once is a rule, too, and a matter of this machine.
  expect(ok).toBe(rules!.every((rule) => rule.ok !== false));
  expect(Object.fromEntries(rules!.map((rule) => [rule.name, rule.ok]))).toMatchObject({
    signature: true,
    'id-over-retries': true,
    retries: true,
  });
  expect(requests.map(({ repeats }) => repeats)).toEqual([null, 1]);
});

it('rejects with a UsageError that names the option', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void taken.close());
  await new Promise((resolve) => taken.once('listening', resolve));
  const { port } = taken.address() as { port: number };
  const problem = (options: object) =>
    listen(options).then(
      () => null,
      ({ code, message }) => [code, message],
    );
  expect(await problem({ port })).toEqual(['BAD_PORT', expect.stringContaining('options.port')]);
  expect(await problem({ script: 'often' })).toEqual(['BAD_SCRIPT', expect.stringContaining('options.script')]);
  expect(await problem({ cuont: 1 })).toEqual(['UNKNOWN_OPTION', expect.stringContaining('count')]);
  expect(await problem({ secret })).toEqual(['CONFLICT', expect.stringContaining('options.secret')]);
});
