import { describe, expect, it } from 'vitest';
import { readCapture } from '../../src/capture/readCapture.js';
import { UsageError } from '../../src/core/errors.js';

const read = (bytes: string | Uint8Array) => readCapture(Buffer.from(bytes as string), { source: 'it', having: [] });
const url = 'http://localhost/';
const pairs = [{ name: 'X-Sig', value: 'v1' }];
const keyed = [{ key: 'X-Sig', value: 'v1' }];
const object = { 'X-Sig': 'v1' };

/** A small document of each kind, with as many of its members as are read. */
const documents: Record<string, object> = {
  HAR: {
    log: {
      entries: [
        {
          startedDateTime: '2026-01-31T09:00:00Z',
          request: { method: 'POST', url, headers: pairs, bodySize: 1, postData: { text: 'e30=', encoding: 'base64' } },
        },
      ],
    },
  },
  'a form in a HAR': {
    log: {
      entries: [
        {
          request: {
            method: 'POST',
            url,
            headers: pairs,
            postData: { mimeType: 'application/x-www-form-urlencoded', params: pairs },
          },
        },
      ],
    },
  },
  Postman: {
    info: { name: 'x' },
    auth: { type: 'basic', basic: [{ key: 'username', value: 'a' }] },
    variable: keyed,
    item: [
      {
        item: [
          {
            request: {
              method: 'POST',
              url: { protocol: 'http', host: ['a'], port: '1', path: ['b'], query: keyed },
              header: keyed,
              body: { mode: 'urlencoded', urlencoded: keyed },
            },
          },
        ],
      },
    ],
  },
  'Postman with raw text': {
    info: { name: 'x' },
    item: [
      {
        request: {
          method: 'POST',
          url,
          auth: { type: 'apikey', apikey: [{ key: 'key', value: 'K' }] },
          header: keyed,
          body: { mode: 'raw', raw: 'x', options: { raw: { language: 'json' } } },
        },
      },
    ],
  },
  Insomnia: {
    _type: 'export',
    resources: [
      { _type: 'environment', data: { a: 'b' } },
      { _type: 'request', method: 'POST', url, headers: pairs, body: { params: pairs } },
    ],
  },
  Bruno: {
    items: [
      {
        type: 'http',
        request: { method: 'POST', url, headers: pairs, body: { mode: 'formUrlEncoded', formUrlEncoded: pairs } },
      },
    ],
  },
  'a dry run': { type: 'dry-run', url, now: 1, request: { method: 'POST', headers: [['X-Sig', 'v1']], body: '{}' } },
  'the log': {
    type: 'kept',
    url,
    attempts: [{ startedAt: 1 }],
    request: { method: 'POST', headers: [['X-Sig', 'v1'], ['X-Key']], bodyBase64: 'e30=' },
  },
  'webhook.site': {
    data: [{ uuid: 'u', method: 'POST', url, headers: { 'X-Sig': ['v1'] }, content: '{}', created_at: '2026-01-31' }],
  },
  RequestBin: {
    event: { method: 'POST', path: '/', query: { a: '1' }, client_ip: '::1', url, headers: object, bodyRaw: '{}' },
  },
  ngrok: { requests: [{ id: 'a', request: { method: 'POST', uri: '/', headers: { 'X-Sig': ['v1'] }, raw: 'UE9T' } }] },
  WireMock: {
    requests: [{ request: { absoluteUrl: url, method: 'POST', headers: object, bodyAsBase64: 'e30=', loggedDate: 1 } }],
  },
  'a stub of WireMock': {
    request: { method: 'POST', url: '/', headers: { A: { equalTo: 'b' } }, bodyPatterns: [{ equalToJson: {} }] },
    response: {},
  },
  'a webhook of WireMock': {
    request: {},
    response: {},
    serveEventListeners: [
      { name: 'webhook', parameters: { method: 'POST', url, headers: object, base64Body: 'e30=', body: '{}' } },
    ],
  },
  VCR: {
    http_interactions: [
      {
        request: { method: 'post', uri: url, headers: { A: ['b'] }, body: { encoding: 'UTF-8', string: '{}' } },
        response: { status: { code: 200 } },
        recorded_at: 'x',
      },
    ],
  },
  Charles: [
    {
      method: 'POST',
      scheme: 'http',
      host: 'localhost',
      port: 3000,
      actualPort: 3000,
      path: '/',
      query: 'a=1',
      times: { start: '2026-01-31T09:00:00Z' },
      request: { header: { headers: pairs }, body: { text: '{}' } },
    },
  ],
  nock: [{ scope: 'http://a', method: 'POST', path: '/', body: { a: 1 }, reqheaders: object, reqbodyIsHex: false }],
  'a function behind API Gateway': {
    httpMethod: 'POST',
    path: '/',
    multiValueHeaders: { A: ['b'] },
    headers: object,
    multiValueQueryStringParameters: { a: ['1'] },
    requestContext: { path: '/', domainName: 'd', requestTimeEpoch: 1 },
    body: 'e30=',
    isBase64Encoded: true,
  },
  'a function URL': {
    rawPath: '/',
    rawQueryString: 'a=1',
    cookies: ['a=b'],
    headers: object,
    requestContext: { http: { method: 'POST' }, timeEpoch: 1 },
    body: '{}',
  },
  Vercel: { Action: 'Invoke', body: JSON.stringify({ method: 'POST', path: '/', headers: object, body: '{}' }) },
  GitHub: { guid: 'g', delivered_at: 'x', request: { headers: object, payload: { a: 1 } } },
  Stripe: { id: 'evt_1', object: 'event', type: 'a', created: 1 },
  Hookdeck: {
    type: 'attempt',
    body: { cli_path: '/', request: { method: 'POST', data_string: '{}', headers: object } },
  },
  smee: { 'X-Sig': 'v1', body: {}, rawdata: '{}', query: { a: '1' }, timestamp: 1, host: 'localhost' },
  'any program': { method: 'POST', path: '/', query: { a: ['b'] }, headers: object, body: { a: 1 }, timestamp: 1 },
  'a Buffer': { method: 'POST', url, headers: object, body: { type: 'Buffer', data: [1, 2] } },
};

let deep: unknown = 'x';
for (let depth = 0; depth < 600; depth++) deep = [deep];

const hostile = [
  null,
  1,
  1e300,
  true,
  '',
  'x',
  '\ud800',
  'constructor',
  '__proto__',
  [],
  [null],
  [[null]],
  [1, 2],
  {},
  { a: null },
  { toString: 1, valueOf: 1 },
  [{ toString: 1 }],
  deep,
];

type Place = readonly (string | number)[];

function placesOf(value: unknown, place: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [place];
  return [place, ...Object.entries(value).flatMap(([key, each]) => placesOf(each, [...place, key]))];
}

function withValue(document: object, place: Place, value: unknown): string {
  const copy = structuredClone(document) as Record<string, unknown>;
  let at = copy;
  for (const key of place.slice(0, -1)) at = at[key] as typeof at;
  at[place.at(-1)!] = value;
  return JSON.stringify(copy);
}

describe('any value at any place of a document is read, or rejected as a mistake of its file', () => {
  it.each(Object.entries(documents))('of %s', async (_, document) => {
    const places = placesOf(document).filter((place) => place.length > 0);
    expect(places.length).toBeGreaterThan(1);
    for (const place of places) {
      for (const value of hostile) {
        const given = withValue(document, place, value);
        const capture = await read(given).catch((error: unknown) => {
          if (error instanceof UsageError) return null;
          throw new Error(`${place.join('.')} = ${JSON.stringify(value).slice(0, 60)}`, { cause: error });
        });
        if (!capture) continue;
        const { request, at } = capture;
        const texts = [request.method, request.url, ...request.headers.flat()];
        expect(texts.filter((text) => typeof text !== 'string')).toEqual([]);
        expect(request.body).toBeInstanceOf(Uint8Array);
        if (at !== null) expect(Number.isNaN(new Date(at).getTime())).toBe(false);
      }
    }
  });
});

describe('what is malformed is told', () => {
  const sent = (given: object) => JSON.stringify({ method: 'POST', url, headers: object, body: '{}', ...given });
  it.each<[string, string, RegExp]>([
    [
      'a body that is too deep',
      `{"method":"POST","url":"${url}","headers":{"A":"b"},"body":${'['.repeat(5000)}${']'.repeat(5000)}}`,
      /its JSON can't be read: .*512 levels/,
    ],
    ['a method that is none', sent({ method: 'PO ST' }), /its method is none: PO ST/],
    ['a Buffer of no bytes', sent({ body: { type: 'Buffer', data: ['a', -1, {}] } }), /values that are no bytes/],
    ['a Buffer of numbers that are too large', sent({ body: { type: 'Buffer', data: [256] } }), /no bytes/],
    ['base64 with a digit too many', sent({ bodyBase64: 'QUJDR', body: undefined }), /base64, and is not/],
    [
      'a recording of nock that is no hexadecimal',
      JSON.stringify([{ scope: 'http://a', method: 'POST', path: '/', body: '6zz', reqbodyIsHex: true }]),
      /hexadecimal, and is not/,
    ],
    [
      'a line of the request log of Stripe',
      '{"created_at":1769850000,"livemode":false,"method":"POST","request_id":"req_1","status":200,"url":"/v1/charges","error":{}}',
      /requests to the API of Stripe, without bodies, and no webhooks\. Take the event: stripe events retrieve/,
    ],
    [
      'several lines of it',
      ['GET', 'POST']
        .map((m) => `{"livemode":false,"method":"${m}","request_id":"req_1","url":"/v1/charges"}`)
        .join('\n'),
      /no webhooks/,
    ],
    ['hexadecimal of Hurl', `POST ${url}\nhex,6162zz6364;\n\nHTTP 200\n`, /hexadecimal, and is not/],
    ['half a byte of Hurl', `POST ${url}\nhex,616;\n\nHTTP 200\n`, /hexadecimal, and is not/],
    ['a text of Hurl that is open', `POST ${url}\n\`\`\`\nabc\n\nHTTP 200\n`, /never closed \(```\)/],
    ['a line of Hurl that is open', `POST ${url}\n\`abc\n\nHTTP 200\n`, /never closed \(`\)/],
  ])('%s', async (_, given, message) => {
    await expect(read(given)).rejects.toMatchObject({
      code: 'BAD_CAPTURE',
      message: expect.stringMatching(message) as string,
    });
  });
});

describe('what is left out is told', () => {
  const line = (at: number) => `{"method":"POST","url":"http://localhost/${at}","headers":{"A":"b"},"body":"${at}"}`;

  it('a line that is cut, and what stands behind it is read', async () => {
    const { request, notes } = await readCapture(Buffer.from([line(1), line(2).slice(0, 30), line(3)].join('\n')), {
      source: 'it',
      entry: 2,
      having: [],
    });
    expect(Buffer.from(request.body).toString()).toBe('3');
    expect(notes).toEqual(['Line 2 is not JSON (cut?) and was left out.']);
  });

  it('nothing, where documents of several lines stand one behind the other', async () => {
    const pretty = [1, 2].map((at) =>
      JSON.stringify({ method: 'POST', url: `http://localhost/${at}`, headers: object, body: { n: at } }, null, 2),
    );
    const choice = { source: 'it', entry: 2, having: [] };
    const { request, notes } = await readCapture(
      Buffer.from(`${pretty.join('\n')}\n`.replace('"n": 2', '"n": 2.0')),
      choice,
    );
    expect(request.url).toBe('http://localhost/2');
    expect(Buffer.from(request.body).toString()).toBe('{"n":2.0}');
    expect(notes.join('\n')).not.toContain('left out');
    await expect(readCapture(Buffer.from(pretty.join('\n').slice(0, -1)), choice)).rejects.toMatchObject({
      message: expect.stringContaining('Is the HAR cut?') as string,
    });
  });

  it('several lines', async () => {
    const { notes } = await read([line(1), '', '{', 'Nothing was sent.'].join('\n'));
    expect(notes).toEqual(['2 lines are not JSON (cut?) and were left out: 3, 4.']);
  });

  it('parsed JSON in a line behind one that is cut has its digits', async () => {
    const last = `{"method":"POST","url":"${url}","headers":{"A":"b"},"body":{"b":1.0,"1":2}}`;
    const { request } = await readCapture(Buffer.from([line(1), '{"', last].join('\n')), {
      source: 'it',
      entry: 2,
      having: [],
    });
    expect(Buffer.from(request.body).toString()).toBe('{"b":1.0,"1":2}');
  });

  it.each([
    [
      'of JSON',
      JSON.stringify({ method: 'POST', url, headers: { 'X bad': 's', A: 'b', 'X\u001b[31m': 'x' }, body: '' }),
    ],
    ['of an editor', `###\nPOST ${url}\nX bad: s\nA: b\nX\u001b[31m: x\n\nx\n`],
  ])('headers with a name that is none, %s', async (_, given) => {
    const { request, notes } = await read(given);
    expect(request.headers).toEqual([['A', 'b']]);
    expect(notes.join('\n')).toMatch(/^Left out, as HTTP has no headers of such a name: X bad, X.*31m$/);
    expect(notes.join('\n')).not.toContain('\u001b');
  });
});

describe('methods stay', () => {
  it.each([
    ['M-SEARCH', 'M-SEARCH'],
    ['post', 'POST'],
    ['Purge', 'PURGE'],
    [undefined, 'POST'],
    [null, 'POST'],
  ])('%s', async (method, expected) => {
    const { request } = await read(JSON.stringify({ method, url, headers: object, body: 'x' }));
    expect(request.method).toBe(expected);
  });
});

describe('bodies end where they end', () => {
  const http = (body: string) => `### one\nPOST ${url}\nContent-Type: text/plain\n\n${body}`;
  it.each([
    ['a quotation', http('hello\n> quoted\nbye\n'), 'hello\n> quoted\nbye'],
    ['a quotation at the end', http('hello\n> quoted text\n'), 'hello\n> quoted text'],
    ['a handler', http('hello\n\n> after.js\n'), 'hello'],
    ['a script', http('hello\n\n> {%\n client.test("a %");\n\n%}\n>> saved.json\n<> 2026.200.json\n'), 'hello'],
    ['a script in one line', http('hello\n> {% x() %}\n>>! saved.json\n'), 'hello'],
    ['what looks like a script, with text behind it', http('> {% a %}\nhello\n'), '> {% a %}\nhello'],
    [
      'a status line within a text',
      http('It said\nHTTP/1.1 200 OK\nas always\n'),
      'It said\nHTTP/1.1 200 OK\nas always',
    ],
    ['an answer', http('hello\n\nHTTP/1.1 200 OK\nA: b\n\nok\n'), 'hello'],
    ['JSON of Hurl with comments behind it', `POST ${url}\n{"a":\n1} # c\n# d\n\n# e\nHTTP 200\n`, '{"a":\n1}'],
    ['JSON of Hurl with a # in it', `POST ${url}\n{"a": "b # c" }\n\nHTTP 200\n`, '{"a": "b # c" }'],
    ['a list of Hurl with brackets and a #', `POST ${url}\n[["a] # b"\n]]\nHTTP 200\n`, '[["a] # b"\n]]'],
  ])('%s', async (_, given, expected) => {
    expect(Buffer.from((await read(given)).request.body).toString()).toBe(expected);
  });
});
