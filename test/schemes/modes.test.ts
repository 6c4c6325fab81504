import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { check, createDelivery, exportDeliveries, flow, verify } from '../../src/index.js';
import { listening } from '../listen/listening.js';
import { loggedProject } from '../log/project.js';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { judgingServer } from '../support/judgingServer.js';

const secret = 'a-secret-of-the-test';
const form = ['--mode', 'form', '--secret', secret];

function sha256(body: Uint8Array): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

describe('the mode form of GitHub', () => {
  it('sends the JSON in a field of a form, and signs the form', async () => {
    const server = await captureServer();
    const { exitCode } = await cli(['send', 'github', 'pull_request.opened', '--to', server.url, ...form]);
    const [request] = server.requests;
    expect(exitCode).toBe(0);
    expect(request!.header('Content-Type')).toBe('application/x-www-form-urlencoded');
    expect(request!.header('X-GitHub-Event')).toBe('pull_request');
    expect(request!.header('X-Hub-Signature-256')).toBe(sha256(request!.body));
    const fields = new URLSearchParams(request!.body.toString());
    expect([...fields.keys()]).toEqual(['payload']);
    expect(JSON.parse(fields.get('payload')!)).toMatchObject({ action: 'opened', pull_request: {} });
  });

  it('has headers in the order of the other mode', async () => {
    const [json, asForm] = await Promise.all(
      [{}, { mode: 'form' }].map((more) =>
        createDelivery({ provider: 'github', event: 'push', seed: 1, now: 1_700_000_000_000, ...more }),
      ),
    );
    expect(asForm!.headers.map(([name]) => name)).toEqual(json!.headers.map(([name]) => name));
    expect(new URLSearchParams(Buffer.from(asForm!.body).toString()).get('payload')).toBe(
      Buffer.from(json!.body).toString(),
    );
  });

  it('changes fields of the JSON', async () => {
    const { body } = await createDelivery({
      provider: 'github',
      event: 'push',
      mode: 'form',
      set: { ref: 'refs/tags/ü&=+' },
    });
    expect(JSON.parse(new URLSearchParams(Buffer.from(body).toString()).get('payload')!).ref).toBe('refs/tags/ü&=+');
  });

  it.each(['no-signature', 'wrong-secret', 'tampered-body', 'empty-body', 'other-event-signature'])(
    'is forged in its form: %s',
    async (forge) => {
      const shown = await cli(['send', 'github', 'push', '--to', ':1', '--dry-run', '--forge', forge, ...form]);
      if (shown.exitCode !== 0) return expect(shown.stderr).toContain(forge);
      const [head, body] = shown.stdout.split('\n\n') as [string, string];
      expect(head).toContain('application/x-www-form-urlencoded');
      const signature = /X-Hub-Signature-256: (\S*)/.exec(head)?.[1];
      expect(signature === sha256(Buffer.from(body.trimEnd()))).toBe(false);
      expect(body).toMatch(/^payload=/);
    },
  );

  it('is verified, recognized, and its event is read', async () => {
    const delivery = await createDelivery({ provider: 'github', event: 'issues.opened', mode: 'form', secret });
    const { method, headers, body } = delivery;
    expect(verify({ provider: 'github', method, headers, body, secret })).toMatchObject({ ok: true });
    const other = Buffer.from(Buffer.from(body).toString().replace('opened', 'closed'));
    expect(verify({ provider: 'github', method, headers, body: other, secret })).toMatchObject({ ok: false });
    const { url, lines, ended } = await listening(['--count', '1'], { env: { GITHUB_WEBHOOK_SECRET: secret } });
    await fetch(url, {
      method: 'POST',
      headers: headers.map(([n, v]): [string, string] => [n, v]),
      body: Buffer.from(body),
    });
    await ended;
    expect(lines.find(({ type }) => type === 'received')).toMatchObject({
      provider: 'github',
      event: 'issues.opened',
      verdict: 'genuine',
    });
  });

  it('is explained where its signature does not match', async () => {
    const { stdout } = await cli(['send', 'github', 'push', '--to', ':1', '--dry-run', ...form]);
    const cwd = folderOf({ 'a.http': stdout.replace(/^/, '') });
    const right = await cli(['verify', 'a.http', '--secret', secret], { cwd });
    expect(right).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('genuine') });
    const wrong = await cli(['verify', 'a.http', '--secret', 'another-secret-of-it'], { cwd });
    expect(wrong.exitCode).toBe(1);
  });

  it('is kept, sent again and edited as a form', async () => {
    const server = await captureServer();
    const project = loggedProject();
    await project.run(['send', 'github', 'push', '--to', server.url, ...form]);
    expect((await project.run(['verify', 'last', '--secret', secret])).stdout).toContain('genuine');
    const again = await project.run(['resend', '--secret', secret]);
    expect(again).toMatchObject({ exitCode: 0 });
    expect(server.requests[1]!.body.toString()).toMatch(/^payload=%7B/);
    expect(server.requests[1]!.header('X-Hub-Signature-256')).toBe(sha256(server.requests[1]!.body));
  });

  it('is chosen in the config, in a suite, and for a flow, an export and a check', async () => {
    const server = await captureServer();
    const config = { 'webhook-sim.config.yaml': 'modes: { github: form }\n' };
    const suite = `target: ${server.url}\ncases:\n  - { send: github push, mode: form }\n`;
    await cli(['send', 'github', 'push', '--to', server.url], { cwd: folderOf(config) });
    const ran = await cli(['run'], { cwd: folderOf({ 'a.webhooks.yaml': suite }) });
    expect(ran).toMatchObject({ exitCode: 0 });
    await flow({ provider: 'github', flow: 'issue', mode: 'form', to: server.url });
    const { deliveries } = await exportDeliveries({
      provider: 'github',
      events: ['push'],
      mode: 'form',
      format: 'raw',
    });
    const bodies = [
      ...server.requests.map(({ body }) => body),
      ...deliveries.map(({ delivery }) => Buffer.from(delivery.body)),
    ];
    expect(bodies.length).toBeGreaterThan(4);
    for (const body of bodies) expect(body.toString()).toMatch(/^payload=%7B/);
  });

  it('finds nothing wrong with a receiver that is right', async () => {
    const right = await judgingServer(async ({ header, text }) => {
      if (header('x-hub-signature-256') !== sha256(Buffer.from(text))) return 'its signature is wrong';
      return new URLSearchParams(text).has('payload') ? null : 'there is no payload';
    });
    const checked = await check({ provider: 'github', mode: 'form', to: right.url, secret }).result();
    expect(checked.findings.map(({ name }) => name)).toEqual([]);
  });

  it('is one that the provider has', async () => {
    const wrong = await cli(['send', 'github', 'push', '--to', ':1', '--mode', 'from']);
    expect(wrong).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('Did you mean form?') });
    const none = await cli(['send', 'scalev', 'order.created', '--to', ':1', '--mode', 'form']);
    expect(none).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('Scalev delivers in one form only'),
    });
    expect((await cli(['show', 'github', 'push'])).stdout).toContain('mode form: application/x-www-form-urlencoded');
  });
});

describe('a payload in the query', () => {
  it.each(['{path}{query}', '{url}'])('is covered by a signature over %s', async (content) => {
    const cwd = folderOf({
      'webhooks/acme/provider.yaml': `name: acme\nmethod: GET\nheaders: { X-Sig: "{sig}" }\ndialect: query\nsignatures: { sig: { scheme: hmac, hash: sha256, content: "${content}", encoding: hex } }\neventAt: event\nevents: [paid]\n`,
      'webhooks/acme/events/paid.json': '{"event":"paid"}',
    });
    const { stdout } = await cli(['provider', 'test', 'webhooks/acme'], { cwd });
    expect(stdout).toContain('✓ the signature covers the body');
  });
});

describe('a mode of a description', () => {
  it('is held to the rules of descriptions', async () => {
    const cwd = folderOf({
      'webhooks/acme/provider.yaml':
        'name: acme\nheaders: { X-A: b }\nevents: [paid]\nmodes: { odd: { title: Odd, body: "x={y}" } }\n',
      'webhooks/acme/events/paid.json': '{}',
    });
    const { exitCode, stdout } = await cli(['provider', 'test', 'webhooks/acme'], { cwd });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('modes.odd');
    expect(stdout).toContain('unknown placeholder {y}');
  });
});
