import { createHmac } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createDelivery, deliver, prepare, send } from '../../src/index.js';
import { captureServer } from '../support/capture.js';
import { folderOf } from '../support/folder.js';

const secret = 'It is a secret';
const body = '{"ref":"refs/heads/main","id":12}';
const captured = [
  'POST /old/hook?a=%20b HTTP/1.1',
  'Host: old.example',
  'Content-Type: application/json',
  'X-GitHub-Event: push',
  'X-GitHub-Delivery: 11111111-2222-4333-8444-555555555555',
  'X-Hub-Signature-256: sha256=00',
  `Content-Length: ${body.length}`,
  '',
  body,
].join('\r\n');

const hmac = (bytes: Uint8Array | string, key = secret) =>
  `sha256=${createHmac('sha256', key).update(bytes).digest('hex')}`;
const headerOf = (headers: readonly (readonly [string, string])[], wanted: string) =>
  headers.find(([name]) => name.toLowerCase() === wanted.toLowerCase())?.[1];

describe('from', () => {
  it('signs a captured request again, with a fresh id', async () => {
    const server = await captureServer();
    const delivery = await createDelivery({ provider: 'github', from: captured, url: `${server.url}/new`, secret });
    expect((await send(delivery)).outcome).toBe('accepted');
    const [request] = server.requests;
    expect(request!.requestLine).toBe('POST /new HTTP/1.1');
    expect(request!.body.toString()).toBe(body);
    expect(headerOf(request!.headers, 'X-GitHub-Event')).toBe('push');
    expect(headerOf(request!.headers, 'X-Hub-Signature-256')).toBe(hmac(body));
    expect(headerOf(request!.headers, 'X-GitHub-Delivery')).not.toContain('11111111');
    expect(delivery.event).toBe('push');
  });

  it('changes fields of it', async () => {
    const changes = { set: { ref: 'refs/heads/next' }, unset: 'id' };
    const delivery = await createDelivery({ provider: 'github', from: Buffer.from(captured), secret, ...changes });
    expect(Buffer.from(delivery.body).toString()).toBe('{"ref":"refs/heads/next"}');
    expect(headerOf(delivery.headers, 'X-Hub-Signature-256')).toBe(hmac(delivery.body));
  });

  it('sends it as it was with exact, also again and to a handler', async () => {
    const server = await captureServer();
    const options = { provider: 'github', from: captured, exact: true, secret } as const;
    const delivery = await createDelivery({ ...options, url: server.url });
    expect((await send(delivery)).ok).toBe(true);
    const [request] = server.requests;
    expect(request!.requestLine).toBe('POST /old/hook?a=%20b HTTP/1.1');
    expect(headerOf(request!.headers, 'X-Hub-Signature-256')).toBe('sha256=00');
    expect(headerOf(request!.headers, 'X-GitHub-Delivery')).toBe('11111111-2222-4333-8444-555555555555');
    expect(request!.body.toString()).toBe(body);

    const next = await prepare(options);
    const seen: string[] = [];
    const handler = async (arrived: Request) => {
      seen.push(`${arrived.headers.get('x-hub-signature-256')} ${await arrived.text()}`);
      return new Response();
    };
    for (let i = 0; i < 2; i++) expect((await deliver(await next()).to(handler)).ok).toBe(true);
    expect(seen).toEqual([`sha256=00 ${body}`, `sha256=00 ${body}`]);
    expect(() => next({ body: 'other' })).toThrow(/exact sends the captured request unchanged/);
    expect(() => next({ set: { ref: 1 } })).toThrow(/body is sent as it is/);
  });

  it('reads a file by its path or URL, and chooses one of several requests', async () => {
    const folder = await folderOf({});
    const path = join(folder, 'two.http');
    await writeFile(path, `${captured}\r\n\r\n${captured.replace('main', 'next')}`);
    const of = async (from: string | URL, entry: number) =>
      Buffer.from((await createDelivery({ provider: 'github', from, entry, secret })).body).toString();
    expect(await of(path, 1)).toBe(body);
    expect(await of(pathToFileURL(path), 2)).toBe(body.replace('main', 'next'));
  });

  it('takes a command of curl', async () => {
    const from = `curl https://old.example/ -H 'X-GitHub-Event: push' -d '${body}'`;
    const delivery = await createDelivery({ provider: 'github', from, secret });
    expect(headerOf(delivery.headers, 'X-Hub-Signature-256')).toBe(hmac(body));
  });

  it.each([
    [{ from: captured, body: 'x' }, 'CONFLICT', 'options.body'],
    [{ from: captured, payload: {} }, 'CONFLICT', 'options.payload'],
    [{ from: captured, exact: true, set: { ref: 'x' } }, 'CONFLICT', 'options.set'],
    [{ from: captured, exact: true, forge: 'wrong-secret' as const }, 'CONFLICT', 'options.forge'],
    [{ from: captured, entry: 0 }, 'BAD_', 'options.entry'],
    [{ entry: 1 }, 'CONFLICT', 'options.from'],
    [{ from: 'gone.har' }, 'BAD_CAPTURE', 'gone.har'],
    [{ from: captured.replace('X-GitHub-Event: push\r\n', '') }, 'NO_EVENT', 'options.event'],
    [{ from: 5 as never }, 'BAD_CAPTURE', 'options.from'],
  ])('refuses %j', async (options, code, named) => {
    const error = await createDelivery({ provider: 'github', ...options } as never).catch((reason) => reason);
    expect(error.code).toContain(code);
    expect(error.message).toContain(named);
  });
});
