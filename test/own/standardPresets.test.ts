import { createHmac, createPublicKey, verify } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Captured, captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

/** The first key pair of RFC 8032, 7.1. */
const seed = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex');
const half = Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex');
const whsk = `whsk_${Buffer.concat([seed, half]).toString('base64')}`;

async function folderWith(scheme: string): Promise<string> {
  const cwd = folderOf({});
  const events = ['--event', 'order.created', '--event', 'order.paid'];
  expect((await cli(['provider', 'new', 'acme', '--scheme', scheme, ...events], { cwd })).exitCode).toBe(0);
  return cwd;
}

async function sent(cwd: string, flags: readonly string[] = []): Promise<Captured> {
  const server = await captureServer();
  const { exitCode } = await cli(['send', 'acme', 'order.paid', '--to', server.url, ...flags], { cwd });
  expect(exitCode).toBe(0);
  return server.requests[0]!;
}

describe('provider new with a scheme of a standard', () => {
  it('writes a folder that is complete: description, samples, flows', async () => {
    const cwd = await folderWith('standard-webhooks');
    expect(readdirSync(join(cwd, 'webhooks/acme')).sort()).toEqual(['events', 'flows.yaml', 'provider.yaml']);
    expect(parse(readFileSync(join(cwd, 'webhooks/acme/flows.yaml'), 'utf8'))).toEqual([
      {
        name: 'example',
        title: 'All events, one after the other',
        steps: [{ event: 'order.created' }, { event: 'order.paid' }],
      },
    ]);
    const server = await captureServer();
    expect((await cli(['flow', 'acme', 'example', '--to', server.url], { cwd })).exitCode).toBe(0);
    expect(server.requests.map(({ body }) => JSON.parse(String(body)).type)).toEqual(['order.created', 'order.paid']);
  });

  it('standard-webhooks is taken by the package of that name, and not when tampered with', async () => {
    const secret = `whsec_${Buffer.from('a key of thirty-two bytes for it').toString('base64')}`;
    const { headers, body } = await sent(await folderWith('standard-webhooks'), ['--secret', secret]);
    const webhook = new Webhook(secret);
    const payload = webhook.verify(String(body), Object.fromEntries(headers)) as object;
    expect(payload).toEqual({ type: 'order.paid', timestamp: expect.any(String), data: expect.any(Object) });
    expect(() => webhook.verify(`${body} `, Object.fromEntries(headers))).toThrow('No matching signature');
  });

  it('standard-webhooks-v1a signs with the key of a whsk_ secret, as Ed25519 verifies', async () => {
    const { header, body } = await sent(await folderWith('standard-webhooks-v1a'), ['--secret', whsk]);
    const [version, signature = ''] = header('webhook-signature')!.split(',');
    const content = `${header('webhook-id')}.${header('webhook-timestamp')}.${body}`;
    const key = createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: half.toString('base64url') },
      format: 'jwk',
    });
    expect(version).toBe('v1a');
    expect(verify(null, Buffer.from(content), key, Buffer.from(signature, 'base64'))).toBe(true);
    expect(verify(null, Buffer.from(`${content} `), key, Buffer.from(signature, 'base64'))).toBe(false);
  });

  it('standard-webhooks-v1a is verified with the public key alone, as whpk_', async () => {
    const cwd = await folderWith('standard-webhooks-v1a');
    const { head, body } = await sent(cwd, ['--secret', whsk]);
    writeFileSync(join(cwd, 'capture.http'), `${head}\r\n\r\n${body}`);
    const judge = (secret: string) => cli(['verify', 'acme', 'capture.http', '--secret', secret], { cwd });
    expect((await judge(`whpk_${half.toString('base64')}`)).exitCode).toBe(0);
    expect((await judge(`whpk_${Buffer.alloc(32, 7).toString('base64')}`)).exitCode).toBe(1);
  });

  it('svix is signed in the headers of Svix', async () => {
    const key = Buffer.from('a key of thirty-two bytes for it');
    const { header, body } = await sent(await folderWith('svix'), ['--secret', `whsec_${key.toString('base64')}`]);
    const content = `${header('svix-id')}.${header('svix-timestamp')}.${body}`;
    expect(header('svix-signature')).toBe(`v1,${createHmac('sha256', key).update(content).digest('base64')}`);
    expect(header('webhook-signature')).toBeUndefined();
  });

  it('cloudevents has all attributes in the body', async () => {
    const { header, body } = await sent(await folderWith('cloudevents'), ['--secret', 'a token']);
    expect(header('content-type')).toBe('application/cloudevents+json');
    expect(header('authorization')).toBe('Bearer a token');
    expect(header('webhook-request-origin')).toBe('acme.example.com');
    expect(JSON.parse(String(body))).toMatchObject({ specversion: '1.0', type: 'order.paid', source: '/acme' });
  });

  it('cloudevents-binary has them in headers, fresh in each delivery, and the data alone in the body', async () => {
    const cwd = await folderWith('cloudevents-binary');
    const [first, second] = [await sent(cwd), await sent(cwd)];
    expect(first.header('ce-specversion')).toBe('1.0');
    expect(first.header('ce-type')).toBe('order.paid');
    expect(first.header('ce-source')).toBe('/acme');
    expect(first.header('ce-time')).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(first.header('ce-id')).not.toBe(second.header('ce-id'));
    expect(JSON.parse(String(first.body))).toEqual({ id: expect.stringMatching(/^order_/), status: 'paid' });
  });

  it.each([
    ['the origin that asked', 'WebHook-Allowed-Origin: acme.example.com\r\nWebHook-Allowed-Rate: 100\r\n', 0],
    ['any origin', 'WebHook-Allowed-Origin: *\r\n', 0],
    ['another origin', 'WebHook-Allowed-Origin: other.example.com\r\n', 1],
    ['none, as CORS answers', 'Access-Control-Allow-Origin: *\r\n', 1],
  ])('cloudevents asks with OPTIONS before the first event, and a receiver allows %s', async (_, line, code) => {
    const cwd = await folderWith('cloudevents');
    const server = await captureServer(`HTTP/1.1 200 OK\r\n${line}Content-Length: 0\r\n\r\n`);
    const { exitCode } = await cli(['send', 'acme', 'order.paid', '--handshake', '--to', server.url], { cwd });
    expect(exitCode).toBe(code);
    expect(server.requests.map(({ requestLine }) => requestLine.split(' ')[0])).toEqual(
      code === 0 ? ['OPTIONS', 'POST'] : ['OPTIONS'],
    );
    expect(server.requests[0]!.header('webhook-request-origin')).toBe('acme.example.com');
    expect(server.requests[0]!.body.length).toBe(0);
  });

  it('the built-in receiver allows what cloudevents asks for', async () => {
    const cwd = await folderWith('cloudevents-binary');
    expect((await cli(['handshake', 'acme', '--to', 'demo'], { cwd })).exitCode).toBe(0);
  });
});
