import { describe, expect, it } from 'vitest';
import { readCapture } from '../../src/capture/readCapture.js';
import { expectLinear } from '../support/expectLinear.js';

const read = (bytes: string | Uint8Array) => readCapture(Buffer.from(bytes as string), { source: 'it', having: [] });
const json = '{"note":"é 👋 \\"q\\" %PATH% ^ &","n":1}';

async function seen(bytes: string | Uint8Array) {
  const { request, notes } = await read(bytes);
  return { ...request, body: Buffer.from(request.body).toString(), notes };
}

describe('what other programs write', () => {
  it('is read of a trace of Charles, with blocks that have ends of their own', async () => {
    const transaction = (path: string, body: string) =>
      `Method: POST\nProtocol: https\nFile: ${path}\nStart-Time: 2026-01-31T09:00:00.850+00:00\n\nRequest-Header:<<--EOF-1551355379344-\nHost: hooks.example:8443\nX-Sig: v1\n--EOF-1551355379344-\n\nResponse-Header:<<--EOF-1551355379344-\nHTTP/1.0 200 OK\n--EOF-1551355379344-\n\nRequest-Body:<<--EOF-1551355379345-\n${body}\n--EOF-1551355379345-\n\nResponse-Body:<<--EOF-1551355379345-\nMethod: none\n--EOF-1551355379345-\n\n`;
    const bytes = Buffer.from(transaction('/a?b=1', json) + transaction('/c', '{}'));
    const { request, at } = await readCapture(bytes, { source: 'it', having: [], entry: 1 });
    expect(request).toMatchObject({ method: 'POST', url: 'https://hooks.example:8443/a?b=1' });
    expect(request.headers).toEqual([
      ['Host', 'hooks.example:8443'],
      ['X-Sig', 'v1'],
    ]);
    expect(Buffer.from(request.body).toString()).toBe(json);
    expect(at).toBe(Date.UTC(2026, 0, 31, 9, 0, 0, 850));
    await expect(readCapture(bytes, { source: 'it', having: [], entry: 3 })).rejects.toThrow('it holds 2 requests');
  });

  it('is read of a trace of Charles that ends within an answer, and never for long', async () => {
    const head = 'Method: POST\nRequest-Header:<<--EOF-1\nHost: a\n--EOF-1\nRequest-Body:<<--EOF-2\n{}\n';
    expect((await seen(`${head}--EOF-2\nResponse-Body:<<--EOF-3\nn`)).body).toBe('{}');
    await expect(read(head)).rejects.toThrow('it ends within Request-Body. Is the trace saved whole?');
    const unclosed = (times: number) => read(head + 'A:<<--EOF-4\n'.repeat(times)).catch(() => null);
    await expectLinear(
      () => unclosed(1_000),
      () => unclosed(10_000),
      10,
    );
  });

  it('is read of Hoppscotch and Thunder Client', async () => {
    const off = { key: 'X-Old', name: 'X-Old', value: 'v0', active: false, isDisabled: true };
    const head = [{ key: 'X-Sig', name: 'X-Sig', value: 'v1', active: true }, off];
    const hoppscotch = { endpoint: 'http://x/h', method: 'POST', headers: head };
    const request = { ...hoppscotch, body: { contentType: 'application/json', body: json } };
    expect(await seen(JSON.stringify({ v: 2, name: 'c', folders: [], requests: [request] }))).toMatchObject({
      url: 'http://x/h',
      headers: [
        ['X-Sig', 'v1'],
        ['Content-Type', 'application/json'],
      ],
      body: json,
      notes: [],
    });
    const thunder = { url: 'http://x/h', method: 'POST', headers: head, body: { type: 'json', raw: json, form: [] } };
    expect(await seen(JSON.stringify({ client: 'Thunder Client', requests: [thunder] }))).toMatchObject({
      headers: [['X-Sig', 'v1']],
      body: json,
    });
    const form = { ...thunder, body: { type: 'formencoded', raw: '', form: [{ name: 'a', value: 'b c' }] } };
    expect((await seen(JSON.stringify({ requests: [form] }))).body).toBe('a=b%20c');
  });

  it('is named of Postman 1, whose bodies have other names', async () => {
    const request = { url: 'http://x/', method: 'POST', headers: 'X-Sig: 1\n', dataMode: 'raw', rawModeData: '{}' };
    await expect(read(JSON.stringify({ id: 'c', name: 'c', order: ['r'], requests: [request] }))).rejects.toThrow(
      'it: this is a collection of Postman 1. Import it into Postman, and export it as 2.1.',
    );
  });

  it('is read between the fences of Markdown', async () => {
    expect((await seen(`\`\`\`http\r\nPOST /h HTTP/1.1\r\nHost: x\r\n\r\n${json}\r\n\`\`\`\r\n`)).body).toBe(json);
    expect((await seen(`\n\`\`\`\nPOST /h HTTP/1.1\nHost: x\n\n${json}\n\`\`\`\n`)).body).toBe(json);
  });

  it('is read of multipart bodies and NDJSON of editors, as they send them', async () => {
    const parts = '--b\nContent-Disposition: form-data; name="a"\n\n1\n--b--';
    const head = '### one\nPOST http://x/\nContent-Type: multipart/form-data; boundary=b\n\n';
    expect((await seen(`${head}${parts}\n\n###\n`)).body).toBe(parts.replaceAll('\n', '\r\n'));
    expect((await seen(`POST http://x/\nContent-Type: application/x-ndjson\n\n{"a":1}\n{"a":2}\n`)).body).toBe(
      '{"a":1}\n{"a":2}\n',
    );
  });
});

describe('what Windows makes of a command', () => {
  it('is joined of halves with a caret before each, as browsers copy them', async () => {
    // DevTools puts a caret before each unit of UTF-16 that is no letter.
    const escaped = (text: string) =>
      `^"${text
        .replace(/\\/g, '\\\\')
        .replace(/"/g, '\\"')
        .replace(/[^a-zA-Z0-9\s_\-:=+~'/.',?;()*`]/g, '^$&')
        .replace(/%(?=[a-zA-Z0-9_])/g, '%^')}^"`;
    const command = `curl ${escaped('http://x/h')} ^\r\n  -H ${escaped('X-Sig: v1')} ^\r\n  --data-raw ${escaped(json)}`;
    expect((await seen(Buffer.from(`\ufeff${command}`, 'utf16le'))).body).toBe(json);
    // In UTF-8 each half was lost already.
    const { notes } = await seen(Buffer.from(command));
    expect(notes.join()).toContain('The body holds U+FFFD (byte 13), the sign of a character that was lost.');
  });

  it('says what ends a command between quotes', async () => {
    const command = String.raw`curl.exe "http://x/h" -d "{\"a\":\"b & c\"}"`;
    await expect(read(`C:\\Users\\me>${command}`)).rejects.toThrow(
      String.raw`a & ends the command in the command prompt, where \" closes a quote. Write ^&, or "" for \"`,
    );
    expect((await seen(`C:\\Users\\me>${command.replace('&', '^&')}`)).body).toBe('{"a":"b & c"}');
    expect((await seen(`C:\\Users\\me>curl.exe "http://x/h" -d "a b" > out.txt`)).body).toBe('a b');
  });

  it('is read of backslashes before quotes, as Windows PowerShell hands them to curl', async () => {
    const given = json.replace(/\\/g, '\\\\').replace(/"/g, '\\"');
    expect((await seen(`curl.exe "http://x/h" \`\n  --data-raw '${given}'\n`)).body).toBe(json);
  });

  it('is read of curl as the alias that it is in Windows PowerShell', async () => {
    const command = `curl -Uri http://x/h -Method POST -Headers @{ 'X-Sig' = 'v1' } -Body '{"a":1}'`;
    expect(await seen(command)).toMatchObject({ method: 'POST', url: 'http://x/h', body: '{"a":1}' });
    await expect(read('irm -Uri “http://x/” -Method Post -Body ‘a’')).rejects.toThrow('it has a typographic quote');
  });

  it('says nothing of a charset that the command names', async () => {
    const post = 'irm http://x/ -Method Post -Body';
    const bytes = await seen(`${post} ([System.Text.Encoding]::UTF8.GetBytes('é'))`);
    const typed = await seen(`${post} 'é' -ContentType 'application/json; charset=utf-8'`);
    expect([bytes, typed].map(({ body, notes }) => [body, notes])).toEqual([
      ['é', []],
      ['é', []],
    ]);
    expect((await seen(`${post} 'é'`)).notes.join()).toContain('ISO-8859-1');
  });

  it('is read of curl -v in a file with CRLF', async () => {
    const text = `* Connected\n> POST /h HTTP/1.1\n> Host: x\n> X-Sig: v1\n> \n${json}\n`;
    expect((await seen(text.replaceAll('\n', '\r\n'))).body).toBe(json);
    expect((await seen(text)).body).toBe(json);
  });
});

describe('a request of JSON has its body', () => {
  const read = (document: object) =>
    readCapture(Buffer.from(JSON.stringify(document)), {
      source: 'it',
      having: ['X-Sig'],
      nameOf: (key) => `--${key}`,
    });
  const base64 = 'eyJhIjoiw6kifQ==';
  const headers = [
    { name: 'X-Sig', value: 'v1=abc' },
    { name: 'Content-Length', value: '10' },
  ];
  const har = { method: 'POST', url: 'http://localhost/', headers, postData: { mimeType: 'x', text: '{"a":"é"}' } };
  const object = { 'X-Sig': 'v1=abc', 'Content-Length': '10' };
  const edge = { 'x-sig': [{ key: 'X-Sig', value: 'v1=abc' }] };
  it.each<[string, object]>([
    ['a request of a HAR alone', har],
    ['an entry of a HAR alone', { startedDateTime: 'x', request: har, response: {} }],
    ['a HAR without its outermost member', { version: '1.2', entries: [{ request: har }] }],
    [
      'a HAR that names UTF-8',
      { log: { entries: [{ request: { ...har, postData: { ...har.postData, encoding: 'UTF-8' } } }] } },
    ],
    [
      'a HAR whose body is beside it',
      {
        log: {
          entries: [{ request: { ...har, postData: undefined, _content: { text: base64, encoding: 'base64' } } }],
        },
      },
    ],
    [
      'a near miss of WireMock',
      {
        nearMisses: [
          {
            request: { method: 'POST', absoluteUrl: 'http://localhost/', headers: object, bodyAsBase64: base64 },
            stubMapping: {},
          },
        ],
      },
    ],
    [
      'a trigger of Pipedream',
      { trigger: { event: { method: 'POST', path: '/', client_ip: '::1', headers: object, bodyRaw: '{"a":"é"}' } } },
    ],
    [
      'an event of Lambda that was logged',
      {
        event: {
          version: '2.0',
          rawPath: '/',
          headers: object,
          requestContext: { http: { method: 'POST' } },
          body: base64,
          isBase64Encoded: true,
        },
      },
    ],
    [
      'Lambda@Edge',
      {
        Records: [
          { cf: { request: { method: 'POST', uri: '/', headers: edge, body: { data: base64, encoding: 'base64' } } } },
        ],
      },
    ],
    [
      'MockServer',
      [
        {
          httpRequest: {
            method: 'POST',
            path: '/',
            headers: object,
            body: { type: 'JSON', json: {}, rawBytes: base64 },
          },
        },
      ],
    ],
    ['base64 that nothing names', { method: 'POST', url: 'http://localhost/', headers: object, body: base64 }],
  ])('%s', async (_, document) => {
    const { request } = await read(document);
    expect(Buffer.from(request.body).toString()).toBe('{"a":"é"}');
    expect(request.headers).toContainEqual(['X-Sig', 'v1=abc']);
  });

  it('or is not read as one with none', async () => {
    const document = { req: { method: 'POST', url: '/', headers: object } };
    await expect(read(document)).rejects.toThrow('it holds this request without its body.');
    expect((await read({ method: 'GET', url: '/', headers: { 'X-Sig': 'a' } })).request.body).toHaveLength(0);
  });
});
