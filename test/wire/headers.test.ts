import { describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { scalev } from '../support/providers.js';

/** The head of one request as it came, sent with these flags. */
async function headOf(...flags: string[]): Promise<string> {
  const server = await captureServer();
  const { exitCode, stderr } = await cli(['send', 'scalev', 'order.created', '--to', server.url, '--exact', ...flags]);
  expect({ exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(server.requests).toHaveLength(1);
  return server.requests[0]!.head.replace(String(server.port), 'PORT');
}

const names = (head: string) =>
  head
    .split('\r\n')
    .slice(1)
    .map((line) => line.slice(0, line.indexOf(':')));

// undici's own, before and after those of the provider.
const first = ['host', 'connection'];
const last = ['content-length'];
const own = scalev.headers.map(([name]) => name);

describe('headers on the wire', () => {
  it('are these bytes, and nothing else', async () => {
    const head = await headOf('--secret', 'scalev-sample-secret');
    expect(head.replace(/Sha256: \S{44}/, 'Sha256: SIGNATURE').replace(/length: \d+/, 'length: LENGTH')).toBe(
      [
        'POST / HTTP/1.1',
        'host: 127.0.0.1:PORT',
        'connection: keep-alive',
        'Content-Type: application/json',
        'X-Scalev-Hmac-Sha256: SIGNATURE',
        'content-length: LENGTH',
      ].join('\r\n'),
    );
  });

  it('have the names of the provider file, to the letter and in its order', async () => {
    expect(names(await headOf())).toEqual([...first, ...own, ...last]);
  });

  it("end with the user's own, as written and in the order given", async () => {
    const head = await headOf('-H', 'x-OWN: v', '-H', 'B:2', '-H', 'a:   spaced out   ');
    expect(names(head)).toEqual([...first, ...own, 'x-OWN', 'B', 'a', ...last]);
    expect(head).toContain('\r\nx-OWN: v\r\nB: 2\r\na: spaced out\r\n');
  });

  it("have the user's own in place of one of the same name, in the user's letter case", async () => {
    const head = await headOf('-H', 'x-own: 1', '-H', 'content-TYPE: text/plain');
    expect(names(head)).toEqual([...first, 'content-TYPE', 'X-Scalev-Hmac-Sha256', 'x-own', ...last]);
    expect(head).toContain('\r\ncontent-TYPE: text/plain\r\n');
    expect(head).not.toContain('application/json');
  });

  it("hold one of the user's as often as it was given", async () => {
    const head = await headOf('-H', 'X-Tag: a', '-H', 'x-tag: b', '-H', 'X-Tag: a');
    expect(head).toContain('\r\nX-Tag: a\r\nx-tag: b\r\nX-Tag: a\r\n');
  });

  it('lack one that the user leaves out', async () => {
    expect(names(await headOf('-H', 'X-SCALEV-hmac-sha256:'))).toEqual([...first, 'Content-Type', ...last]);
    expect(names(await headOf('-H', 'X-Nowhere:'))).toEqual([...first, ...own, ...last]);
  });

  it('write Latin-1 as one byte for each character', async () => {
    expect(await headOf('-H', 'X-Place: Café Größe ÿ\u00a0¿')).toContain('\r\nX-Place: Café Größe ÿ\u00a0¿\r\n');
  });

  it.each([
    'X-Bad: a\r\nX-Injected: b',
    'X-Bad: a\nb',
    'X-Bad: \0',
    'X-Bad: ☕',
    'X Bad: a',
    'X-Bäd: a',
    'Content-Length: 3',
    'Transfer-Encoding: chunked',
    'no colon',
    ': no name',
  ])('are rejected before anything is sent: %j', async (header) => {
    const server = await captureServer();
    const { exitCode, stderr } = await cli(['send', 'scalev', 'order.created', '--to', server.url, '-H', header]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^webhook-sim: .+\n$/);
    expect(server.requests).toEqual([]);
  });
});
