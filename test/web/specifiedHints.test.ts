import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { openProject } from '../../src/config/project.js';
import type { Clock } from '../../src/core/world.js';
import { findProvider } from '../../src/providers/findProvider.js';
import { HintReader } from '../../src/session/provider/hints/hintReader.js';
import { startCli } from '../support/child.js';
import { folderOf } from '../support/folder.js';
import { bundleCli, bundledCli } from '../support/process.js';
import { openUi } from './uiServer.js';

beforeAll(bundleCli);

const startHintsThread = () => new Worker(join(dirname(bundledCli), 'hintsWorker.js'));

const ask = '/api/hints?provider=acme&event=order.paid';
const specification = (status: object) =>
  JSON.stringify({
    openapi: '3.1.0',
    webhooks: {
      order_paid: {
        post: {
          requestBody: {
            content: { 'application/json': { schema: { type: 'object', properties: { status } } } },
          },
        },
      },
    },
  });

const project = (spec: string, more: Readonly<Record<string, string>> = {}) => ({
  'webhook-sim.config.yaml': 'providers: webhooks\n',
  'webhooks/acme/provider.yaml': `name: acme\nspec: ${spec}\nheaders: { Content-Type: application/json }\n`,
  'webhooks/acme/events/order.paid.json': '{"status":"paid"}',
  'webhooks/acme/events/order.lost.json': '{"status":"lost"}',
  ...more,
});

it('reads the specification of a provider when its hints are asked for, and again once it is another one', async () => {
  const ui = await openUi({
    startHintsThread,
    files: project('../../api.json', { 'api.json': specification({ enum: ['open', 'paid'] }) }),
  });
  expect((await ui.get('/api/sample?provider=acme&event=order.paid')).json.isSpecified).toBe(true);
  const status = { path: 'status', types: [], format: null, values: ['open', 'paid'], limits: [], description: null };
  expect((await ui.get(ask)).json).toEqual({
    specification: 'api.json',
    fields: [{ ...status, isRequired: false }],
  });
  writeFileSync(join(ui.cwd, 'api.json'), specification({ type: 'string', description: 'State of the order.' }));
  expect((await ui.get(ask)).json.fields).toMatchObject([{ types: ['string'], description: 'State of the order.' }]);
  expect((await ui.get('/api/hints?provider=acme&event=order.lost')).json.fields).toEqual([]);
  rmSync(join(ui.cwd, 'api.json'));
  const { status: code, json } = await ui.get(ask);
  expect([code, json.error.message]).toEqual([
    400,
    expect.stringContaining("spec: api.json can't be read, or is no OpenAPI document"),
  ]);
  expect((await ui.get('/api/hints?provider=stripe&event=charge.failed')).json).toBeNull();
  expect((await ui.get('/api/sample?provider=stripe&event=charge.failed')).json.isSpecified).toBe(false);
});

it('reads no specification of more than 4 MiB', async () => {
  const large = specification({ description: 'x'.repeat(4 * 1024 * 1024) });
  const ui = await openUi({
    startHintsThread,
    files: project('../../api.json', { 'api.json': large }),
  });
  const { json } = await ui.get(ask);
  expect(json.error.message).toBe('api.json: it is larger than 4 MiB.');
});

it('answers all else while a specification is read', async () => {
  const lines = Array.from({ length: 6000 }, (_, at) => `          field${at}: { type: string }`);
  const yaml = `openapi: 3.1.0
webhooks:
  order_paid:
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
components:
  schemas:
    Order:
      properties:
${lines.join('\n').replaceAll('          ', '        ')}
`;
  const ui = await openUi({
    startHintsThread,
    files: project('../../api.yaml', { 'api.yaml': yaml }),
  });
  let isRead = false;
  const hints = ui.get(ask).then((answer) => {
    isRead = true;
    return answer;
  });
  // One after the other: a server that reads a specification itself answers one of them, and then no other before that is read.
  let answered = 0;
  while (!isRead) {
    expect((await ui.get('/api/sample?provider=acme&event=order.lost')).status).toBe(200);
    answered++;
  }
  expect((await hints).json.fields).toHaveLength(201);
  expect(answered).toBeGreaterThan(10);
});

it.each([
  ['ends', 'process.exit(3)', 'the thread that reads it ended with 3'],
  ['throws', 'throw new Error("out of luck")', 'out of luck'],
])('shows why there are no hints where the thread %s, and reads a file again that changed', async (_, code, reason) => {
  let isGood = false;
  const bad = `require('node:worker_threads').parentPort.on('message', () => { ${code} });`;
  const ui = await openUi({
    startHintsThread: () => (isGood ? startHintsThread() : new Worker(bad, { eval: true })),
    files: project('../../api.json', { 'api.json': specification({ enum: ['open', 'paid'] }) }),
  });
  const failed = await ui.get(ask);
  expect([failed.status, failed.json.error.message]).toEqual([400, `api.json: no hints, as ${reason}.`]);
  isGood = true;
  expect((await ui.get(ask)).json).toEqual(failed.json);
  writeFileSync(join(ui.cwd, 'api.json'), specification({ type: 'string' }));
  expect((await ui.get(ask)).json.fields).toMatchObject([{ types: ['string'] }]);
});

it('gives up a thread that does not answer in time, and one that takes too much memory', async () => {
  const silent = () => new Worker(`require('node:worker_threads').parentPort.on('message', () => {});`, { eval: true });
  const greedy = () =>
    new Worker(
      `require('node:worker_threads').parentPort.on('message', () => { for (const kept = []; ; ) kept.push({}); });`,
      { eval: true, resourceLimits: { maxOldGenerationSizeMb: 8 } },
    );
  const waits: number[] = [];
  const clock: Clock = {
    now: () => 0,
    sleep: async (ms, signal) => {
      waits.push(ms);
      if (waits.length > 1) await setTimeout(60_000, undefined, { signal });
    },
  };
  const cwd = folderOf(project('../../api.json', { 'api.json': specification({ type: 'string' }) }));
  const opened = await openProject({ cwd, env: {}, clock, file: undefined });
  const name = { provider: findProvider('acme', opened), event: 'order.paid', variant: null };
  const starts = [silent, greedy, startHintsThread];
  const reader = new HintReader({ cwd, clock }, () => starts.shift()!());
  onTestFinished(() => reader.close());
  const change = (description: string) =>
    writeFileSync(join(cwd, 'api.json'), specification({ type: 'string', description }));
  await expect(reader.read(name)).rejects.toThrow('api.json: no hints, as it was not read within 30 s.');
  change('Once.');
  await expect(reader.read(name)).rejects.toThrow(
    'api.json: no hints, as reading it takes more than 1024 MB of memory.',
  );
  change('At last.');
  expect((await reader.read(name))!.fields).toMatchObject([{ path: 'status', description: 'At last.' }]);
  expect(waits).toEqual([30_000, 30_000, 30_000]);
});

it('finds its thread in the bundle', async () => {
  const cwd = folderOf(project('../../api.json', { 'api.json': specification({ type: 'string' }) }));
  const ui = startCli(['ui', '--port', '0', '--json'], { cwd, env: { XDG_STATE_HOME: folderOf({}) } });
  const [line] = await once(ui.process.stdout!, 'data');
  const [page, token] = JSON.parse(line).url.split('#token=');
  const answer = await fetch(page.slice(0, -1) + ask, { headers: { 'x-webhook-sim-token': token } });
  expect(await answer.json()).toMatchObject({ specification: 'api.json', fields: [{ types: ['string'] }] });
});
