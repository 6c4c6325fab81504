import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Transport } from '../../src/transport/transport.js';
import { someDelivery } from '../support/delivery.js';
import { endure } from '../support/endure.js';
import { hastyServer } from '../support/hasty.js';
import { answering, fine, flooding, type Manners, onRequest, rudeServer } from '../support/rude.js';

const head = 'HTTP/1.1 200 OK\r\n';

const odd: [name: string, manners: Manners, response: object][] = [
  ['100 Continue first', answering(`HTTP/1.1 100 Continue\r\n\r\n${fine}`), { body: 'ok' }],
  [
    '100 Continue at once, without waiting',
    (socket) => {
      socket.write('HTTP/1.1 100 Continue\r\n\r\n');
      answering(fine)(socket);
    },
    { body: 'ok' },
  ],
  [
    'several interim answers first',
    answering(`HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n${fine}`),
    { body: 'ok', headers: [['Content-Length', '2']] },
  ],
  ['HTTP/1.0', answering('HTTP/1.0 200 OK\r\n\r\nok', 'close'), { body: 'ok' }],
  ['no length, closed at its end', answering(`${head}\r\nok`, 'close'), { body: 'ok' }],
  ['an empty reason phrase', answering('HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok'), { body: 'ok' }],
  ['no reason phrase', answering('HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok'), { body: 'ok' }],
  ['more than its length says', answering(`${head}Content-Length: 2\r\n\r\nok and more`), { body: 'ok', bytes: 2 }],
  ['a second answer that nobody asked for', answering(fine + fine), { body: 'ok', bytes: 2 }],
  ['a body beside 204', answering('HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nok'), { body: '', bytes: 0 }],
  [
    'closed although it said keep-alive',
    answering(`${head}Connection: keep-alive\r\nContent-Length: 2\r\n\r\nok`, 'close'),
    { body: 'ok' },
  ],
  ['reset right after it', answering(fine, 'reset'), { body: 'ok' }],
  [
    'chunks with extensions and trailers',
    answering(`${head}Transfer-Encoding: chunked\r\n\r\n2;a=b\r\nok\r\n0\r\nX-Trailer: 1\r\n\r\n`),
    { body: 'ok', headers: [['Transfer-Encoding', 'chunked']] },
  ],
];

describe('an odd but complete answer is taken', () => {
  it.each(odd)('%s', async (_, manners, response) => {
    const { url } = await rudeServer(manners);
    const { delivery, attempt, exitCode } = await endure(url);
    expect(attempt).toMatchObject({ error: null, response: { truncated: false, ...response } });
    expect(delivery).toMatchObject({ outcome: 'accepted', ok: true });
    expect(exitCode).toBe(0);
  });

  it('of status 999 is rejected', async () => {
    const { url } = await rudeServer(answering('HTTP/1.1 999 Beyond\r\nContent-Length: 0\r\n\r\n'));
    const { delivery, attempt, exitCode } = await endure(url);
    expect([attempt.status, delivery.outcome, exitCode]).toEqual([999, 'rejected', 1]);
  });

  it('of status 304 may name a length', async () => {
    const { url } = await rudeServer(answering('HTTP/1.1 304 Not Modified\r\nContent-Length: 10\r\n\r\n'));
    const { delivery, attempt, exitCode } = await endure(url);
    expect([attempt.status, attempt.error, delivery.outcome, exitCode]).toEqual([304, null, 'rejected', 1]);
  });

  it('that redirects is rejected and not followed', async () => {
    const server = await rudeServer(
      onRequest((socket) => socket.write('HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n')),
    );
    const { delivery, attempt, exitCode, human } = await endure(server.url);
    expect([attempt.status, delivery.outcome, delivery.ok, exitCode]).toEqual([302, 'rejected', false, 1]);
    expect(human.stdout).toContain('redirects to /again; webhooks are not redirected');
    expect(server.connections).toBe(3);
  });
});

describe('a body of an answer', () => {
  it.each([
    ['that never ends', flooding(`${head}\r\n`, 'x'.repeat(100_000))],
    [
      'of chunks that never end',
      flooding(`${head}Transfer-Encoding: chunked\r\n\r\n`, `3e8\r\n${'x'.repeat(1000)}\r\n`.repeat(20)),
    ],
    ['of 10 GB', flooding(`${head}Content-Length: 10000000000\r\n\r\n`, 'x'.repeat(100_000))],
    ['of 1 MiB', answering(`${head}Content-Length: 1048576\r\n\r\n${'x'.repeat(1_048_576)}`)],
  ])('%s is read to 1 MiB, and 64 KiB are kept', async (_, manners) => {
    const { url } = await rudeServer(manners);
    const { delivery, attempt, exitCode, verbose } = await endure(url);
    expect([attempt.error, delivery.outcome, exitCode]).toEqual([null, 'accepted', 0]);
    expect(attempt.response).toMatchObject({ bytes: 1_048_576, truncated: true });
    expect(attempt.response.body).toHaveLength(65_536);
    expect(verbose.stdout).toContain('1,048,576 bytes (cut)');
  });

  it('that is a bomb is decompressed no further than any other is read', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const answer = Buffer.concat([
      Buffer.from(`${head}Content-Encoding: gzip\r\nContent-Length: ${bomb.length}\r\n\r\n`),
      bomb,
    ]);
    const { url } = await rudeServer(answering(answer));
    const { attempt, exitCode } = await endure(url);
    expect(exitCode).toBe(0);
    expect(attempt.response.bytes).toBe(bomb.length);
    expect(attempt.response).toMatchObject({ decodedBytes: 1_048_576, truncated: true });
    expect(attempt.response.body).toHaveLength(65_536);
  });
});

describe('an answer before the request was read', () => {
  const answerAtOnce =
    (answer: string, then: (socket: import('node:net').Socket) => void): Manners =>
    (socket) => {
      socket.once('data', () => {
        socket.pause();
        socket.write(answer, 'latin1', () => then(socket));
      });
    };
  const large = { stdin: Buffer.alloc(5_000_000, 'x') };
  const tooMuch = 'HTTP/1.1 413 Content Too Large\r\nContent-Length: 2\r\n\r\nno';

  it.each([
    ['200, then a close', answerAtOnce(fine, (socket) => socket.destroy()), 200, 0],
    ['413, then a close', answerAtOnce(tooMuch, (socket) => socket.destroy()), 413, 1],
    ['413, then a close in good order', answerAtOnce(tooMuch, (socket) => socket.end()), 413, 1],
    ['413, kept open', answerAtOnce(tooMuch, () => {}), 413, 1],
  ])('counts: %s', async (_, manners, status, exit) => {
    const { url } = await rudeServer(manners);
    for (let round = 0; round < 5; round++) {
      const { attempt, exitCode } = await endure(url, ['--raw', '-'], large);
      expect([attempt.error, attempt.status, exitCode]).toEqual([null, status, exit]);
    }
  });

  it.each(['length', 'chunked'] as const)('counts even if the reset overtakes it: framing %s', async (framing) => {
    const { url } = await hastyServer('destroy');
    for (const size of [30_000, 300_000, 5_000_000]) {
      for (let round = 0; round < 20; round++) {
        const transport = new Transport();
        const { status, error } = await transport.send(someDelivery(url, { size, framing }), 5000);
        transport.close();
        expect([status, error]).toEqual([200, null]);
      }
    }
  });
});

describe('a connection that was to be kept and was closed', () => {
  it('is not opened again where the request had long been read: the attempt failed', async () => {
    let taken = 0;
    // Answers the first request, and closes a while after the second.
    const { url } = await rudeServer((socket) => {
      taken++;
      let requests = 0;
      onRequest(() => (++requests === 1 ? socket.write(fine) : setTimeout(() => socket.end(), 200)))(socket);
    });
    const transport = new Transport();
    await transport.send(someDelivery(url), 1000);
    const { error } = await transport.send(someDelivery(url), 5000);
    transport.close();
    expect(taken).toBe(1);
    expect(error).toMatchObject({ kind: 'unreachable', code: 'CLOSED_EARLY', phase: 'wait' });
  });
});
