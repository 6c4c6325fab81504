import { describe, expect, it } from 'vitest';
import { endure } from '../support/endure.js';
import { answering, flooding, freePort, type Manners, rudeServer } from '../support/rude.js';

const head = 'HTTP/1.1 200 OK\r\n';
const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n`;

const notHttp = ['NOT_HTTP', '% answered with something that is not HTTP/1.1'];
const http2 = [
  'SPEAKS_HTTP2',
  '% speaks HTTP/2 only, and webhook-sim HTTP/1.1, as most providers do; let the receiver take both, or put a proxy before it',
];
const header = (reason: string) => ['INVALID_HEADER', `the header of the answer from % is not valid HTTP (${reason})`];
const body = (reason: string) => ['INVALID_BODY', `the body of the answer from % is not valid HTTP (${reason})`];
const tooLarge = ['HEADER_TOO_LARGE', 'the header of the answer from % is too large: over 16 KiB'];
const tooShort = ['LENGTH_MISMATCH', 'the answer from % is shorter than its Content-Length says'];
const upgrade = ['UNEXPECTED_UPGRADE', '% switched to another protocol, which was not asked for'];
const closed = ['CLOSED_EARLY', '% closed the connection in the middle of its answer'];
const reset = ['ECONNRESET', '% broke off the connection in the middle of its answer'];

const broken: [name: string, manners: Manners, told: string[]][] = [
  ['an SSH banner', answering('SSH-2.0-OpenSSH_9.6\r\n'), notHttp],
  ['an SSH banner before the request', (socket) => socket.write('SSH-2.0-OpenSSH_9.6\r\n'), notHttp],
  ['random bytes', answering(Buffer.from('8f00aa99feff10201b5b324a0000', 'hex')), notHttp],
  ['a page without a header', answering('<html>hello</html>', 'close'), notHttp],
  ['the settings of HTTP/2', answering(Buffer.from('00000c040000000000000300000064', 'hex')), http2],
  ['a status line of HTTP/2', answering('HTTP/2 200\r\n\r\n'), notHttp],
  ['status 000', answering('HTTP/1.1 000 None\r\nContent-Length: 0\r\n\r\n'), notHttp],
  ['status 20', answering('HTTP/1.1 20 Short\r\nContent-Length: 0\r\n\r\n'), notHttp],
  ['status 2000', answering('HTTP/1.1 2000 Long\r\nContent-Length: 0\r\n\r\n'), notHttp],
  ['a header of 1 MB', answering(`${head}X-Big: ${'x'.repeat(1_000_000)}\r\n\r\n`), tooLarge],
  ['a header without end', flooding(`${head}X-Big: `, 'x'.repeat(50_000)), tooLarge],
  ['20,000 headers', answering(`${head}${'a:\r\n'.repeat(20_000)}\r\n`), tooLarge],
  ['trailers without end', flooding(`${chunked}0\r\n`, 'X-Trailer: again\r\n'.repeat(500)), tooLarge],
  ['a header without a colon', answering(`${head}nonsense\r\n\r\n`), header('Invalid header token')],
  [
    'a header with a NUL',
    answering(`${head}Content-Length: 2\r\nX: a\0b\r\n\r\nok`),
    header('Invalid header value char'),
  ],
  [
    'two lengths',
    answering(`${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\nok`),
    header('Duplicate Content-Length'),
  ],
  ['a negative length', answering(`${head}Content-Length: -1\r\n\r\n`), header('Invalid character in Content-Length')],
  [
    'an absurd length',
    answering(`${head}Content-Length: ${'9'.repeat(30)}\r\n\r\n`),
    header('Content-Length overflow'),
  ],
  [
    'a length beside chunks',
    answering(`${head}Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\nok\r\n0\r\n\r\n`),
    header("Content-Length can't be present with Transfer-Encoding"),
  ],
  ['a chunk of no size', answering(`${chunked}zz\r\nok\r\n0\r\n\r\n`), body('Invalid character in chunk size')],
  ['a chunk longer than its size', answering(`${chunked}1\r\nlong\r\n0\r\n\r\n`), body('Expected LF after chunk data')],
  [
    'a switch of protocols',
    answering('HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'),
    upgrade,
  ],
  ['a switch to nothing', answering('HTTP/1.1 101 Switching\r\n\r\n'), upgrade],
  ['half a header, then a close', answering(`${head}Content-Le`, 'close'), closed],
  ['half a header, then a reset', answering(`${head}Content-Le`, 'reset'), reset],
  ['half a body, then a close', answering(`${head}Content-Length: 100\r\n\r\n${'x'.repeat(50)}`, 'close'), closed],
  ['half a body, then a reset', answering(`${head}Content-Length: 100\r\n\r\n${'x'.repeat(50)}`, 'reset'), reset],
  [
    'half a body, closed as said',
    answering(`${head}Connection: close\r\nContent-Length: 100\r\n\r\nx`, 'close'),
    tooShort,
  ],
  ['half of the chunks, then a close', answering(`${chunked}2\r\nok\r\n`, 'close'), closed],
  ['a body that ends with a reset', answering(`${head}\r\nok`, 'reset'), reset],
  [
    '100 Continue, then a close',
    answering('HTTP/1.1 100 Continue\r\n\r\n', 'close'),
    ['CLOSED_EARLY', '% closed the connection before it answered'],
  ],
  [
    'a TLS alert',
    answering(Buffer.from('15030100020246', 'hex'), 'close'),
    ['SPEAKS_TLS', '% speaks TLS; is it an https:// address?'],
  ],
];

describe('an answer that is no complete HTTP answer is broken', () => {
  it.each(broken)('%s', async (_, manners, [code, sentence]) => {
    const { url, port } = await rudeServer(manners);
    const { delivery, attempt, exitCode, human } = await endure(url);
    expect(attempt.error).toEqual({
      kind: 'broken',
      code,
      phase: expect.stringMatching(/wait|receive/),
      message: sentence!.replace('%', `127.0.0.1:${port}`),
    });
    expect(delivery).toMatchObject({ outcome: 'broken', ok: false });
    expect(exitCode).toBe(3);
    expect(human.stdout).toContain(`broken answer (${code})`);
  });
});

const silent: [name: string, manners: Manners, code: string, phase: string, sentence: string][] = [
  ['closes at once', (socket) => socket.end(), 'CLOSED_EARLY', 'wait', '% closed the connection before it answered'],
  [
    'resets before it read',
    (socket) => setTimeout(() => socket.resetAndDestroy(), 50),
    'ECONNRESET',
    'wait',
    '% broke off the connection before it answered',
  ],
  [
    'closes after the request',
    answering('', 'close'),
    'CLOSED_EARLY',
    'wait',
    '% closed the connection before it answered',
  ],
  [
    'resets after the request',
    answering('', 'reset'),
    'ECONNRESET',
    'wait',
    '% broke off the connection before it answered',
  ],
];

describe('a receiver that says nothing at all is unreachable', () => {
  it.each(silent)('%s', async (_, manners, code, phase, sentence) => {
    const { url, port } = await rudeServer(manners);
    const { delivery, attempt, exitCode } = await endure(url);
    expect(attempt.error).toEqual({
      kind: 'unreachable',
      code,
      phase,
      message: sentence.replace('%', `127.0.0.1:${port}`),
    });
    expect(delivery).toMatchObject({ outcome: 'unreachable', ok: false });
    expect(exitCode).toBe(3);
  });

  it('closes while a large request is still being sent', async () => {
    const { url, port } = await rudeServer((socket) => socket.once('data', () => socket.destroy()));
    const { attempt, exitCode } = await endure(url, ['--raw', '-'], { stdin: Buffer.alloc(5_000_000, 'x') });
    expect(exitCode).toBe(3);
    expect(attempt.error).toEqual({
      kind: 'unreachable',
      code: 'CLOSED_EARLY',
      phase: 'send',
      message: `127.0.0.1:${port} closed the connection while the request was being sent`,
    });
  });

  it('does not listen', async () => {
    const free = await freePort();
    const { attempt, exitCode, human } = await endure(`http://127.0.0.1:${free}`);
    expect(exitCode).toBe(3);
    expect(attempt).toMatchObject({ remoteAddress: null, status: null, response: null });
    expect(attempt.error).toEqual({
      kind: 'unreachable',
      code: 'ECONNREFUSED',
      phase: 'connect',
      message: `nothing listens at 127.0.0.1:${free}`,
    });
    expect(human.stderr).toContain('Is the receiver running?');
  });

  it('does not listen on any address of its name', async () => {
    const { attempt } = await endure(`http://localhost:${await freePort()}`);
    expect(attempt.error).toMatchObject({ code: 'ECONNREFUSED', phase: 'connect' });
    expect(attempt.error.message).toMatch(/^nothing listens at localhost:\d+$/);
    expect(attempt.timing.dnsMs).toBeGreaterThan(0);
  });

  it('has no address', async () => {
    const { delivery, attempt, exitCode } = await endure('http://no-such-host.invalid/');
    expect(attempt.error.phase).toBe('dns');
    expect(attempt.error.message).toContain('no-such-host.invalid');
    expect(attempt.timing).toMatchObject({ connectMs: null, sendMs: null, waitMs: null });
    expect([delivery.outcome, exitCode]).toEqual(
      attempt.error.kind === 'timed_out' ? ['timed_out', 4] : ['unreachable', 3],
    );
  });
});
