import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { formatMask } from '../../src/core/fingerprint.js';
import { createDelivery, send } from '../../src/index.js';
import { captureServer } from '../support/capture.js';
import { loggedProject } from './project.js';

const description = [
  'name: token',
  'headers: { Content-Type: application/json, X-Request-Token: "{id}", X-Sig: "{signature}" }',
  'values: { id: { kind: uuid4 } }',
  'signatures: { signature: { scheme: hmac, hash: sha256, content: "{id}.{body}", encoding: hex } }',
  'events: [a]',
  '',
].join('\n');

const project = (more: Record<string, string> = {}) =>
  loggedProject({
    'webhook-sim.config.yaml': 'providers: webhooks\n',
    'webhooks/token/provider.yaml': description,
    'webhooks/token/events/a.json': '{"a":1}',
    ...more,
  });
const signed = (id: string, secret = 'case-secret') =>
  createHmac('sha256', secret).update(`${id}.{"a":1}`).digest('hex');
const first = ['send', 'token', 'a', '--secret', 'case-secret', '--to'];

describe('a value that the log masks', () => {
  it('is the one of then in a resend of a resend, where the provider makes it', async () => {
    const server = await captureServer();
    const { run } = project();
    await run([...first, server.url]);
    for (const _ of [1, 2]) expect((await run(['resend', '--secret', 'case-secret'])).exitCode).toBe(0);
    const ids = server.requests.map((request) => request.header('X-Request-Token'));
    expect(ids).toEqual(Array(3).fill(ids[0]));
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(server.requests.map((request) => request.header('X-Sig'))).toEqual(Array(3).fill(signed(ids[0]!)));
  });

  it('is asked for where the signature covers it, or made anew with the signature', async () => {
    const server = await captureServer();
    const { run } = project();
    await run([...first, server.url, '-H', 'X-Request-Token: typed-by-hand']);
    const rejected = await run(['resend']);
    expect(rejected.stderr).toMatch(
      /^webhook-sim: The value of the header X-Request-Token of [0-9a-f]{8} is secret, was not kept, and is signed\. Give it with --header 'X-Request-Token: …', or leave the header out with --header 'X-Request-Token:'\. Or renew both with --secret\.\n$/,
    );
    expect([rejected.exitCode, server.requests.length]).toEqual([2, 1]);
    for (const _ of [1, 2]) expect((await run(['resend', 'last', '--secret', 'case-secret'])).exitCode).toBe(0);
    const [, second, third] = server.requests;
    const id = second!.header('X-Request-Token')!;
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(second!.header('X-Sig')).toBe(signed(id));
    expect(third!.header('X-Sig')).toBe(signed(third!.header('X-Request-Token')!));
    const given = await run(['resend', '-H', 'X-Request-Token: once-more', '--secret', 'case-secret']);
    expect(given.exitCode).toBe(0);
    expect(server.requests[3]!.header('X-Request-Token')).toBe('once-more');
    expect(server.requests[3]!.header('X-Sig')).toBe(signed('once-more'));
  });

  it.each([
    ['left out', ['-H', 'Cookie:'], []],
    ['given', ['-H', 'Cookie: c=new-value'], ['c=new-value', 'c=new-value']],
  ])('that came twice is %s twice', async (_, flags, expected) => {
    const server = await captureServer();
    const { run } = project();
    await run([...first, server.url, '-H', 'Cookie: a=first-value', '-H', 'Cookie: b=other-value']);
    expect((await run(['resend', ...flags])).exitCode).toBe(0);
    const cookies = server.requests[1]!.headers.filter(([name]) => name === 'Cookie').map(([, value]) => value);
    expect(cookies).toEqual(expected);
  });

  it('is rejected wherever it is given as a value, and nothing is sent', async () => {
    const server = await captureServer();
    const mask = formatMask('CANARY-1234');
    const config = `providers: webhooks\ntargets: { t: { url: "${server.url}", header: { X-Note: "${mask}" } } }\n`;
    const { run } = project();
    const typed = await run([...first, server.url, '-H', `Authorization: Bearer ${mask}`]);
    expect(typed.stderr).toBe(
      'webhook-sim: The value of the header Authorization is what outputs show in place of a secret. Give the real one, or leave the header out.\n',
    );
    const signing = await run(['send', 'token', 'a', '--secret', mask, '--to', server.url]);
    expect(signing.stderr).toMatch(
      /^webhook-sim: The secret of --secret is the mask that outputs show in place of a secret\./,
    );
    const ofTarget = await project({ 'webhook-sim.config.yaml': config }).run([...first, 't']);
    expect(ofTarget.stderr).toContain('X-Note is what outputs show in place of a secret');
    expect([typed.exitCode, signing.exitCode, ofTarget.exitCode]).toEqual([2, 2, 2]);
    const source = { provider: 'scalev', event: 'order.created', url: server.url } as const;
    const rejection = 'The value of the header X-Note is what outputs show in place of a secret.';
    await expect(createDelivery({ ...source, header: { 'X-Note': mask } })).rejects.toThrow(rejection);
    await expect(createDelivery({ ...source, secret: mask })).rejects.toThrow(
      'secret: this is the mask that outputs show',
    );
    const delivery = await createDelivery(source);
    const copied = { ...delivery, headers: [...delivery.headers, ['X-Note', mask] as const] };
    await expect(send(copied)).rejects.toThrow(rejection);
    expect(server.requests).toEqual([]);
  });

  it('makes no provider of a request that was printed', async () => {
    const { run } = project();
    const flags = ['-H', 'X-Api-Key: CANARY-1234', '--secret', 'case-secret', '--to', 'http://localhost:1/'];
    const { stdout } = await run(['send', 'token', 'a', ...flags, '--dry-run', '--json']);
    expect(stdout).toContain('(secret ');
    const result = await run(['provider', 'new', 'copied', '--from', '-', '--event', 'a', '--secret', 'case-secret'], {
      stdin: stdout,
    });
    expect(result.stderr).toContain('the capture has a mark in place of its value');
    const shown = await run(['send', 'copied', 'a', '--to', 'http://localhost:1/', '--dry-run']);
    expect(shown.stdout).not.toContain('X-Api-Key');
    const body = await run(['provider', 'new', 'other', '--from', '-'], {
      stdin: `POST / HTTP/1.1\r\nHost: localhost\r\n\r\n{"token":"${formatMask('x')}"}`,
    });
    expect(body.stderr).toContain('Standard input: it has "(secret …)" in place of a secret');
    expect(body.exitCode).toBe(2);
  });
});
