import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';

const send = ['send', 'scalev', 'order.created', '--json', '-q'];
const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

function fileWith(bytes: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'webhook-sim-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'body.bin');
  writeFileSync(path, bytes);
  return path;
}

describe('the body on the wire', () => {
  it('is the shipped sample, in the dialect of the provider', async () => {
    const server = await captureServer();
    await cli([...send, '--to', server.url, '--exact']);
    const sample = readFileSync(join(import.meta.dirname, '../../payloads/scalev/events/order.created.json'), 'utf8');
    expect(server.requests[0]!.body.toString()).toBe(JSON.stringify(JSON.parse(sample)));
  });

  it.each([
    ['invalid UTF-8, NUL and all other bytes', everyByte],
    ['a byte order mark', Buffer.from('\ufeff{}')],
    ['line ends and white space', Buffer.from('\r\n {"a" :1}\n\n')],
    ['no bytes', Buffer.alloc(0)],
    ['300 KB', Buffer.alloc(300_000, everyByte)],
  ])('is what --raw names, unchanged: %s', async (_, bytes) => {
    const server = await captureServer();
    const { json } = await cli([...send, '--to', server.url, '--raw', fileWith(bytes)]);
    const { body, header } = server.requests[0]!;
    expect(body.equals(bytes)).toBe(true);
    expect(header('content-length')).toBe(String(bytes.length));
    expect(json[0].request).toMatchObject({
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
  });

  it('is as long as content-length says where characters take several bytes', async () => {
    const server = await captureServer();
    const { json } = await cli([...send, '--to', server.url, '--set', 'data.destination_address.name=☕𝒳é']);
    const { body, header } = server.requests[0]!;
    expect(body.toString()).toContain('"name":"☕𝒳é"');
    expect(Number(header('content-length'))).toBe(body.length);
    expect(json[0].request.sha256).toBe(createHash('sha256').update(body).digest('hex'));
  });
});
