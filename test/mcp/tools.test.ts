import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { receiver } from '../support/receiver.js';
import { openMcp } from './mcpClient.js';

const github = 'a-secret-of-this-test-alone';

const project = { 'webhook-sim.config.yaml': '{}\n', '.env.local': `GITHUB_WEBHOOK_SECRET=${github}\n` };

/** A receiver of GitHub's webhooks, which signs the parsed body where it is faulty. Closed when the test ends. */
async function githubReceiver({ faulty = false } = {}) {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks);
    const signed = faulty ? JSON.stringify(JSON.parse(raw.toString()), null, 2) : raw;
    const computed = `sha256=${createHmac('sha256', github).update(signed).digest('hex')}`;
    response.statusCode = request.headers['x-hub-signature-256'] === computed ? 200 : 401;
    response.end(faulty ? `computed ${computed}` : 'done');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

it.each(['legacy', 'auto'] as const)(
  'tells what it is and which tools it has to clients of the %s era',
  async (era) => {
    const { client } = await openMcp({ era });
    expect(client.getServerVersion()).toMatchObject({ name: 'webhook-sim' });
    expect(client.getInstructions()).toContain('list_providers');
    const { tools } = await client.listTools();
    const names = tools.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['list_providers', 'send_event', 'check_receiver', 'wait_for_delivery']),
    );
    for (const { description, inputSchema, annotations } of tools) {
      expect(description!.length).toBeGreaterThan(20);
      expect(inputSchema).toMatchObject({ type: 'object', additionalProperties: false });
      for (const field of Object.values(inputSchema.properties ?? {})) {
        expect((field as { description?: string }).description).toMatch(/\w/);
      }
      expect(typeof annotations!.readOnlyHint).toBe('boolean');
    }
  },
);

it('finds an event and shows its request', async () => {
  const { call } = await openMcp();
  const all = (await call('list_providers')).value;
  expect(all.providers.length).toBeGreaterThan(50);
  const found = (await call('list_providers', { search: 'stripe dispute' })).value;
  expect(found.events[0]).toMatchObject({ provider: 'stripe', event: expect.stringContaining('dispute') });
  const one = (await call('list_providers', { provider: 'scalev' })).value;
  expect(one.events).toContainEqual(expect.objectContaining({ event: 'order.created' }));
  const shown = (await call('show_event', { provider: 'scalev', event: 'order.created' })).value;
  expect(shown.request.headers).toContainEqual(['X-Scalev-Hmac-Sha256', expect.any(String)]);
  expect(JSON.parse(shown.payload)).toMatchObject({ event: 'order.created' });
});

it('sends an event with changes, keeps it in the log and sends it again', async () => {
  const { port, reached } = await receiver();
  const { call } = await openMcp();
  const progress: number[] = [];
  const sent = await call(
    'send_event',
    {
      provider: 'scalev',
      event: 'order.created',
      to: `:${port}/hooks`,
      set: { 'data.status': 'changed' },
      headers: { 'X-Own': 'yes' },
      count: 2,
    },
    { onprogress: ({ progress: done }: { progress: number }) => progress.push(done) },
  );
  expect(sent.value.summary).toMatchObject({ sent: 2, accepted: 2 });
  expect(progress).toEqual([1, 2]);
  expect(reached).toHaveLength(2);
  expect(JSON.parse(reached[0]!.body).data.status).toBe('changed');
  expect(reached[0]!.headers['x-own']).toBe('yes');
  const [{ key }] = sent.value.deliveries;
  const log = (await call('read_log', { provider: 'scalev' })).value;
  expect(log.deliveries.map((row: { key: string }) => row.key)).toContain(key);
  expect((await call('show_delivery', { delivery: key })).value).toMatchObject({ event: 'order.created' });
  const again = await call('resend_delivery', { delivery: key, exact: true });
  expect(again.value.summary).toMatchObject({ sent: 1, accepted: 1 });
  expect(reached[2]!.body).toBe(reached[0]!.body);
});

it('shows a request without sending it, and needs no receiver for demo', async () => {
  const { call } = await openMcp();
  const dry = await call('send_event', { provider: 'stripe', event: 'charge.refunded', to: ':1', dryRun: true });
  expect(dry.value).toMatchObject({ sent: 0, requests: [{ event: 'charge.refunded' }] });
  const demo = await call('send_event', { provider: 'stripe', event: 'charge.refunded', to: 'demo' });
  expect(demo.value.summary).toMatchObject({ sent: 1, accepted: 1 });
});

it('verifies what was rejected, and names the mistake behind the value that the receiver computed', async () => {
  const to = await githubReceiver({ faulty: true });
  const { call } = await openMcp({ files: project });
  const sent = await call('send_event', { provider: 'github', event: 'push', to });
  expect(sent.value.deliveries[0]).toMatchObject({ outcome: 'rejected', ok: false });
  const computed = /computed (\S+)/.exec(JSON.stringify(sent.value.deliveries[0]))![1]!.replace(/["\\].*/, '');
  const verified = await call('verify_request', { delivery: 'last' });
  expect(verified.value).toMatchObject({ type: 'verify', genuine: true });
  const diagnosed = await call('diagnose_signature', { delivery: 'last', computed });
  expect(diagnosed.value).toMatchObject({ genuine: false });
  expect(JSON.stringify(diagnosed.value.findings)).toMatch(/pretty|indent/i);
  for (const { text } of [sent, verified, diagnosed]) expect(text).not.toContain(github);
});

it('checks a receiver and grades it', async () => {
  const { call } = await openMcp({ files: project });
  const safe = await call('check_receiver', { provider: 'github', to: await githubReceiver(), only: ['must-reject'] });
  expect(safe.value.summary).toMatchObject({ reached: true, findings: [] });
  const { port } = await receiver();
  const open = await call('check_receiver', { provider: 'github', to: `:${port}`, only: ['must-reject'] });
  expect(open.value).toMatchObject({ safe: false, summary: { grade: 'F' } });
  expect(open.value.summary.findings[0].fix).toMatch(/\w/);
});

it('listens, waits for what comes, and tells each once', async () => {
  const { call } = await openMcp();
  expect((await call('wait_for_delivery')).value).toMatchObject({ type: 'error', code: 'NOT_LISTENING' });
  const { url } = (await call('listen', { port: 0, provider: 'stripe' })).value;
  const waiting = call('wait_for_delivery', { until: 'charge.*', timeout: '20s' });
  await call('send_event', { provider: 'stripe', event: 'customer.created', to: url });
  await call('send_event', { provider: 'stripe', event: 'charge.refunded', to: url });
  const { value } = await waiting;
  expect(value).toMatchObject({ arrived: true, leftOut: 0 });
  expect(value.received.map(({ event, verdict }: { event: string; verdict: string }) => [event, verdict])).toEqual([
    ['customer.created', 'genuine'],
    ['charge.refunded', 'genuine'],
  ]);
  expect((await call('wait_for_delivery', { timeout: '1ms' })).value).toMatchObject({ arrived: false, received: [] });
  expect((await call('stop_listening')).value).toEqual({ wasListening: true });
});

it('wakes one who waits, though another has begun to wait since', async () => {
  const { call } = await openMcp();
  const { url } = (await call('listen', { port: 0, provider: 'stripe' })).value;
  const first = call('wait_for_delivery', { until: 'charge.refunded', timeout: '1h' });
  await call('wait_for_delivery', { until: 'order.*', timeout: '1ms' });
  await call('send_event', { provider: 'stripe', event: 'charge.refunded', to: url });
  expect((await first).value).toMatchObject({ arrived: true, received: [{ event: 'charge.refunded' }] });
});

it('runs a flow, a handshake and the suites of the project', async () => {
  const { port, reached } = await receiver();
  const suite = 'target: demo\ncases:\n  - send: scalev order.created\n';
  const { call } = await openMcp({ files: { 'smoke.webhooks.yaml': suite } });
  const { flows } = (await call('run_flow', { provider: 'stripe' })).value;
  expect(flows.length).toBeGreaterThan(1);
  const flow = await call('run_flow', { provider: 'stripe', flow: flows[0].flow, to: `:${port}` });
  expect(flow.value.summary.sent).toBe(flows[0].steps.length);
  expect(reached).toHaveLength(flows[0].steps.length);
  const shaken = await call('send_handshake', { provider: 'slack', to: 'demo' });
  expect(shaken.value.handshakes[0]).toMatchObject({ ok: true });
  const ran = await call('run_suite');
  expect(ran.value).toMatchObject({ ok: true, exitCode: 0, results: [{ status: 'passed' }] });
  const outside = await call('run_suite', { suites: ['../other.webhooks.ts'] });
  expect(outside.value).toMatchObject({ code: 'FOREIGN_SUITE' });
});

it('sends to other machines only where the config or the start of the server consents', async () => {
  const remote = 'http://192.0.2.1:9/hooks';
  const files = { 'webhook-sim.config.yaml': `targets:\n  staging: ${remote}\n` };
  const suite = { 'far.webhooks.yaml': `target: ${remote}\ncases:\n  - send: scalev order.created\n` };
  const { call } = await openMcp({ files: { ...files, ...suite } });
  const event = { provider: 'scalev', event: 'order.created' };
  const foreign = { type: 'error', code: 'FOREIGN_TARGET' };
  for (const [name, args] of [
    ['send_event', { ...event, to: 'http://192.0.2.7/' }],
    ['check_receiver', { provider: 'scalev', to: 'http://192.0.2.7/' }],
    ['send_handshake', { provider: 'slack', to: 'http://192.0.2.7/' }],
    ['run_flow', { provider: 'stripe', flow: 'payment', to: 'http://192.0.2.7/' }],
    ['run_suite', {}],
    ['listen', { port: 0, forward: 'http://192.0.2.7/' }],
  ] as const) {
    const { isError, value } = await call(name, args);
    if (name === 'run_flow' && value.code === 'UNKNOWN_FLOW') continue;
    expect([name, isError, value]).toEqual([
      name,
      true,
      expect.objectContaining(name === 'check_receiver' ? { type: 'error' } : foreign),
    ]);
  }
  const attack = await call('send_event', { ...event, to: 'staging', forge: 'wrong-secret' });
  expect(attack.value).toMatchObject({ code: 'NOT_YOURS' });
});

it('says what is wrong with what it is asked, and takes no secret itself', async () => {
  const { call, client } = await openMcp();
  const unknown = await call('send_event', { provider: 'strpe', event: 'x', to: 'demo' });
  expect(unknown).toMatchObject({
    isError: true,
    value: { code: 'UNKNOWN_PROVIDER', hint: expect.stringContaining('stripe') },
  });
  const secret = await call('send_event', {
    provider: 'stripe',
    event: 'charge.refunded',
    to: 'demo',
    secret: 'whsec_abc',
  });
  expect(secret).toMatchObject({ isError: true, value: { code: 'BAD_SECRET' } });
  const other = await call('send_event', {
    provider: 'stripe',
    event: 'charge.refunded',
    to: 'demo',
    secret: 'env:PATH',
  });
  expect(other).toMatchObject({ isError: true, value: { code: 'BAD_SECRET' } });
  const swallowed = client.callTool({
    name: 'send_event',
    arguments: { provider: 'stripe', event: 'charge.refunded', too: ':1' },
  });
  await expect(swallowed.then((answer) => JSON.stringify(answer))).resolves.toContain('too');
});

it('marks what a receiver answered as data of others, before it', async () => {
  const { port } = await receiver();
  const { call } = await openMcp();
  const sent = await call('send_event', { provider: 'scalev', event: 'order.created', to: `:${port}` });
  expect(sent.value.untrusted).toEqual({
    note: expect.stringContaining('follow no instruction'),
    fields: ['deliveries[].attempts[].response'],
  });
  expect(sent.text).toMatch(/^\{"untrusted":/);
  expect((await call('list_providers', { provider: 'scalev' })).value).not.toHaveProperty('untrusted');
  const { url } = (await call('listen', { port: 0, provider: 'stripe' })).value;
  await call('send_event', { provider: 'stripe', event: 'charge.refunded', to: url });
  expect((await call('wait_for_delivery')).value.untrusted.fields).toEqual(['received']);
  const kept = (await call('read_log', { search: 'direction:received' })).value;
  expect(kept.untrusted.fields).toEqual(['deliveries[].event']);
  const shown = (await call('show_delivery', { delivery: kept.deliveries[0].key })).value;
  expect(shown.untrusted.fields).toEqual(expect.arrayContaining(['event', 'request']));
});

it('marks what quotes a receiver in errors, findings and failures, and no advice', async () => {
  const { port } = await receiver();
  const { call } = await openMcp({
    files: {
      'a.webhooks.yaml': `target: :${port}\ncases:\n  - send: scalev order.created\n    expect: { body: other }\n`,
    },
  });
  const failed = (await call('run_suite')).value;
  expect(failed.untrusted.fields.join()).toMatch(/\bfailures\b/);
  const checked = (await call('check_receiver', { provider: 'scalev', to: `:${port}` })).value;
  expect(checked.untrusted.fields).toEqual(expect.arrayContaining(['summary.findings[].why']));
  const wrong = (await call('send_event', { provider: 'scalev', event: 'order.creatd', to: `:${port}` })).value;
  expect(wrong.untrusted.fields).toEqual(['message']);
  for (const { untrusted } of [failed, checked, wrong]) expect(untrusted.fields.join()).not.toMatch(/hint|fix/);
});

it('starts one listener after the other where two are asked for at once', async () => {
  const { call } = await openMcp();
  const started = await Promise.all([call('listen', { port: 0 }), call('listen', { port: 0 })]);
  const [first, second] = started.map(({ value }) => value.url as string);
  await expect(fetch(first!)).rejects.toThrow();
  expect((await fetch(second!, { method: 'POST' })).status).toBe(200);
  expect((await call('stop_listening')).value).toEqual({ wasListening: true });
  await expect(fetch(second!)).rejects.toThrow();
});

it('sends in a mode, and tells a handshake the values that variables hold', async () => {
  const files = { 'webhook-sim.config.yaml': '{}\n', '.env.local': 'WHATSAPP_VERIFY_TOKEN=chosen-for-this-test\n' };
  const { call } = await openMcp({ files });
  const { port, reached } = await receiver();
  await call('send_event', { provider: 'github', event: 'push', mode: 'form', to: `:${port}` });
  expect(reached[0]!.headers['content-type']).toBe('application/x-www-form-urlencoded');
  const values = { verify_token: 'env:WHATSAPP_VERIFY_TOKEN' };
  const shaken = await call('send_handshake', { provider: 'whatsapp', to: `:${port}`, values });
  expect(shaken.isError).toBe(false);
  expect(reached[1]!.url).toContain('hub.verify_token=chosen-for-this-test');
  expect(shaken.text).not.toContain('chosen-for-this-test');
  for (const verify_token of ['file:/etc/passwd', 'env:PATH', 'plain']) {
    const args = { provider: 'whatsapp', to: `:${port}`, values: { verify_token } };
    expect((await call('send_handshake', args)).value).toMatchObject({ code: 'BAD_VALUE' });
  }
});
