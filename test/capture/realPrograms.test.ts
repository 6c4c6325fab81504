import { describe, expect, it } from 'vitest';
import type { Capture } from '../../src/capture/capture.js';
import { readCapture } from '../../src/capture/readCapture.js';
import { flagName } from '../../src/cli/options/flags.js';
import { readFixture } from './readFixture.js';

// The fixtures are files that the programs of these names and versions wrote; those that end in -sent.json are what the programs sent
// of them, as a socket received it.

const read = (name: string, entry?: number) =>
  readCapture(readFixture(name), { source: name, entry, having: [], nameOf: flagName });

interface Sent {
  readonly line: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly bodyBase64: string;
}

function assertLikeSent({ method, url, headers, body }: Capture['request'], sent: Sent): void {
  const { pathname, search } = new URL(url);
  expect(url).toContain(pathname + search);
  expect(`${method} ${pathname}${search} HTTP/1.1`).toBe(sent.line);
  expect(Buffer.from(body).toString()).toBe(Buffer.from(sent.bodyBase64, 'base64').toString());
  const names = headers.map(([name, value]) => [name, Buffer.from(value).toString('latin1')]);
  expect(sent.headers.map(([name, value]) => [name, value])).toEqual(expect.arrayContaining(names));
}

const sentBy = (name: string) => JSON.parse(readFixture(`${name}-sent.json`).toString()) as Sent[];
const body = '{"type":"note.made","note":"é 👋 \\"q\\" \\\\ \'x\' $HOME %PATH% `b` !","n":1.0}';

describe('what programs keep is read as what they send', () => {
  const multipart = 2;
  it.each([0, 1, 3, 4, 5, 6, 7])('a collection of Postman, as newman sends it: %i', async (at) => {
    const { request } = await read('postman-collection.json', at + 1);
    assertLikeSent(request, sentBy('newman-6.2.2')[at]!);
  });

  it('a report of newman', async () => {
    const { request } = await read('newman-6.2.2-report.json');
    const { headers, ...sent } = sentBy('newman-6.2.2')[0]!;
    const without = ([name]: readonly [string, string]) => name !== 'Postman-Token';
    assertLikeSent({ ...request, headers: request.headers.filter(without) }, { ...sent, headers });
    await expect(read('postman-collection.json', multipart + 1)).rejects.toThrow(/mode formdata/);
  });

  it.each(
    ['raw', 'form', 'text', 'basic'].flatMap((name, at) => [
      [`${name}.bru`, at] as const,
      [`${name}.yml`, at] as const,
    ]),
  )('a request of Bruno, %s', async (name, at) => {
    const { request } = await read(`bruno-4.1.0-${name}`);
    assertLikeSent(request, sentBy('bruno-4.1.0')[at]!);
  });

  it.each(['collection.json', 'collection.yml'])(
    'a collection of Bruno, with what it says for all: %s',
    async (name) => {
      const first = await read(`bruno-4.1.0-${name}`, 1);
      expect(first.request).toMatchObject({
        url: 'http://127.0.0.1:18990/hook',
        headers: [
          ['X-All', 'yes'],
          ['Authorization', 'Basic dTpw'],
          ['Content-Type', 'application/json'],
        ],
      });
      const second = await read(`bruno-4.1.0-${name}`, 2);
      expect(second.request.headers).toContainEqual(['Authorization', 'Bearer tok']);
      expect(second.request.headers).toContainEqual(['X-Sig', 'me']);
      expect(Buffer.from(second.request.body).toString()).toBe('a=b+c');
      expect(second.notes).toEqual([]);
    },
  );

  it.each([
    ['httpie-3.2.1-verbose.txt', 'X-Acme-Signature', 'abc'],
    ['mitmproxy-8.1.1-raw.txt', 'X-Sig', 'v1=abc'],
    ['mitmproxy-8.1.1-curl.txt', 'X-Sig', 'v1=abc'],
    ['vcr-5.0.0.yml', 'X-Sig', 'v1=abc'],
    ['vcr-5.0.0-exact.yml', 'X-Sig', 'v1=abc'],
    ['vcr-5.0.0.json', 'X-Sig', 'v1=abc'],
  ])('%s', async (file, name, value) => {
    const { request } = await read(file, file.startsWith('vcr') ? 1 : undefined);
    expect(request.method).toBe('POST');
    expect(new URL(request.url).pathname).toBe('/hook');
    expect(request.headers).toContainEqual([name, value]);
    expect(Buffer.from(request.body).toString()).toBe(body);
  });

  it('bytes that are no text, of VCR', async () => {
    for (const file of ['vcr-5.0.0.yml', 'vcr-5.0.0-exact.yml', 'vcr-5.0.0.json']) {
      const { request } = await read(file, 2);
      expect(Buffer.from(request.body)).toEqual(Buffer.from([0xff, 0, 1, 0xc3, 0xa9]));
    }
  });

  it('a form of HTTPie', async () => {
    const { request } = await read('httpie-3.2.1-form.txt');
    expect(Buffer.from(request.body).toString()).toBe('n=1&type=a.b&note=%C3%A9+x');
  });
});

describe('what was copied from a terminal is read', () => {
  it('with the colors of HTTPie, which lays JSON out anew', async () => {
    const { request, notes } = await read('httpie-3.2.1-color.txt');
    expect(request.headers).toContainEqual(['X-Acme-Signature', 'abc']);
    expect(notes).toEqual([
      'The colors of a terminal were left out.',
      expect.stringContaining('not saved as it was sent'),
      expect.stringContaining('answer'),
    ]);
  });

  it('with the command of HTTPie above it', async () => {
    const shown = Buffer.concat([
      Buffer.from('ana@shop:~$ http -v POST :3000 @b.json\n'),
      readFixture('httpie-3.2.1-verbose.txt'),
    ]);
    const { request } = await readCapture(shown, { source: 'it', having: [], nameOf: flagName });
    expect(Buffer.from(request.body).toString()).toBe(body);
  });

  it.each(['curl-7.88.1-terminal.txt', 'curl-7.88.1-set-x.txt'])(
    'a command of curl with its prompt and what it shows: %s',
    async (file) => {
      const { request, notes } = await read(file);
      expect(request).toMatchObject({ method: 'POST', url: 'http://127.0.0.1:18990/hook?a=1&b=%20x' });
      expect(request.headers).toContainEqual(['X-Acme-Signature', 'abc']);
      expect([Buffer.from(request.body).toString(), notes]).toEqual(['{"n":1.0}', []]);
    },
  );

  it('not what is in the data of a command', async () => {
    const data = '* Trying\n> POST it\n% Total';
    const { request } = await readCapture(Buffer.from(`curl http://a.example -d '${data}'`), {
      source: 'it',
      having: [],
      nameOf: flagName,
    });
    expect(Buffer.from(request.body).toString()).toBe(data);
  });
});

describe('Insomnia 5', () => {
  it('is read, with its folders and its base environment', async () => {
    const text = `type: collection.insomnia.rest/5.0
name: Hooks
collection:
  - name: A folder
    children:
      - url: "{{ _.base }}/hook"
        method: POST
        body: { mimeType: application/json, text: '{"n":1.0}' }
        headers: [{ name: Content-Type, value: application/json }, { name: X-Sig, value: abc }]
        authentication: { type: bearer, token: "{{ _.token }}" }
environments:
  name: Base Environment
  data: { base: http://a.example, token: tok }
`;
    const { request, notes } = await readCapture(Buffer.from(text), { source: 'it', having: [], nameOf: flagName });
    expect(request).toMatchObject({ method: 'POST', url: 'http://a.example/hook' });
    expect(request.headers).toContainEqual(['Authorization', 'Bearer tok']);
    expect([Buffer.from(request.body).toString(), notes]).toEqual(['{"n":1.0}', []]);
  });
});

describe('what is no request is told by its name', () => {
  it.each<[string, string | Buffer, RegExp]>([
    [
      'a specification',
      'openapi: 3.1.0\ninfo:\n  title: x\n\npaths: {}\n',
      /specification.*provider new <name> --from FILE/,
    ],
    ['a specification in JSON', '{"openapi":"3.1.0"}', /specification.*provider new/],
    ['YAML', 'services:\n  web:\n    image: x\n\nvolumes: {}\n', /it is YAML, and no recording/],
    ['YAML that is cut', 'info:\n  name: "raw\nhttp:\n', /looks like YAML, and is not/],
    ['what mitmdump shows', readFixture('mitmproxy-8.1.1-detail.txt'), /what mitmdump shows.*raw_request/],
    ['a command of HTTPie alone', "http POST a.example X:y <<< '{}'", /command of HTTPie/],
  ])('%s', async (_, text, message) => {
    await expect(
      readCapture(Buffer.from(text as string), { source: 'it', having: [], nameOf: flagName }),
    ).rejects.toThrow(message);
  });
});
