import { describe, expect, it } from 'vitest';
import { readCapture } from '../../src/capture/readCapture.js';
import { flagName } from '../../src/cli/options/flags.js';
import { UsageError } from '../../src/core/errors.js';

const having = ['X-Scalev-Hmac-Sha256'];
const read = (bytes: string | Uint8Array, entry?: number) =>
  readCapture(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, {
    source: 'it',
    entry,
    having,
    nameOf: flagName,
  });
const http = (text: string, body: string | Uint8Array = '{}') =>
  Buffer.concat([Buffer.from(text), typeof body === 'string' ? Buffer.from(body) : body]);

describe('HTTP text', () => {
  const headers = [
    ['Host', 'shop.example'],
    ['X-Scalev-Hmac-Sha256', 'abc='],
  ];

  it.each([
    ['with CRLF', 'POST /hooks?a=1 HTTP/1.1\r\nHost: shop.example\r\nX-Scalev-Hmac-Sha256: abc=\r\n\r\n'],
    ['with LF', 'POST /hooks?a=1 HTTP/1.1\nHost: shop.example\nX-Scalev-Hmac-Sha256: abc=\n\n'],
    ['without a version', 'POST /hooks?a=1\nHost:shop.example\nX-Scalev-Hmac-Sha256:   abc=  \n\n'],
    ['after blank lines', '\r\n\nPOST /hooks?a=1 HTTP/2\r\nHost: shop.example\r\nX-Scalev-Hmac-Sha256: abc=\r\n\r\n'],
    [
      'with a folded header',
      'POST /hooks?a=1 HTTP/1.1\r\nHost: shop.example\r\nX-Scalev-Hmac-Sha256:\r\n abc=\r\n\r\n',
    ],
  ])('%s', async (_, head) => {
    const { request, notes } = await read(http(head));
    expect(request.headers.map(([name, value]) => [name, value.trim()])).toEqual(headers);
    expect(request).toMatchObject({ method: 'POST', url: 'http://shop.example/hooks?a=1' });
    expect(Buffer.from(request.body).toString()).toBe('{}');
    expect(notes).toEqual([]);
  });

  it('without a request line, or with those of HTTP/2', async () => {
    expect((await read('X-A: 1\n\nbody')).request).toMatchObject({ method: 'POST', url: 'http://localhost/' });
    const pseudo = ':method: PUT\n:path: /x\n:authority: a.example\n:scheme: https\nx-a: 1\n\nbody';
    expect((await read(pseudo)).request).toMatchObject({
      method: 'PUT',
      url: 'https://a.example/x',
      headers: [['x-a', '1']],
    });
  });

  it('keeps every byte of the body', async () => {
    const bytes = Buffer.from(Array.from({ length: 512 }, (_, i) => i % 256));
    for (const end of ['\n', '\r\n']) {
      expect(Buffer.from((await read(http(`A: 1${end}B: 2${end}${end}`, bytes))).request.body).equals(bytes)).toBe(
        true,
      );
    }
    expect(Buffer.from((await read(http('A: 1\n\n', '\r\n\n{}\n\n'))).request.body).toString()).toBe('\r\n\n{}\n\n');
  });

  it('ends a body at its Content-Length where only line ends or another request follow', async () => {
    const text = (rest: string) => read(http('A: 1\nContent-Length: 2\n\n', `{}${rest}`));
    expect(Buffer.from((await text('\r\n\n')).request.body).toString()).toBe('{}');
    const two = '{}\n\nPOST /two HTTP/1.1\nA: 2\n\n[]';
    await expect(read(http('A: 1\nContent-Length: 2\n\n', two))).rejects.toThrow(/--entry: 1 POST \/, 2 POST \/two\./);
    const bodies = [1, 2].map(
      async (entry) => (await read(http('A: 1\nContent-Length: 2\n\n', two), entry)).request.body,
    );
    expect((await Promise.all(bodies)).map((body) => Buffer.from(body).toString())).toEqual(['{}', '[]']);
  });

  it('leaves text behind JSON of its Content-Length out, and says so', async () => {
    const text = (body: string) => read(http('A: 1\nContent-Length: 2\n\n', body));
    expect(Buffer.from((await text('{} more')).request.body).toString()).toBe('{}');
    expect((await text('{} more')).notes).toEqual([expect.stringContaining('text behind them was left out')]);
    expect(Buffer.from((await text('ab more')).request.body).toString()).toBe('ab more');
    expect((await text('ab more')).notes).toEqual([
      expect.stringContaining('Content-Length says 2 bytes, and the capture holds 7'),
    ]);
  });

  it('says so when the body is shorter than its Content-Length', async () => {
    expect((await read(http('A: 1\nContent-Length: 20\n\n'))).notes).toEqual([expect.stringContaining('says 20')]);
  });

  it('joins chunks, and takes a body that is joined already', async () => {
    const head = 'A: 1\r\nTransfer-Encoding: chunked\r\n\r\n';
    expect(
      Buffer.from((await read(http(head, '3;x=y\r\n{"a\r\n4\r\n":1}\r\n0\r\n\r\n'))).request.body).toString(),
    ).toBe('{"a":1}');
    const joined = async (start: string) =>
      Buffer.from((await read(http(start, '{"a":1}\n\n'))).request.body).toString();
    expect(await joined(head)).toBe('{"a":1}\n\n');
    // Who writes lines of text ends the last one.
    expect(await joined(head.replaceAll('\r', ''))).toBe('{"a":1}');
  });
});

describe('a HAR', () => {
  const entry = (
    postData: unknown,
    headers: unknown = [{ name: 'X-Scalev-Hmac-Sha256', value: 'abc=' }],
    more = {},
  ) => ({
    startedDateTime: '2026-01-13T01:00:12.000Z',
    request: { method: 'POST', url: 'https://shop.example/hooks', headers, postData, ...more },
  });
  const har = (...entries: unknown[]) => JSON.stringify({ log: { version: '1.2', entries } });
  const text = { mimeType: 'application/json', text: '{"a":"é"}' };

  it('gives its request, and when it was', async () => {
    const { request, at, notes } = await read(har(entry(text)));
    expect(request).toMatchObject({
      method: 'POST',
      url: 'https://shop.example/hooks',
      headers: [['X-Scalev-Hmac-Sha256', 'abc=']],
    });
    expect(Buffer.from(request.body).toString()).toBe('{"a":"é"}');
    expect(at).toBe(Date.UTC(2026, 0, 13, 1, 0, 12));
    expect(notes).toEqual([]);
  });

  it('gives base64 as its bytes', async () => {
    const body = (await read(har(entry({ encoding: 'base64', text: '/wB7fQ==' })))).request.body;
    expect(Buffer.from(body).toString('hex')).toBe('ff007b7d');
  });

  it('leaves out the headers of HTTP/2 itself', async () => {
    const headers = [{ name: ':path', value: '/' }, { name: 'x-scalev-hmac-sha256', value: 'abc=' }, null, { name: 1 }];
    expect((await read(har(entry(text, headers)))).request.headers).toEqual([['x-scalev-hmac-sha256', 'abc=']]);
  });

  it('takes the entry that has the signature', async () => {
    const other = entry({ text: 'no' }, [{ name: 'Accept', value: '*/*' }]);
    expect(Buffer.from((await read(har(other, entry(text)))).request.body).toString()).toBe('{"a":"é"}');
    expect(Buffer.from((await read(har(other, entry(text)), 1)).request.body).toString()).toBe('no');
    expect((await read(har(entry(text), entry(text)))).notes).toEqual([expect.stringContaining('entry 1 was taken')]);
  });

  it.each<[string, string | Uint8Array, number | undefined, RegExp]>([
    ['an entry out of range', har(entry(text)), 2, /there is no entry 2: it holds one request/],
    ['no entries', har(), undefined, /it holds no requests/],
    ['no body', har(entry(undefined)), undefined, /entry 1 holds no body/],
    ['a body of parameters', har(entry({ params: [] })), undefined, /only its parsed parameters/],
    ['a body that is no base64', har(entry({ text: '{}', encoding: 'base64' })), undefined, /is base64, and is not/],
    ['another encoding', har(entry({ text: '{}', encoding: 'gzip' })), undefined, /other than base64/],
    ['no headers', har(entry(text, 'x')), undefined, /has no headers/],
    ['no request', har({}), undefined, /entry 1 has no request/],
    ['null', har(null, null), 1, /entry 1 has no request/],
    [
      'entries of other providers',
      har(entry(text, [{ name: 'A', value: '1' }]), entry(text, [])),
      undefined,
      /none of its 2 entries has the header X-Scalev-Hmac-Sha256/,
    ],
    ['a HAR that is cut', har(entry(text)).slice(0, -5), undefined, /neither HTTP text nor JSON/],
    ['JSON that is no HAR', '{"event":"order.created"}', undefined, /is JSON, but no HAR/],
    ['a JSON array', '[1]', undefined, /is JSON, but no HAR/],
    ['nothing', '', undefined, /is empty/],
    ['only headers', 'A: 1\nB: 2\n', undefined, /no blank line/],
    ['garbage', 'garbage', undefined, /no blank line/],
    ['text', 'this is\n\nno capture', undefined, /line 1 is no header/],
    ['only a request line', 'POST / HTTP/1.1\r\n\r\n{}', undefined, /it has no headers/],
    ['a response', 'HTTP/1.1 200 OK\r\nA: 1\r\n\r\n', undefined, /this is a response/],
    ['binary', Buffer.from([0, 1, 2, 255, 254, 10, 10]), undefined, /line 1 is no header/],
    ['a huge head', Buffer.alloc(2_000_000, 'a'), undefined, /no blank line/],
    ['many short lines', Buffer.alloc(2_000_000, 'a\n'), undefined, /no blank line/],
    ['an entry that HTTP text does not have', 'A: 1\n\n{}', 2, /no entry 2: it holds one request/],
    [
      'a dry run without a body',
      '{"type":"dry-run","url":"http://x/","request":{"headers":[]}}',
      undefined,
      /no headers or no body/,
    ],
  ])('rejects %s', async (_, bytes, number, message) => {
    await expect(read(bytes, number)).rejects.toThrow(UsageError);
    await expect(read(bytes, number)).rejects.toThrow(message);
  });
});
