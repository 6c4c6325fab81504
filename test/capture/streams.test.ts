import { describe, expect, it } from 'vitest';
import { readCapture } from '../../src/capture/readCapture.js';

const read = (text: string, entry?: number) =>
  readCapture(Buffer.from(text), { source: 'it', having: ['X-Sig'], entry });
const bodyOf = async (text: string, entry?: number) => Buffer.from((await read(text, entry)).request.body).toString();

const get = 'GET /health HTTP/1.1\r\nHost: a.example\r\n\r\n';
const post = (body: string, path = '/hook') =>
  `POST ${path} HTTP/1.1\r\nHost: a.example\r\nX-Sig: v1=abc\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const answer = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok';

/** A connection that stays open has nothing between its messages: so Wireshark saves a stream. */
describe('a stream with no line end between its messages is divided', () => {
  it.each([
    ['a request behind', post('{"a":1}') + get, '{"a":1}'],
    ['an answer behind', post('a=1&b=2') + answer, 'a=1&b=2'],
    ['a request, its answer and the request that is meant', get + answer + post('{"a":1}\n') + answer, '{"a":1}\n'],
    ['an answer without a body', `${get}HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\n${post('{"a":1}')}`, '{"a":1}'],
  ])('%s', async (_, text, wanted) => {
    expect(await bodyOf(text)).toBe(wanted);
  });

  it('by number', async () => {
    expect(await bodyOf(post('{}', '/1') + post('[]', '/2'), 2)).toBe('[]');
  });
});

describe('text around a request is passed over', () => {
  it.each([
    ['a line of a proxy', `==== 1 ==========\n${post('{"a":1}')}\n${answer}\n`],
    ['a line behind', `${post('{"a":1}')}\r\n\r\n${'-'.repeat(40)}\r\n`],
    ['prose and a fence', `Here it is:\n\n\`\`\`http\n${post('{"a":1}').replaceAll('\r', '')}\n\`\`\`\n\nThanks\n`],
  ])('%s', async (_, text) => {
    expect(await bodyOf(text)).toBe('{"a":1}');
  });

  it('but a body that is JSON as a whole stays whole', async () => {
    const { request, notes } = await read(post('{"a":1}').replace('{"a":1}', '{"a":1}  '));
    expect(Buffer.from(request.body).toString()).toBe('{"a":1}  ');
    expect(notes).toEqual([expect.stringContaining('Content-Length says 7 bytes, and the capture holds 9')]);
  });
});

it('a body whose chunks a proxy joined keeps the line end that it has', async () => {
  const head = 'POST /hook HTTP/1.1\r\nHost: a.example\r\nX-Sig: v1=abc\r\nTransfer-Encoding: chunked\r\n\r\n';
  expect(await bodyOf(`${head}{"a":1}\n`)).toBe('{"a":1}\n');
  expect(await bodyOf(`${head}{\r\n}\r\n`)).toBe('{\r\n}\r\n');
});

describe('a page of GitHub with its headings', () => {
  const shown = (type: string) =>
    `Headers\n\nRequest URL: https://a.example/hook\nRequest method: POST\nContent-Type: ${type}\nX-Sig: v1=abc\n\nPayload\n\n{\n  "zen": "a/b",\n  "n": 1.50\n}\n`;

  it('is read as GitHub sends what it shows laid out', async () => {
    const { request, notes } = await read(shown('application/json'));
    expect(Buffer.from(request.body).toString()).toBe('{"zen":"a/b","n":1.50}');
    expect(request).toMatchObject({ method: 'POST', url: 'https://a.example/hook' });
    expect(notes).toEqual([expect.stringContaining('as parsed JSON')]);
    expect(await bodyOf(shown('application/x-www-form-urlencoded'))).toBe(
      'payload=%7B%22zen%22%3A%22a%2Fb%22%2C%22n%22%3A1.50%7D',
    );
  });
});

describe('a table of requests', () => {
  it('is read, with its headers in a cell or in columns', async () => {
    const table =
      'uuid,method,url,headers,content\nu,POST,https://a.example/hook,"{""x-sig"":[""v1=abc""]}","{""a"":""x, y"",\n""b"":1}"\n';
    expect(await bodyOf(table)).toBe('{"a":"x, y",\n"b":1}');
    const columns = 'method,url,headers.x-sig,body\r\nPOST,https://a.example/hook,v1=abc,a=1\r\n';
    const { request } = await read(columns);
    expect(request.headers).toEqual([['x-sig', 'v1=abc']]);
    expect(Buffer.from(request.body).toString()).toBe('a=1');
  });

  it('is named where it holds no headers', async () => {
    await expect(read('URL,Status,Method,Code\nhttp://a.example/hook,OK,POST,200\n')).rejects.toThrow(
      /a table \(CSV\) without headers and bodies of requests\. Export it as JSON or HAR/,
    );
  });
});

describe('a table that is not read whole is rejected', () => {
  const head = 'method,url,headers,content\nPOST,/a,"{""x"":""y""}",a\n';

  it('names the row with a quote that is open, or inside of a cell', async () => {
    for (const row of ['POST,/b,"{},b\n', 'POST,/b,"{}"x,b\n', 'POST,/b"c",{},b\n'])
      await expect(read(head + row)).rejects.toThrow(/row 3 of the table has a quote/);
  });

  it('has a limit', async () => {
    await expect(read(`${head}${',,,\n'.repeat(250_000)}`)).rejects.toThrow(/more than 1000000 cells/);
  });
});

describe('what holds no request is named', () => {
  it.each([
    ['a dump of hexdump', '00000000  50 4f 53 54 20 2f 20 48  54 54 50 2f 31 2e 31 0d  |POST / HTTP/1.1.|\n', /xxd -r/],
    ['a dump of xxd', '00000000: 504f 5354 202f 2048 5454 502f 312e 310d  POST / HTTP/1.1.\n', /hexadecimal digits/],
    ['packets', '[\n  {\n    "_index": "packets-2026-01-31",\n    "_source": {}\n  }\n]', /packets that tshark wrote/],
    ['an access log', '127.0.0.1 - - [31/Jan/2026:09:00:00 +0000] "POST /hook HTTP/1.1" 200 2 "-" "x"\n', /access log/],
  ])('%s', async (_, text, wanted) => {
    await expect(read(text)).rejects.toThrow(wanted);
  });
});
