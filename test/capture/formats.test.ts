import { describe, expect, it } from 'vitest';
import { readCapture } from '../../src/capture/readCapture.js';
import { flagName } from '../../src/cli/options/flags.js';
import { readFixture } from './readFixture.js';

const read = (bytes: string | Uint8Array | object, entry?: number, having: readonly string[] = []) => {
  const given = typeof bytes === 'string' || bytes instanceof Uint8Array ? bytes : JSON.stringify(bytes);
  return readCapture(Buffer.from(given as Uint8Array), { source: 'it', entry, having, nameOf: flagName });
};

/** Returns a request that was read, in one line, and its body. */
async function seen(bytes: string | Uint8Array | object, entry?: number) {
  const { request } = await read(bytes, entry);
  const { method, url, headers, body } = request;
  return [
    `${method} ${url}`,
    headers.map(([name, value]) => `${name}: ${value}`).join('\n'),
    Buffer.from(body).toString(),
  ];
}

const line = 'POST http://localhost:3000/hook?a=1';
const headers = 'Content-Type: application/json\nX-Sig: v1=abc';
const body = '{"note":"é","n":1.0}';
const wanted = [line, headers, body];
const base64 = Buffer.from(body).toString('base64');
const object = { 'Content-Type': 'application/json', 'X-Sig': 'v1=abc' };
const lists = { 'Content-Type': ['application/json'], 'X-Sig': ['v1=abc'] };
const pairs = Object.entries(object).map(([name, value]) => ({ name, value }));
const keyed = Object.entries(object).map(([key, value]) => ({ key, value }));
const url = 'http://localhost:3000/hook?a=1';
const response = { status: { code: 200, message: 'OK' }, headers: {}, body: 'ok' };

describe('a request of JSON is read', () => {
  const raw = `POST /hook?a=1 HTTP/1.1\r\nHost: localhost:3000\r\nContent-Type: application/json\r\nX-Sig: v1=abc\r\n\r\n${body}`;
  const bare = { ...object, Host: 'localhost:3000' };
  it.each<[string, object]>([
    [
      'of a HAR',
      { log: { entries: [{ request: { method: 'POST', url, headers: pairs, postData: { text: body } } }] } },
    ],
    [
      'of a HAR with parameters beside the text',
      {
        log: {
          entries: [{ request: { method: 'POST', url, headers: pairs, postData: { params: [{}], text: body } } }],
        },
      },
    ],
    ['of a dry run', { type: 'dry-run', url, request: { method: 'POST', headers: Object.entries(object), body } }],
    [
      'of the log',
      { type: 'kept', url, request: { method: 'POST', headers: Object.entries(object), bodyBase64: base64 } },
    ],
    [
      'of vectors',
      {
        type: 'vectors',
        vectors: [{ method: 'POST', url, headers: Object.entries(object), body, valid: true, secretFingerprint: 'x' }],
      },
    ],
    [
      'of webhook.site',
      { data: [{ uuid: 'u', method: 'POST', url, headers: lists, content: body, created_at: '2026-01-31 09:00:00' }] },
    ],
    [
      'of Pipedream',
      {
        event: {
          method: 'POST',
          path: '/hook',
          query: { a: '1' },
          client_ip: '::1',
          url,
          headers: object,
          bodyRaw: body,
          body: {},
        },
      },
    ],
    [
      'of the older RequestBin',
      [{ method: 'POST', path: '/hook', remote_addr: '::1', url, headers: object, body, content_length: 20 }],
    ],
    [
      'of WireMock’s journal',
      {
        requests: [
          {
            id: 'a',
            request: {
              url: '/hook?a=1',
              absoluteUrl: url,
              method: 'POST',
              headers: object,
              bodyAsBase64: base64,
              body: '?',
              loggedDate: 1,
            },
          },
        ],
      },
    ],
    [
      'of a webhook of WireMock',
      {
        mappings: [
          {
            request: { urlPath: '/x' },
            response: {},
            serveEventListeners: [{ name: 'webhook', parameters: { method: 'POST', url, headers: object, body } }],
          },
        ],
      },
    ],
    [
      'of a stub of WireMock',
      {
        request: {
          method: 'POST',
          url,
          headers: {
            'Content-Type': { equalTo: 'application/json' },
            'X-Sig': { equalTo: 'v1=abc' },
            'X-B': { matches: '.*' },
          },
          bodyPatterns: [{ equalToJson: body }],
        },
        response: {},
      },
    ],
    [
      'of VCR',
      {
        http_interactions: [
          {
            request: { method: 'post', uri: url, headers: lists, body: { encoding: 'UTF-8', string: body } },
            response,
            recorded_at: 'x',
          },
        ],
      },
    ],
    [
      'of VCR in base64',
      {
        http_interactions: [
          {
            request: {
              method: 'post',
              uri: url,
              headers: lists,
              body: { encoding: 'ASCII-8BIT', base64_string: base64 },
            },
            response,
          },
        ],
      },
    ],
    [
      'of vcrpy',
      { version: 1, interactions: [{ request: { method: 'POST', uri: url, headers: lists, body }, response }] },
    ],
    [
      'of Charles',
      [
        {
          status: 'COMPLETE',
          method: 'POST',
          scheme: 'http',
          host: 'localhost',
          port: 3000,
          actualPort: 3000,
          path: '/hook',
          query: 'a=1',
          request: { header: { firstLine: 'x', headers: pairs }, body: { text: body, charset: 'UTF-8' } },
        },
      ],
    ],
    [
      'of Postman',
      {
        info: { schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
        variable: [{ key: 'base', value: 'http://localhost:3000' }],
        item: [
          {
            name: 'f',
            item: [
              {
                request: {
                  method: 'POST',
                  url: { raw: '{{base}}/hook?a=1' },
                  header: keyed,
                  body: { mode: 'raw', raw: body },
                },
              },
            ],
          },
        ],
      },
    ],
    [
      'of Bruno',
      {
        version: '1',
        items: [
          {
            type: 'http-request',
            request: { method: 'POST', url, headers: pairs, body: { mode: 'json', json: body } },
          },
        ],
      },
    ],
    [
      'of Insomnia',
      {
        _type: 'export',
        resources: [
          { _type: 'environment', data: { base: 'http://localhost:3000' } },
          { _type: 'request', method: 'POST', url: '{{ _.base }}/hook?a=1', headers: pairs, body: { text: body } },
        ],
      },
    ],
    ['of any program', { method: 'POST', url, headers: object, rawBody: body, body: {} }],
    [
      'of any program, as a Buffer',
      { request: { method: 'POST', url, headers: Object.entries(object).flat(), body: Buffer.from(body) } },
    ],
    [
      'of nock',
      [
        {
          scope: 'http://localhost:3000',
          method: 'POST',
          path: '/hook?a=1',
          body: JSON.parse(body.replace('1.0', '1')),
          reqheaders: object,
        },
      ],
    ],
  ])('%s', async (name, document) => {
    expect(await seen(document)).toEqual(name === 'of nock' ? [line, headers, body.replace('1.0', '1')] : wanted);
  });

  it.each<[string, object]>([
    [
      'ngrok',
      {
        requests: [
          {
            id: 'a',
            uri: '/hook',
            request: { method: 'POST', uri: '/hook', headers: lists, raw: Buffer.from(raw).toString('base64') },
          },
        ],
      },
    ],
    [
      'API Gateway 1.0',
      {
        httpMethod: 'POST',
        path: '/hook',
        headers: { 'X-Sig': 'no' },
        multiValueHeaders: { ...lists, Host: ['localhost:3000'], 'X-Forwarded-Proto': ['http'] },
        multiValueQueryStringParameters: { a: ['1'] },
        body,
        isBase64Encoded: false,
        requestContext: {},
      },
    ],
    [
      'API Gateway 2.0',
      {
        version: '2.0',
        rawPath: '/hook',
        rawQueryString: 'a=1',
        headers: { ...bare, 'x-forwarded-proto': 'http' },
        requestContext: { http: { method: 'POST' } },
        body: base64,
        isBase64Encoded: true,
      },
    ],
    [
      'a load balancer',
      {
        requestContext: { elb: {} },
        httpMethod: 'POST',
        path: '/hook',
        queryStringParameters: { a: '1' },
        headers: { ...bare, 'x-forwarded-proto': 'http' },
        body: base64,
        isBase64Encoded: true,
      },
    ],
    [
      'Netlify',
      {
        httpMethod: 'POST',
        path: '/hook',
        rawUrl: url,
        rawQuery: 'a=1',
        headers: bare,
        body: base64,
        isBase64Encoded: true,
      },
    ],
    [
      'Hookdeck',
      {
        id: 'evt',
        source_id: 's',
        created_at: '2026-01-31T09:00:00Z',
        data: { path: '/hook', query: 'a=1', headers: bare, body },
      },
    ],
    [
      'Hookdeck’s command line',
      {
        type: 'attempt',
        body: { cli_path: '/hook?a=1', request: { method: 'POST', data_string: body, headers: bare } },
      },
    ],
    ['smee', { ...bare, body: {}, rawdata: body, query: { a: '1' }, timestamp: 1769850000000 }],
    [
      'Vercel',
      {
        Action: 'Invoke',
        body: JSON.stringify({ method: 'POST', path: '/hook?a=1', headers: bare, encoding: 'base64', body: base64 }),
      },
    ],
  ])('of %s', async (name, document) => {
    const [first, , content] = await seen(document);
    expect([first, content]).toEqual([name === 'smee' ? 'POST http://localhost:3000/?a=1' : line, body]);
    expect((await read(document)).request.headers.map(([key, value]) => `${key.toLowerCase()}: ${value}`)).toContain(
      'x-sig: v1=abc',
    );
  });

  it('of GitHub’s deliveries and others whose body was parsed, with a remark on that', async () => {
    const delivery = (payload: string, length?: number) =>
      `{"id": 1, "guid": "g", "delivered_at": "2026-01-31T09:00:00Z", "event": "push", "request": {"headers": {"X-Sig": "v1=abc"${length ? `, "Content-Length": "${length}"` : ''}}, "payload": ${payload}}}`;
    const unknown = await read(delivery('{"b": 1.0, "2": 2, "1": 12345678901234567890}'));
    expect(Buffer.from(unknown.request.body).toString()).toBe('{"b":1.0,"2":2,"1":12345678901234567890}');
    expect(unknown.notes).toEqual([expect.stringContaining('so a signature over its bytes may not fit')]);
    const spaced = '{"b": 1, "2": 2}';
    const python = await read(delivery('{"b":1,"2":2}', spaced.length));
    expect(Buffer.from(python.request.body).toString()).toBe(spaced);
    expect((await read(delivery('{"b":1}', 99))).notes).toEqual([expect.stringContaining('will not fit')]);
    await expect(read([{ id: 1, guid: 'g', delivered_at: 'x', event: 'push' }])).rejects.toThrow(
      /a list of deliveries leaves it out/,
    );
  });

  it('of an event of Stripe, without headers', async () => {
    const { request, notes } = await read(
      '{\n  "id": "evt_1",\n  "object": "event",\n  "type": "a.b",\n  "created": 1769850000\n}\n',
    );
    expect(Buffer.from(request.body).toString()).toBe(
      '{\n  "id": "evt_1",\n  "object": "event",\n  "type": "a.b",\n  "created": 1769850000\n}',
    );
    expect(notes).toEqual([expect.stringContaining('no signature in it')]);
    const listed = await read({ object: 'list', data: [{ id: 'evt_1', object: 'event', type: 'a.b' }] });
    expect(Buffer.from(listed.request.body).toString()).toContain('{\n  "id": "evt_1",');
  });
});

describe('a request of text is read', () => {
  it.each<[string, string | Uint8Array]>([
    [
      'of an editor',
      `@base = http://localhost:3000\n\n### one\n# @name one\nPOST {{base}}/hook?a=1 HTTP/1.1\n${headers}\n\n${body}\n\n### two\nGET {{base}}/\n`,
    ],
    [
      'of an editor with CRLF',
      `###\r\n< {%\r\n  x()\r\n%}\r\nPOST ${url}\r\n// no\r\n${headers.replace('\n', '\r\n')}\r\n\r\n${body}\r\n\r\n> {%\r\n y()\r\n%}\r\n`,
    ],
    ['of an editor without marks', `POST ${url}\n${headers}\n\n${body}\n`],
    ['of an editor with a query in lines', `### a\nPOST http://localhost:3000/hook\n    ?a=1\n${headers}\n\n${body}`],
    [
      'of Hurl',
      `# a\nPOST http://localhost:3000/hook\n${headers}\n[Query]\na: 1\n${body}\nHTTP 200\n[Asserts]\nstatus == 200\n`,
    ],
    ['of Hurl in a line', `POST ${url}\n${headers}\n\`{"note":"\\u{e9}","n":1.0}\`\nHTTP/1.1 *\n`],
    ['of Hurl in base64', `POST ${url}\n${headers}\nbase64,${base64};\nHTTP 200`],
    [
      'of Bruno',
      `meta {\n  name: a\n  type: http\n}\n\npost {\n  url: ${url}\n  body: json\n  auth: none\n}\n\nheaders {\n  Content-Type: application/json\n  X-Sig: v1=abc\n  ~X-Off: 1\n}\n\nbody:json {\n  ${body}\n}\n`,
    ],
    [
      'of smee’s stream',
      `: hi\n\nid: 1\nevent: ping\ndata: {}\n\nid: 2\ndata: ${JSON.stringify({ ...object, host: 'localhost:3000', body: {}, rawdata: body, query: { a: '1' }, timestamp: 1 })}\n\n`,
    ],
    [
      'of VCR in YAML',
      `---\nhttp_interactions:\n- request:\n    method: post\n    uri: ${url}\n    body:\n      encoding: ASCII-8BIT\n      string: !binary |-\n        ${base64}\n    headers:\n      Content-Type:\n      - application/json\n      X-Sig:\n      - v1=abc\n  response:\n    status:\n      code: 200\nrecorded_with: VCR 6.0.0\n`,
    ],
    [
      'of vcrpy in YAML',
      `interactions:\n- request:\n    body: '${body}'\n    headers:\n      Content-Type:\n      - application/json\n      X-Sig: [v1=abc]\n    method: POST\n    uri: ${url}\n  response:\n    status: {code: 200, message: OK}\nversion: 1\n`,
    ],
    [
      'for PowerShell',
      `$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession\n$session.Cookies.Add((New-Object System.Net.Cookie("a", "b", "/", "x")))\nInvoke-WebRequest -UseBasicParsing -Uri "${url}" \`\n-Method "POST" \`\n-WebSession $session \`\n-Headers @{\n  "Content-Type"="application/json"\n  "X-Sig"="v1=abc"\n} \`\n-Body ([System.Text.Encoding]::UTF8.GetBytes("{\`"note\`":\`"$([char]233)\`",\`"n\`":1.0}"))\n`,
    ],
    [
      'for PowerShell with a here-string',
      `$url = '${url}'\r\n$body = @'\r\n${body}\r\n'@\r\n$params = @{ Uri = $url; Method = 'Post'; Headers = @{'Content-Type' = 'application/json'; 'X-Sig' = "v1=" + 'abc'} }\r\nInvoke-RestMethod @params -Body $body | ConvertTo-Json\r\n`,
    ],
    [
      'of curl for PowerShell',
      `curl.exe -X POST '${url}' \`\n  -H "Content-Type: application/json" -H 'X-Sig: v1=abc' \`\n  -d '{\\"note\\":\\"é\\",\\"n\\":1.0}'`,
    ],
    [
      'of curl for the command prompt',
      `curl ^"${url}^" ^\r\n  -H ^"Content-Type: application/json^" ^\r\n  -H ^"X-Sig: v1=abc^" ^\r\n  --data-raw ^"^{^\\^"note^\\^":^\\^"é^\\^",^\\^"n^\\^":1.0^}^"`,
    ],
    [
      'of curl for the command prompt, by a person',
      `C:\\> curl.exe "${url}" -H "Content-Type: application/json" -H "X-Sig: v1=abc" -d "{""note"":""é"",""n"":1.0}"\r\n`,
    ],
  ])('%s', async (name, text) => {
    const [first, shown, content] = await seen(text);
    const [wantedLine] = name === 'of smee’s stream' ? ['POST http://localhost:3000/?a=1'] : [line];
    expect([first, content]).toEqual([wantedLine, body]);
    expect(shown).toContain('Content-Type: application/json\nX-Sig: v1=abc');
  });

  it.each([
    ['little', Buffer.from([0xff, 0xfe]), (text: Buffer) => text],
    ['little, unmarked', Buffer.alloc(0), (text: Buffer) => text],
    ['big', Buffer.from([0xfe, 0xff]), (text: Buffer) => Buffer.from(text).swap16()],
  ])('of UTF-16, %s', async (_, mark, order) => {
    const text = `POST /hook?a=1 HTTP/1.1\r\nHost: localhost:3000\r\n${headers.replace('\n', '\r\n')}\r\nContent-Length: 21\r\n\r\n${body}`;
    const { request, notes } = await read(Buffer.concat([mark, order(Buffer.from(text, 'utf16le'))]));
    expect(Buffer.from(request.body).toString()).toBe(body);
    expect(notes).toEqual([expect.stringContaining('UTF-16')]);
  });

  it('of a page of GitHub', async () => {
    const { request } = await read(
      `Request URL: https://a.example/hook\nRequest method: POST\nAccept: */*\nX-Sig: v1=abc\n\n{}`,
    );
    expect(request).toMatchObject({ method: 'POST', url: 'https://a.example/hook' });
    expect(request.headers).toEqual([
      ['Accept', '*/*'],
      ['X-Sig', 'v1=abc'],
    ]);
  });

  it('of curl -v and its traces, as the real curl writes them', async () => {
    const trace = await read(readFixture('curl-trace.txt'));
    expect(Buffer.from(trace.request.body).toString()).toBe(
      '{"note":"é",\n"n":"a long value to have more than one line of it all"}',
    );
    expect(trace.request).toMatchObject({ method: 'POST', url: 'http://127.0.0.1:18999/hook' });
    expect(trace.notes).toEqual([]);
    const ascii = await read(readFixture('curl-trace-ascii.txt'));
    expect(Buffer.from(ascii.request.body).length).toBe(94);
    expect(ascii.request.headers).toContainEqual(['X-A', 'b']);
    expect(ascii.notes).toEqual([expect.stringContaining('shows some bytes as dots')]);
    await expect(read(readFixture('curl-verbose.txt'))).rejects.toThrow(
      /curl -v shows no body\. Record it with curl --trace FILE/,
    );
  });

  it('of several, by its number or as the only POST', async () => {
    const one = (method: string, path: string, content: string) =>
      `${method} ${path} HTTP/1.1\r\nHost: a.example\r\nContent-Length: ${content.length}\r\n\r\n${content}\r\n\r\nHTTP/1.1 200 OK\r\nX: y\r\n\r\nok\r\n`;
    const text = one('GET', '/1', '') + one('POST', '/2', '{}') + one('PUT', '/3', '[]');
    const taken = await read(text);
    expect([taken.request.url, Buffer.from(taken.request.body).toString()]).toEqual(['http://a.example/2', '{}']);
    expect(taken.notes).toEqual([
      expect.stringContaining('the only POST, entry 2, was taken'),
      expect.stringContaining('answer'),
    ]);
    expect((await read(text, 3)).request.method).toBe('PUT');
    await expect(read(text + one('POST', '/4?secret=1', 'x'))).rejects.toThrow(
      /it has 4 entries\. Choose one with --entry: 1 GET \/1, 2 POST \/2, 3 PUT \/3, 4 POST \/4\./,
    );
    expect((await read(`curl http://a.example/5\ncurl http://a.example/6 -d x`)).request.url).toBe(
      'http://a.example/6',
    );
  });
});

describe('what can’t be read is told by its name', () => {
  it.each<[string, string | Uint8Array, RegExp]>([
    [
      'Burp',
      '<?xml version="1.0"?>\n<!DOCTYPE items [\n<!ELEMENT items (item*)>\n]>\n<items burpVersion="2024.1" exportTime="x">',
      /Burp XML.*save it as raw/,
    ],
    [
      'Charles',
      '<?xml version="1.0" encoding="UTF-8" ?><?charles serialisation-version="2.0" ?><charles-session>',
      /Charles as XML.*HAR/,
    ],
    ['pcap', Buffer.from('d4c3b2a1020004000000', 'hex'), /packets \(pcap\)/],
    ['a ZIP', Buffer.from('504b030414000000', 'hex'), /\.saz/],
    ['gzip', Buffer.from('1f8b080000', 'hex'), /gunzip/],
    ['mitmproxy', '1234:9:websocket;0:~8:response;50:6:reason,2:OK,}7:request;', /mitmdump -nr FILE --set hardump/],
    ['HTML', '<!DOCTYPE html><html>', /page of HTML/],
    ['fetch', 'await fetch("http://x", {\n', /fetch in JavaScript/],
    ['HTTPie', 'http POST localhost:3000/hook a=b', /add --offline/],
    ['a form in Hurl', 'POST http://a.example/\n[Multipart]\na: b\nHTTP 200', /multipart form/],
    ['a file of an editor', '###\nPOST http://a.example/\nA: b\n\n< ./body.json', /in another file/],
    [
      'a table in a table for PowerShell',
      'irm http://a.example -Method Post -Body @{ a = @{ b = 1 } }',
      /the field a is not a text/,
    ],
    [
      'a command in PowerShell',
      'irm http://a.example -Method Post -Body ($x | ConvertTo-Json)',
      /only PowerShell can know/,
    ],
    [
      'a stub of WireMock',
      JSON.stringify({ request: { url: '/', headers: {}, bodyPatterns: [{ matches: 'x' }] }, response: {} }),
      /no whole body/,
    ],
    ['a body alone', '{"id":1}', /no HAR, nor a request of a tool that is known\. For a body alone use --body/],
  ])('%s', async (_, bytes, message) => {
    await expect(read(bytes)).rejects.toThrow(message);
    await expect(read(bytes)).rejects.toMatchObject({ code: 'BAD_CAPTURE' });
  });
});
