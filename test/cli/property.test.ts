import dns from 'node:dns';
import { isIP } from 'node:net';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { UsageError } from '../../src/core/errors.js';
import type { Provider } from '../../src/core/provider.js';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { compileOne } from '../support/compile.js';
import { fiveProviders } from '../support/providers.js';
import { onRequest, rudeServer } from '../support/rude.js';

const trace = /\n\s+at \S|this is a bug|\[object |\bundefined\b(?!-)/;

// Words that end up where an address is expected must not reach a name server.
beforeEach(() => {
  const real = dns.lookup as unknown as (...args: unknown[]) => void;
  const lookup = vi.spyOn(dns, 'lookup') as unknown as { mockImplementation(fake: typeof real): void };
  lookup.mockImplementation((name, ...rest) => {
    if (isIP(String(name)) || name === 'localhost') return real(name, ...rest);
    const error = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
    process.nextTick(rest.at(-1) as () => void, error);
  });
  return () => vi.restoreAllMocks();
});

describe('any command line', () => {
  const here = 'HERE';
  const junk = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.constantFrom('', '-', '--', '---', '=', '-=', '*', '**', '.', '..', '/', '\0', '\r\n', '\u001b[2J', '\ud800'),
    fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', '{secret}', '%s', '$(id)', '-1', 'NaN'),
  );
  const or = (...values: string[]) => fc.oneof({ arbitrary: fc.constantFrom(...values), weight: 12 }, junk);
  const names = fiveProviders.map(({ name }) => name);
  const events = fiveProviders.flatMap((provider) => Object.keys(provider.events));
  const valued: [string, fc.Arbitrary<string>][] = [
    ['--to', or(here, here, here, 'demo', ':1', 'localhost:99999')],
    ['--variant', or('legacy-2025')],
    ['--set', or('data.status=paid', 'data.status:=1', 'data.orderlines[0].quantity=2', 'data[0]=1', 'a.b')],
    ['--unset', or('data.status', 'data', 'event', 'data.orderlines[0]', '[')],
    ['--data', or('package.json', '-', 'src')],
    ['--raw', or('package.json', '-', 'src')],
    ['--header', or('X-A: 1', 'X-A:', 'Host: x', 'content-type: text/plain', 'Connection: close', 'a')],
    ['-H', or('X-A: ü', 'Accept: */*')],
    ['--forge', or('wrong-secret', 'no-signature', 'tampered-body', 'stale')],
    ['--fresh', or('ids', 'all')],
    ['--seed', or('1', '0', '9007199254740991', '9007199254740992')],
    ['--now', or('1790000000', '2026-01-31T12:00:00Z', '0001-01-01', '9999-12-31', '275760-09-13')],
    ['--secret', or('s', '-', 'env:PATH', 'file:package.json', 'file:', 'env:', 'whsec_%%')],
    ['--count', fc.constantFrom('1', '2', '0', '-0', '1.0', '٣', '0x2', ' 2')],
    ['--concurrency', or('1', '3', '1000')],
    ['--timeout', or('100ms', '1s', '0s', '5')],
    ['--expect', or('2xx', '401', '200,204', '1xx', '999')],
    ['--event', or('order.created', 'OrderPlaced')],
    ['--url', or('localhost:3000', 'https://example.com/x?y=1')],
  ];
  const switches = ['--all', '--exact', '--dry-run', '--curl', '--json', '-q', '-v', '--quiet', '--verbose', '-qv'];
  const flag = fc.oneof(
    { arbitrary: fc.oneof(...valued.map(([name, value]) => value.map((text) => [name, text]))), weight: 6 },
    { arbitrary: fc.constantFrom(...switches).map((name) => [name]), weight: 3 },
    { arbitrary: junk.map((text) => [text]), weight: 1 },
    { arbitrary: fc.constantFrom('-h', '--help', '-V', '--version', '--frob').map((name) => [name]), weight: 1 },
  );
  const pair = fc.constantFrom(
    ...fiveProviders.flatMap(({ name, events }) => Object.keys(events).map((event) => [name, event])),
  );
  const start = fc.oneof(
    { arbitrary: pair.map((words) => ['send', ...words, '--to', here]), weight: 8 },
    { arbitrary: fc.tuple(fc.constantFrom('send', 'show'), pair).map(([name, words]) => [name, ...words]), weight: 2 },
    { arbitrary: fc.tuple(or('send', 'list', 'show', 'sign', 'help'), or(...names), or(...events)), weight: 2 },
  );
  const valid = fc.tuple(start, fc.array(flag, { maxLength: 4 })).map(([words, flags]) => [...words, ...flags.flat()]);
  const mutated = fc
    .tuple(valid, fc.array(fc.tuple(fc.nat(), fc.constantFrom('drop', 'double', 'swap', 'cut')), { maxLength: 1 }))
    .map(([words, changes]) => {
      const result = [...words];
      for (const [seed, change] of changes) {
        if (result.length === 0) break;
        const at = seed % result.length;
        const word = result[at]!;
        if (change === 'drop') result.splice(at, 1);
        else if (change === 'double') result.splice(at, 0, word);
        else if (change === 'swap') result.push(...result.splice(at, 1));
        else result[at] = word.slice(0, seed % (word.length + 1));
      }
      return result;
    });

  it('ends with an exit code of the table, prints no stack trace, and sends nothing when it is wrong', async () => {
    const server = await captureServer();
    const codes = [0, 0, 0, 0, 0];
    let run = 0;
    await fc.assert(
      fc.asyncProperty(mutated, async (words) => {
        // What an earlier command sent may come late; each has a path of its own.
        const path = `/run-${++run}/`;
        const argv = words.map((word) => (word === here ? server.url + path : word));
        const timed = argv[0] === 'send' ? [...argv, '--timeout', '200ms'] : argv;
        const { exitCode, stdout, stderr } = await cli(timed, {
          stdin: '{"event":"order.created"}',
          env: { PATH: 'x' },
        });
        expect([0, 1, 2, 3, 4]).toContain(exitCode);
        codes[exitCode]!++;
        expect(stderr).not.toMatch(trace);
        if (exitCode !== 2) return;
        // What follows `--` is no flag.
        const flags = timed.includes('--') ? timed.slice(0, timed.indexOf('--')) : timed;
        if (flags.includes('--json')) expect(JSON.parse(stdout)).toMatchObject({ type: 'error' });
        else expect([stdout, stderr]).toEqual(['', expect.stringMatching(/./)]);
        expect(server.requests.filter(({ requestLine }) => requestLine.includes(path))).toEqual([]);
      }),
      { numRuns: 1500 },
    );
    expect(Math.min(codes[0]!, codes[2]!), `runs by their exit code: ${codes}`).toBeGreaterThan(100);
  });
});

describe('any answer', () => {
  const limitMs = 150;
  const pieces = fc.constantFrom(
    'HTTP/1.1 200 OK\r\n',
    'HTTP/1.1 100 Continue\r\n\r\n',
    'HTTP/1.0 500 No\r\n',
    'HTTP/1.1 204\r\n',
    'Content-Length: 5\r\n',
    'Content-Length: 99999999999\r\n',
    'Transfer-Encoding: chunked\r\n',
    'Transfer-Encoding: gzip, chunked\r\n',
    'Connection: close\r\n',
    'Connection: upgrade\r\nUpgrade: h2c\r\n',
    'Location: //\u001b[2J\r\n',
    '\r\n',
    '5\r\nhello\r\n',
    '0\r\n\r\n',
    'ffffffffffffffff\r\n',
    '\0',
    '\n',
    ':',
    ' ',
  );
  const bytes = fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array).toString('latin1'));
  const text = fc.array(fc.oneof({ arbitrary: pieces, weight: 4 }, { arbitrary: bytes, weight: 1 }), { maxLength: 8 });
  const opened = fc.tuple(fc.constantFrom('', 'HTTP/1.1 200 OK\r\n'), text).map(([head, rest]) => [head, ...rest]);
  const answer = fc.tuple(opened, fc.constantFrom('keep', 'end', 'reset'), fc.boolean());

  it('ends, with an exit code of the table and without a stack trace', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { minLength: 10, maxLength: 10 }), fc.boolean(), async (answers, json) => {
        let turn = 0;
        const server = await rudeServer((socket) => {
          const [parts, then, slowly] = answers[turn++ % answers.length]!;
          onRequest(() => {
            for (const part of slowly ? parts : [parts.join('')]) socket.write(part, 'latin1');
            if (then === 'end') socket.end();
            if (then === 'reset') setTimeout(() => socket.resetAndDestroy(), 5);
          })(socket);
        });
        const command = ['send', 'scalev', 'order.created', '--to', server.url, '--timeout', `${limitMs}ms`];
        const { exitCode, stdout, stderr } = await cli([
          ...command,
          ...['--count', '10', '--concurrency', '10', json ? '--json' : '-v'],
        ]);
        await server.close();
        expect([0, 1, 3, 4]).toContain(exitCode);
        expect(stdout + stderr).not.toMatch(/\n\s+at \S+ \(|this is a bug|\u001b/);
        if (json) expect(JSON.parse(stdout.trimEnd().split('\n').at(-1)!).sent).toBe(10);
      }),
      { numRuns: 25 },
    );
  });
});

describe('any template', () => {
  const piece = fc.oneof(
    fc.constantFrom('{body}', '{event}', '{secret}', '{url}', '{method}', '{signature}', '{timestamp}', '{id}', '{}'),
    fc.constantFrom('{', '}', '{{', '}}', '{nope}', '{__proto__}', '{constructor}', '\r\n', '\0', 'ü', '✓', ' ', ''),
    fc.string({ maxLength: 4 }),
  );
  const template = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));
  const headerValue = fc.oneof(
    template,
    fc.record({ each: template, join: template }),
    fc.record({ head: template, each: template, join: template }),
  );
  const header = fc.tuple(fc.oneof(fc.constantFrom('X-A', 'Host', 'X A', 'Expect', ''), fc.string()), headerValue);
  const scheme = fc.record({
    scheme: fc.constantFrom('hmac', 'digest'),
    hash: fc.constantFrom('md5', 'sha1', 'sha256', 'sha512'),
    content: template,
    encoding: fc.constantFrom('hex', 'HEX', 'base64', 'base64url'),
  });
  const signatures = fc.dictionary(fc.constantFrom('signature', 'second', 'body', '__proto__'), scheme, { maxKeys: 3 });
  const provider = fc
    .tuple(fc.constantFrom(...fiveProviders), fc.array(header, { maxLength: 3 }), signatures)
    .map(([base, headers, own]) => ({ ...base, headers, signatures: own }) as Provider);

  it('of a provider compiles to a request that HTTP allows, or is rejected as misuse', () => {
    let compiled = 0;
    fc.assert(
      fc.property(provider, fc.constantFrom('{"a":1}', '', 'ü\r\n✓'), (own, body) => {
        try {
          const { headers } = compileOne({ provider: own, body });
          compiled++;
          for (const [name, value] of headers) {
            expect(name).toMatch(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/);
            expect(value).not.toMatch(/[^\t\x20-\x7e\x80-\xff]/);
          }
        } catch (error) {
          if (!(error instanceof UsageError)) throw error;
        }
      }),
      { numRuns: 3000 },
    );
    expect(compiled).toBeGreaterThan(100);
  });
});
