import { createHash, createHmac, webcrypto } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { beforeEach, describe, expect, it } from 'vitest';
import { createDelivery, verifyAsync } from '../../src/index.js';
import { answering, scripted } from '../retry/scripted.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { sealedProject, sealKey } from './sealed.js';

/** Decrypts AES-256-GCM by WebCrypto, which the providers do not use. */
async function decrypt(iv: Uint8Array, sealed: Uint8Array, aad: string): Promise<string> {
  const { subtle } = webcrypto;
  const key = await subtle.importKey('raw', Buffer.from(sealKey), 'AES-GCM', false, ['decrypt']);
  const plain = await subtle.decrypt({ name: 'AES-GCM', iv, additionalData: Buffer.from(aad) }, key, sealed);
  return Buffer.from(plain).toString('utf8');
}

type Sent = { readonly body: string; readonly headers: readonly string[] };
const headerOf = ({ headers }: Sent, name: string) => headers[headers.indexOf(name) + 1] ?? '';

/** Receivers that return the payload of a request; they throw for one that is not genuine. */
const receivers: Record<string, (sent: Sent) => Promise<unknown>> = {
  async vault(sent) {
    const signed = `${headerOf(sent, 'Vault-Timestamp')}\n${sent.body}\n`;
    if (createHmac('sha256', sealKey).update(signed).digest('base64') !== headerOf(sent, 'Vault-Signature'))
      throw new Error('signature');
    const { resource, ...rest } = JSON.parse(sent.body);
    const sealed = Buffer.from(resource.ciphertext, 'base64');
    return { ...rest, resource: JSON.parse(await decrypt(Buffer.from(resource.nonce), sealed, 'payment')) };
  },
  async jot({ body }) {
    const [head, , iv, sealed, tag] = body.split('.');
    const bytes = Buffer.concat([Buffer.from(sealed!, 'base64url'), Buffer.from(tag!, 'base64url')]);
    return JSON.parse(await decrypt(Buffer.from(iv!, 'base64url'), bytes, head!));
  },
  async rows(sent) {
    const signature = createHmac('sha256', sealKey).update(sent.body).digest('hex');
    if (headerOf(sent, 'Rows-Signature') !== `sha256=${signature}`) throw new Error('signature');
    return sent.body;
  },
  async stamp({ body }) {
    const { stamp, check } = JSON.parse(body).meta;
    const withoutCheck = body.replace(check, '');
    if (createHash('md5').update(withoutCheck).digest('hex') !== check) throw new Error('check');
    const [salt] = stamp.split('.');
    const hash = createHash('sha512')
      .update(salt + sealKey)
      .update(withoutCheck.replace(stamp, ''))
      .digest('hex');
    if (`${salt}.${hash}` !== stamp) throw new Error('stamp');
    return JSON.parse(body);
  },
};

let cwd: string;
let env: Record<string, string>;
const run = (...argv: string[]) => cli(argv, { cwd, env });

beforeEach(() => {
  cwd = sealedProject();
  env = { SEAL_KEY: sealKey, XDG_STATE_HOME: folderOf({}) };
});

describe.each([
  ['vault', 'TRANSACTION.SUCCESS', 'resource.note', true],
  ['jot', 'note.made', 'note.text', true],
  ['rows', 'stock.counted', 'rows[0].sku', false],
  ['stamp', 'note.made', 'note.id', true],
])('%s', (provider, event, field, isRandom) => {
  const read = receivers[provider]!;

  it('is understood by a receiver, and no forgery is', async () => {
    const { url, requests } = await scripted(200);
    await run('send', provider, event, '--to', url, '--set', `${field}=Senja`);
    await run('send', provider, event, '--to', url, '--set', `${field}=Senja`);
    expect(JSON.stringify(await read(requests[0]!))).toContain('Senja');
    expect(requests[0]!.body !== requests[1]!.body).toBe(isRandom);
    for (const forgery of ['wrong-secret', 'tampered-body', 'no-signature']) {
      const { exitCode, stderr } = await run('send', provider, event, '--to', url, '--forge', forgery);
      expect([exitCode, stderr]).toEqual([1, expect.any(String)]);
      await expect(read(requests.at(-1)!), forgery).rejects.toThrow();
    }
  });

  it('is described well, and the built-in receiver has no findings', async () => {
    const tested = await run('provider', 'test', provider, '--json');
    expect(tested.json.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    const { stdout, exitCode } = await run('check', provider, event, '--to', 'demo');
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('no findings')]);
    for (const name of ['no-signature', 'tampered-body', 'wrong-secret'])
      expect(stdout).toMatch(new RegExp(`✓ (?:[\\w-]+, )*${name}`));
  });

  it('is verified and sent again from the log', async () => {
    const { url, requests } = await scripted(200);
    await run('send', provider, event, '--to', url);
    const verified = await run('verify', 'last');
    expect([verified.exitCode, verified.stdout]).toEqual([0, expect.stringContaining('genuine')]);
    if (provider !== 'rows') expect(verified.stdout).toContain(`event   ${event}`);
    const other = await run('verify', 'last', '--secret', 'another-key-of-thirty-two-chars!');
    expect([other.exitCode, other.stdout]).toEqual([1, expect.stringContaining('not genuine')]);
    const again = await run('resend', 'last');
    expect(again.exitCode).toBe(0);
    const changed = await run('send', provider, event, '--from', 'last', '--set', `${field}=Ayu`, '--to', url);
    expect([changed.exitCode, changed.stderr]).toEqual([0, expect.any(String)]);
    expect(requests).toHaveLength(3);
    await read(requests[1]!);
    expect(JSON.stringify(await read(requests[2]!))).toContain('Ayu');
  });
});

describe('a body that a function makes', () => {
  it('is made anew for each retry that renews the signature', async () => {
    const { url, requests } = await answering((_, at) => (at < 2 ? 500 : 200));
    await run('send', 'vault', 'TRANSACTION.SUCCESS', '--to', url, '--retry', '--speed', 'instant');
    const payloads = await Promise.all(requests.map(receivers.vault!));
    expect(new Set(requests.map(({ body }) => body)).size).toBe(3);
    expect(new Set(payloads.map((payload) => JSON.stringify(payload))).size).toBe(1);
  });

  it('says why it can not be read', async () => {
    const { url } = await scripted(200);
    await run('send', 'jot', 'note.made', '--to', url);
    const other = ['--secret', 'another-key-of-thirty-two-chars!'];
    const { stdout } = await run('verify', 'last', ...other);
    expect(stdout).toContain("the body can't be opened with the secret");
    expect(stdout).not.toContain(sealKey);
    const { stderr, exitCode } = await run('send', 'jot', '--from', 'last', '--to', url, ...other);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("can't be opened with the secret in force")]);
  });

  it('is shown by --dry-run as it would be sent', async () => {
    const { stdout } = await run('send', 'rows', 'stock.counted', '--to', 'http://127.0.0.1:9/', '--dry-run');
    const lines = stripVTControlCharacters(stdout).split(/\r?\n/);
    expect(lines).toEqual(expect.arrayContaining(['sku;count', 'KS-1;4', 'KS-2;0']));
  });

  it('is made for the library, too', async () => {
    const { default: provider } = await import(pathToFileURL(join(cwd, 'webhooks/jot/provider.mjs')).href);
    const payload = { event: 'note.made', note: { id: 'n2' } };
    const delivery = await createDelivery({ provider, payload, secret: sealKey, url: 'http://localhost/hook' });
    const sent = { body: Buffer.from(delivery.body).toString(), headers: delivery.headers.flat() };
    expect(await receivers.jot!(sent)).toEqual(payload);
    const judged = { provider, headers: delivery.headers, body: delivery.body, url: delivery.url };
    expect(await verifyAsync({ ...judged, secret: sealKey })).toEqual({ ok: true });
    expect(await verifyAsync({ ...judged, secret: 'another-key-of-thirty-two-chars!' })).toEqual({
      ok: false,
      reason: expect.stringContaining("can't be opened"),
    });
  });
});
