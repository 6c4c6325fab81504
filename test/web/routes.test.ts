import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { type OpenUi, openUi } from './uiServer.js';

const answer = (status: number, body = 'ok') =>
  `HTTP/1.1 ${status} -\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const send = { provider: 'scalev', event: 'order.created' };
// biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
const deliveryOf = (job: any) => job.steps.find(({ type }: { type: string }) => type === 'delivery');

it('tells the project and what there is to send', async () => {
  const config = 'target: dev\ntargets:\n  dev: http://127.0.0.1:1/x\n  prod: https://example.com/hook\n';
  const ui = await openUi({ files: { 'webhook-sim.config.yaml': config, 'a.webhooks.yaml': 'cases: []\n' } });
  expect((await ui.get('/api/state')).json).toMatchObject({
    config: 'webhook-sim.config.yaml',
    defaultTarget: 'dev',
    targets: [
      { name: 'demo', address: null, isRemote: false, mayBeAttacked: true },
      { name: 'dev', address: 'http://127.0.0.1:1/x', isRemote: false, mayBeAttacked: true },
      { name: 'prod', address: 'https://example.com/hook', isRemote: true, mayBeAttacked: false },
    ],
    suites: ['a.webhooks.yaml'],
    logProblem: null,
  });
  const { groups, providers } = (await ui.get('/api/catalogue')).json;
  const rows = groups.flatMap((group: { providers: { name: string; events: unknown[] }[] }) => group.providers);
  expect(rows).toHaveLength(providers);
  expect(rows.find(({ name }: { name: string }) => name === 'scalev').events[0]).toEqual([
    expect.any(String),
    expect.any(String),
  ]);
  const scalev = (await ui.get('/api/providers/scalev')).json;
  expect(scalev).toMatchObject({
    title: 'Scalev',
    scheme: 'base64 of HMAC-SHA256',
    secret: { isSample: true, configured: 'the sample secret' },
    policy: { success: expect.any(String), words: expect.any(Array) },
  });
  const sample = (await ui.get('/api/sample?provider=scalev&event=order.created')).json;
  expect(JSON.parse(sample.text)).toMatchObject({ event: 'order.created' });
  expect(sample.fields.map(({ is }: { is: string }) => is)).toEqual(expect.arrayContaining(['id', 'time']));
});

it('shows a delivery as it would go, and how its signature comes about', async () => {
  const server = await captureServer();
  const ui = await openUi({ env: { MY_SECRET: 'knowledge-of-the-tests' } });
  const payload = JSON.stringify({ event: 'order.created', data: { a: 1 } });
  const asked = { ...send, target: server.url, payload, secret: { is: 'variable', name: 'MY_SECRET' } };
  const preview = (await ui.post('/api/preview', asked)).json;
  const body: string = preview.body.text;
  expect(JSON.parse(body)).toEqual(JSON.parse(payload));
  const signature = createHmac('sha256', 'knowledge-of-the-tests').update(body).digest('base64');
  expect(preview.headers).toContainEqual({
    name: 'X-Scalev-Hmac-Sha256',
    value: signature,
    isMasked: false,
    from: 'signature',
  });
  expect(preview.signatures).toEqual([
    {
      name: 'signature',
      scheme: 'base64 of HMAC-SHA256',
      pieces: [{ name: 'body', from: 'the body', text: body, bytes: Buffer.byteLength(body) }],
      key: '',
      places: [{ place: 'X-Scalev-Hmac-Sha256', template: '{signature}', value: signature }],
    },
  ]);
  expect(preview.secrets).toEqual([
    { words: 'the secret of env:MY_SECRET', fingerprint: expect.stringMatching(/^[0-9a-f]{8}$/), isSample: false },
  ]);
  expect(server.requests).toEqual([]);
  // The same bytes go where its seed and its time are sent back.
  const job = await ui.job('/api/send', { ...asked, seed: preview.seed, now: preview.now });
  expect(server.requests[0]!.body.toString()).toBe(body);
  expect(deliveryOf(job)).toMatchObject({ ok: true, outcome: 'accepted', attempts: [{ status: 200 }] });
});

it('gives a command line that sends the same', async () => {
  const server = await captureServer();
  const ui = await openUi();
  const sample = JSON.parse((await ui.get('/api/sample?provider=scalev&event=order.created')).json.text);
  const [first, ...others] = Object.keys(sample.data);
  sample.data[first!] = "it's";
  delete sample.data[others[0]!];
  const asked = { ...send, target: server.url, payload: JSON.stringify(sample), headers: ["X-Own: it's"] };
  const { command } = (await ui.post('/api/preview', asked)).json;
  const words = [...command.matchAll(/'((?:[^']|'\\'')*)'|(\S+)/g)].map(([, quoted, plain]) =>
    quoted === undefined ? plain! : quoted.replaceAll("'\\''", "'"),
  );
  expect(words.slice(0, 4)).toEqual(['webhook-sim', 'send', 'scalev', 'order.created']);
  await cli(words.slice(1), { cwd: ui.cwd, env: ui.env });
  const [sent] = server.requests;
  const body = JSON.parse(sent!.body.toString());
  expect([body.data[first!], others[0]! in body.data, sent!.header('x-own')]).toEqual(["it's", false, "it's"]);
});

it('plays retries at a speed, and tells each attempt as it happens', async () => {
  let count = 0;
  const server = await captureServer(() => answer(++count < 3 ? 503 : 200));
  const ui = await openUi();
  const job = await ui.job('/api/send', {
    ...send,
    target: server.url,
    retry: { delays: '10m,1h', speed: 'instant' },
  });
  const attempts = job.steps.filter(({ type }: { type: string }) => type === 'attempt');
  expect(
    attempts.map(({ attempt, nextAtMs, most }: never) => [(attempt as { status: number }).status, nextAtMs, most]),
  ).toEqual([
    [503, 600_000, 3],
    [503, 4_200_000, 3],
    [200, null, 3],
  ]);
  expect(deliveryOf(job)).toMatchObject({ ok: true, attempts: [{}, {}, { scheduledAtMs: 4_200_000 }] });
  expect(job.steps.at(-1)).toMatchObject({ type: 'summary', sent: 1, accepted: 1 });
});

it('stops what runs', async () => {
  const server = createServer(() => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const ui = await openUi();
  const stream = await ui.stream();
  const target = `http://127.0.0.1:${(server.address() as { port: number }).port}/`;
  const { job } = (await ui.post('/api/send', { ...send, target })).json;
  await ui.post(`/api/jobs/${job}/stop`, {});
  await stream.next(({ type, job: each }) => type === 'job' && each.id === job && each.state === 'stopped');
  expect((await ui.get(`/api/jobs/${job}`)).json).toMatchObject({ state: 'stopped', endedAt: expect.any(String) });
});

it('runs a check, and names what it finds', async () => {
  const server = await captureServer();
  const ui = await openUi();
  const job = await ui.job('/api/check', { provider: 'scalev', target: server.url, only: ['plain', 'no-signature'] });
  const cases = job.steps.filter(({ type }: { type: string }) => type === 'case');
  expect(cases.map(({ name, verdict }: { name: string; verdict: string }) => [name, verdict])).toEqual([
    ['plain', 'passed'],
    ['no-signature', 'finding'],
    ['plain-again', 'passed'],
  ]);
  expect(job.steps.at(-1)).toMatchObject({
    type: 'check-summary',
    grade: 'F',
    findings: [{ fix: expect.any(String) }],
  });
  const { cases: listed } = (await ui.get('/api/cases?provider=scalev')).json;
  expect(listed.length).toBeGreaterThan(50);
});

it('plays a flow as it was arranged by hand', async () => {
  const server = await captureServer();
  const ui = await openUi();
  const { flows } = (await ui.get('/api/flows?provider=scalev')).json;
  const flow = flows.find(({ steps }: { steps: unknown[] }) => steps.length >= 3);
  const arrangement = [
    { step: 3, atMs: 0 },
    { step: 1, atMs: 0 },
    { step: 1, atMs: 5000 },
  ];
  const job = await ui.job('/api/flow', { provider: 'scalev', flow: flow.name, target: server.url, arrangement });
  const places = job.steps.flatMap(({ place }: { place?: { flowStep: number; copy: number } }) =>
    place ? [[place.flowStep, place.copy]] : [],
  );
  expect(places).toEqual([
    [3, 1],
    [1, 1],
    [1, 2],
  ]);
  expect(server.requests.map(({ body }) => JSON.parse(body.toString()).event)).toEqual(
    [3, 1, 1].map((step) => flow.steps[step - 1].event),
  );
  expect(server.requests[1]!.body.equals(server.requests[2]!.body)).toBe(true);
  for (const wrong of [
    [],
    [{ step: 99, atMs: 0 }],
    [{ step: 1, atMs: -1 }],
    [
      { step: 1, atMs: 5 },
      { step: 2, atMs: 1 },
    ],
  ]) {
    const { status } = await ui.post('/api/flow', {
      provider: 'scalev',
      flow: flow.name,
      target: server.url,
      arrangement: wrong,
    });
    expect(status).toBe(400);
  }
});

it('sends again: as it was, or edited and signed anew', async () => {
  const server = await captureServer();
  const ui = await openUi();
  await ui.job('/api/send', { ...send, target: server.url });
  const { rows } = (await ui.get('/api/deliveries')).json;
  const key = rows[0].key;
  const same = await ui.job('/api/resend', { keys: [key] });
  expect(server.requests[1]!.body.equals(server.requests[0]!.body)).toBe(true);
  expect(deliveryOf(same)).toMatchObject({ ok: true });
  const payload = JSON.stringify({ event: 'order.created', data: { changed: true } });
  const preview = (await ui.post('/api/resend/preview', { keys: [key], payload })).json;
  await ui.job('/api/resend', { keys: [key], payload });
  const edited = server.requests[2]!;
  expect(JSON.parse(edited.body.toString())).toEqual(JSON.parse(payload));
  expect(preview.body.text).toBe(edited.body.toString());
  const secret = (await ui.get('/api/providers/scalev')).json.secret.sample;
  expect(edited.header('x-scalev-hmac-sha256')).toBe(createHmac('sha256', secret).update(edited.body).digest('base64'));
  const list = (await ui.get('/api/deliveries?q=is:resent')).json;
  expect(list.rows.map(({ resendOf }: { resendOf: string }) => resendOf)).toEqual([key, key]);
});

it('shows a delivery of the log, as curl, verified, and as a case of a suite', async () => {
  const server = await captureServer(answer(422, '{"error":"no"}'));
  const ui = await openUi({
    files: { 'webhook-sim.config.yaml': `target: dev\ntargets: { dev: "${server.url}/hook" }\n` },
  });
  const sample = JSON.parse((await ui.get('/api/sample?provider=scalev&event=order.created')).json.text);
  sample.data.new_field = [1, 'two'];
  await ui.job('/api/send', { ...send, payload: JSON.stringify(sample) });
  const [{ key }] = (await ui.get('/api/deliveries')).json.rows;
  const details = (await ui.get(`/api/deliveries/${key}`)).json;
  expect(details).toMatchObject({
    target: 'dev',
    status: 422,
    body: { text: server.requests[0]!.body.toString(), base64: null },
    results: [{ response: { body: { text: '{"error":"no"}' } } }],
    resendProblem: null,
    resendCommand: `webhook-sim resend ${key.slice(0, 8)}`,
  });
  expect((await ui.get(`/api/deliveries/${key}/curl`)).json.command).toContain(`${server.url}/hook`);
  expect((await ui.post(`/api/deliveries/${key}/verify`, {})).json).toMatchObject({
    genuine: true,
    provider: 'scalev',
  });
  const { yaml, savedTo } = (await ui.post(`/api/deliveries/${key}/case`, { name: 'refused' })).json;
  expect([yaml, savedTo]).toEqual([
    '- name: refused\n  send: scalev order.created\n  to: dev\n  set:\n    data.new_field:\n      - 1\n      - two\n  expect:\n    status: 422\n',
    null,
  ]);
  for (let times = 0; times < 2; times++) {
    const saved = await ui.post(`/api/deliveries/${key}/case`, { saveTo: 'new.webhooks.yaml' });
    expect(saved.json).toMatchObject({ savedTo: 'new.webhooks.yaml', command: 'webhook-sim run new.webhooks.yaml' });
  }
  const run = await cli(['run', 'new.webhooks.yaml', '--json'], { cwd: ui.cwd, env: ui.env });
  expect([run.exitCode, run.json.at(-1)]).toMatchObject([0, { results: { passed: 2, failed: 0 } }]);
  for (const saveTo of ['../out.webhooks.yaml', '/tmp/out.webhooks.yaml', 'webhook-sim.config.yaml', 'a.webhooks.ts']) {
    expect((await ui.post(`/api/deliveries/${key}/case`, { saveTo })).json.error.code).toBe('BAD_SUITE');
  }
  expect(existsSync(join(ui.cwd, '../out.webhooks.yaml'))).toBe(false);
  expect(readFileSync(join(ui.cwd, 'webhook-sim.config.yaml'), 'utf8')).not.toContain('cases');
});

it('explains a captured request', async () => {
  const ui = await openUi();
  const body = '{"event":"order.created"}';
  const text = `POST /hook HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-Scalev-Hmac-Sha256: ${createHmac('sha256', 'x').update(body).digest('base64')}\r\n\r\n${body}`;
  expect((await ui.post('/api/verify', { text })).json).toMatchObject({ provider: 'scalev', genuine: false });
  expect((await ui.post('/api/verify', { text: 'nothing' })).json.error.code).toBe('BAD_CAPTURE');
});

it('receives in the inbox, with answers by its rules, and keeps what came in the log', async () => {
  const ui = await openUi();
  const stream = await ui.stream();
  const started = (await ui.post('/api/inbox/start', { port: 0, provider: 'scalev', script: '503', reject: true }))
    .json;
  const post = async (body: string, signature: string) =>
    (await fetch(started.url, { method: 'POST', body, headers: { 'X-Scalev-Hmac-Sha256': signature } })).status;
  const { sample } = (await ui.get('/api/providers/scalev')).json.secret;
  const body = '{"event":"order.created"}';
  const genuine = createHmac('sha256', sample).update(body).digest('base64');
  expect([await post(body, genuine), await post(body, genuine), await post(body, 'wrong')]).toEqual([503, 200, 401]);
  await stream.next(({ type, row }) => type === 'received' && row.number === 3);
  const inbox = (await ui.get('/api/inbox')).json;
  expect(
    inbox.rows.map(({ number, verdict, event, answer: { status } }: never) => [number, verdict, event, status]),
  ).toEqual([
    [3, 'false', 'order.created', 401],
    [2, 'genuine', 'order.created', 200],
    [1, 'genuine', 'order.created', 503],
  ]);
  const keysOf = (rows: readonly { readonly key: string }[]) => rows.map(({ key }) => key);
  // The log is written a moment after the answer.
  await vi.waitFor(
    async () => {
      const { rows } = (await ui.get('/api/deliveries?q=direction:in')).json;
      expect(keysOf(rows)).toEqual(keysOf(inbox.rows));
    },
    { timeout: 30_000, interval: 100 },
  );
  const again = (await ui.post('/api/inbox/start', { port: Number(new URL(started.url).port), status: 418 })).json;
  expect(again.url).toBe(started.url);
  expect(await post(body, 'x')).toBe(418);
  expect((await ui.post('/api/inbox/start', { port: ui.port })).json.error.code).toBe('BAD_PORT');
  expect((await ui.post('/api/inbox/stop', {})).json).toMatchObject({ url: null });
  await expect(fetch(started.url)).rejects.toThrow();
});

it('sends nowhere but to this machine and to targets of the config', async () => {
  const config = 'targets:\n  remote: http://192.0.2.1/hook\n  mine: { url: "http://192.0.2.2/", allowRemote: true }\n';
  const ui = await openUi({ files: { 'webhook-sim.config.yaml': config }, env: { WEBHOOK_SIM_TARGET: 'demo' } });
  const code = async (answered: ReturnType<OpenUi['post']>) => (await answered).json.error?.code;
  for (const target of ['http://192.0.2.1/hook', 'https://example.com/', 'example.com/x', 'http://[2001:db8::1]/']) {
    expect(await code(ui.post('/api/send', { ...send, target }))).toBe('FOREIGN_TARGET');
    expect(await code(ui.post('/api/flow', { provider: 'scalev', flow: 'fulfilment', target }))).toBe('FOREIGN_TARGET');
    expect(await code(ui.post('/api/check', { provider: 'scalev', target }))).toMatch(/^(NOT_YOURS|FOREIGN_TARGET)$/);
    expect(await code(ui.post('/api/inbox/start', { port: 0, forward: target }))).toBe('FOREIGN_TARGET');
  }
  expect(await code(ui.post('/api/check', { provider: 'scalev', target: 'remote' }))).toBe('NOT_YOURS');
  expect(await code(ui.post('/api/send', { ...send, target: 'remote', forge: 'no-signature' }))).toBe('NOT_YOURS');
  expect((await ui.get('/api/jobs')).json.jobs).toEqual([]);
});

it('runs the handshakes of a provider, and says what each waits for', async () => {
  const server = await captureServer(answer(200, 'no challenge'));
  const ui = await openUi();
  const right = await ui.job('/api/handshake', { provider: 'slack', target: 'demo' });
  expect(deliveryOf(right)).toMatchObject({ ok: true, handshake: { problem: null, awaited: expect.any(String) } });
  expect(right).toMatchObject({ kind: 'handshake', command: 'webhook-sim handshake slack --to demo' });
  const wrong = await ui.job('/api/handshake', { provider: 'slack', target: server.url });
  expect(deliveryOf(wrong)).toMatchObject({ ok: false, handshake: { problem: expect.any(String) } });
  expect(server.requests).toHaveLength(1);
  const none = await ui.post('/api/handshake', { provider: 'stripe', target: 'demo' });
  expect([none.status, none.json.error.code]).toEqual([400, 'NO_HANDSHAKE']);
  const remote = await ui.post('/api/handshake', { provider: 'slack', target: 'http://example.com/' });
  expect(remote.status).toBeGreaterThanOrEqual(400);
});

it('lists the flows of all providers, where none is named', async () => {
  const ui = await openUi();
  const { flows, others } = (await ui.get('/api/flows')).json;
  expect(flows).toEqual([]);
  expect(others.find(({ provider }: { provider: string }) => provider === 'stripe').flows[0]).toEqual({
    name: expect.any(String),
    title: expect.any(String),
    steps: expect.any(Number),
  });
  expect((await ui.get('/api/flows?provider=stripe')).json.others).toEqual([]);
});
