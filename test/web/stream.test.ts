import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SecretMask } from '../../src/core/secretMask.js';
import { logFolder } from '../../src/history/logFolder.js';
import { writeMasked } from '../../src/report/shared/writeMasked.js';
import { EventHub } from '../../src/web/eventHub.js';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { openUi } from './uiServer.js';

const send = { provider: 'scalev', event: 'order.created' };

it('tells what other commands send as it happens, to every page', async () => {
  const server = await captureServer();
  const ui = await openUi();
  const [one, other] = [await ui.stream(), await ui.stream()];
  const hello = await one.next(({ type }) => type === 'hello');
  expect(hello).toMatchObject({ boot: expect.any(String), cursor: expect.any(String) });
  await cli(['send', 'scalev', 'order.created', '--to', server.url, '-q'], { cwd: ui.cwd, env: ui.env });
  for (const page of [one, other]) {
    const { rows } = await page.next(({ type }) => type === 'logged');
    expect(rows).toMatchObject([{ provider: 'scalev', event: 'order.created', status: 200, direction: 'sent' }]);
  }
  await cli(['log', '--clear', '-q'], { cwd: ui.cwd, env: ui.env });
  await one.next(({ type }) => type === 'log-changed');
  expect((await ui.get('/api/deliveries')).json).toMatchObject({ rows: [], total: 0 });
});

it('tells a page that comes back what it missed, once and in order', async () => {
  const server = await captureServer();
  const ui = await openUi();
  const first = await ui.stream();
  await ui.job('/api/send', { ...send, target: server.url });
  const { cursor } = await first.next(({ type }) => type === 'job');
  first.close();
  await first.closed;
  await ui.job('/api/send', { ...send, target: server.url });
  const back = await ui.stream(cursor);
  await ui.job('/api/send', { ...send, target: server.url });
  await back.next(({ type, job }) => type === 'job' && job.id?.endsWith('-3') && job.state === 'done');
  const ended = back.lines.filter(({ type, job }) => type === 'job' && job.state === 'done').map(({ job }) => job.id);
  expect(ended.map((id) => id.split('-')[1])).toEqual(['1', '2', '3']);
  const numbers = back.lines.slice(1).flatMap((line) => (line.cursor ? [Number(line.cursor.split('.')[1])] : []));
  expect(numbers).toEqual(numbers.map((_, at) => numbers[0]! + at));
  expect(numbers[0]).toBe(Number(cursor.split('.')[1]) + 1);
});

it('says so where it can not: after a restart, and after too much', async () => {
  const ui = await openUi();
  const stream = await ui.stream();
  const { cursor, boot } = await stream.next(({ type }) => type === 'hello');
  await ui.close();
  await stream.closed;
  expect(stream.lines.at(-1)).toEqual({ type: 'closing' });
  const next = await openUi({ like: ui, port: ui.port });
  const back = await next.stream(cursor);
  const reset = await back.next(({ type }) => type === 'reset');
  expect(back.lines[0].boot).not.toBe(boot);
  expect(reset.cursor).toBe(back.lines[0].cursor);
  for (const wrong of ['', 'nonsense', `${back.lines[0].boot}.99`]) {
    const page = await next.stream(wrong === '' ? `${boot}.1` : wrong);
    await page.next(({ type }) => type === 'reset');
  }
  expect((await next.raw({ path: '/api/state', headers: { 'x-webhook-sim-token': ui.token } })).status).toBe(401);
});

it('keeps a bounded number of events for pages that come back', () => {
  const hub = new EventHub('b', '1', (event) => JSON.stringify(event));
  const lines: string[] = [];
  for (let at = 0; at < 6000; at++) hub.publish({ type: 'project-changed' });
  const listener = { send: (line: string) => lines.push(line), end: () => {} };
  hub.listen('b.500', listener)();
  expect(lines.map((line) => JSON.parse(line).type)).toEqual(['hello', 'reset']);
  lines.length = 0;
  hub.listen('b.5990', listener)();
  expect(lines.map((line) => JSON.parse(line).cursor)).toEqual([
    'b.6000',
    ...Array.from({ length: 10 }, (_, at) => `b.${5991 + at}`),
  ]);
});

it('ends its jobs and its inbox with itself, and closes the port', async () => {
  const server = await captureServer(() => '');
  const ui = await openUi();
  await ui.post('/api/send', { ...send, target: server.url });
  const { url } = (await ui.post('/api/inbox/start', { port: 0 })).json;
  await ui.close();
  await expect(fetch(url)).rejects.toThrow();
  await expect(fetch(`http://127.0.0.1:${ui.port}/`)).rejects.toThrow();
});

it('finds among ten thousand deliveries without reading them again', async () => {
  const ui = await openUi();
  const folder = logFolder(ui.cwd, { env: ui.env })!.path;
  mkdirSync(folder, { recursive: true });
  const record = (number: number) =>
    JSON.stringify({
      schemaVersion: 1,
      key: number.toString(16).padStart(12, '0'),
      run: 'aaaaaaaaaaaa',
      resendOf: null,
      type: 'kept',
      id: `id-${number}`,
      provider: 'scalev',
      event: number % 100 === 0 ? 'order.deleted' : 'order.created',
      variant: null,
      forge: null,
      url: 'http://localhost:3000/hook',
      outcome: 'accepted',
      ok: true,
      target: null,
      unixSocket: null,
      resolve: {},
      secretHeaders: [],
      request: {
        method: 'POST',
        headers: [],
        bytes: 9,
        sha256: '',
        framing: 'length',
        body: `body-${number}-${'x'.repeat(500)}`,
      },
      attempts: [
        {
          number: 1,
          scheduledAtMs: 0,
          startedAt: '2026-01-31T12:00:00.000Z',
          remoteAddress: null,
          status: 200,
          timing: { totalMs: 1 },
          response: null,
          error: null,
        },
      ],
    });
  const lines = Array.from({ length: 10_000 }, (_, at) => `\n${record(at)}\n`);
  writeFileSync(join(folder, 'deliveries.jsonl'), lines.join(''));
  const timed = async (path: string) => {
    const start = performance.now();
    const { json } = await ui.get(path);
    return { ...json, ms: performance.now() - start };
  };
  const first = await timed('/api/deliveries?limit=1000');
  expect([first.rows.length, first.total, first.next]).toEqual([1000, 10_000, first.rows.at(-1).key]);
  const second = await timed(`/api/deliveries?limit=1000&before=${first.next}`);
  expect(second.rows[0].id).toBe('id-8999');
  const found = await timed('/api/deliveries?q=event:order.deleted&limit=10');
  expect([found.total, found.rows[0].id]).toEqual([100, 'id-9900']);
  expect((await timed('/api/deliveries?q=%22body-4242-%22')).rows.map(({ id }: { id: string }) => id)).toEqual([
    'id-4242',
  ]);
  // What is in the index takes a part of what it took to make it; the best of several, for a busy machine.
  let best = found.ms;
  for (let times = 0; times < 5; times++) {
    best = Math.min(best, (await timed('/api/deliveries?q=event:order.deleted&limit=10')).ms);
  }
  expect(best).toBeLessThan(first.ms / 2);
  const stream = await ui.stream();
  appendFileSync(join(folder, 'deliveries.jsonl'), `\n${record(10_000)}\n`);
  const { rows } = await stream.next(({ type }) => type === 'logged');
  expect(rows.map(({ id }: { id: string }) => id)).toEqual(['id-10000']);
});

it('writes JSON that is whole though a secret is in it', () => {
  const secrets = new SecretMask(['quote"and\\slash']);
  const event = { text: 'has quote"and\\slash in it', list: [1, null, 'quote"and\\slash'], deep: { ok: true } };
  expect(JSON.parse(writeMasked(event, secrets))).toEqual({
    text: 'has (secret) in it',
    list: [1, null, '(secret)'],
    deep: { ok: true },
  });
});
