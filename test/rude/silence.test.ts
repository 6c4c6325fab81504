import { describe, expect, it } from 'vitest';
import { endure } from '../support/endure.js';
import { answering, dripping, flooding, type Manners, onRequest, rudeServer } from '../support/rude.js';
import { swallowingPort } from '../support/swallow.js';

const shortLimitMs = 300;
const limitMs = shortLimitMs;
/** A limit as it is told. */
const shownLimit = (ms: number) => (ms === shortLimitMs ? '300 ms' : '3 s');
const head = 'HTTP/1.1 200 OK\r\n';
const bodyOf5MB = Buffer.from(JSON.stringify({ text: 'x'.repeat(5_000_000) }));

const receivers: [name: string, manners: Manners, phase: string, sentence: string][] = [
  ['never answers', onRequest(() => {}), 'wait', 'did not answer'],
  ['drips empty lines', dripping('', '\r\n'), 'wait', 'did not answer'],
  ['drips a header', dripping(`${head}X-Slow: `, 'x'), 'receive', 'did not finish its answer'],
  ['drips a body', dripping(`${head}Content-Length: 100000\r\n\r\n`, 'x'), 'receive', 'did not finish its answer'],
  ['stops in the middle of its header', answering(`${head}Content-Le`), 'receive', 'did not finish its answer'],
  [
    'stops in the middle of its body',
    answering(`${head}Content-Length: 9\r\n\r\nhalf`),
    'receive',
    'did not finish its answer',
  ],
  [
    'never ends its chunks',
    answering(`${head}Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n`),
    'receive',
    'did not finish its answer',
  ],
  [
    'never ends the extension of a chunk',
    flooding(`${head}Transfer-Encoding: chunked\r\n\r\n2;x=`, 'x'.repeat(10_000)),
    'receive',
    'did not finish its answer',
  ],
  [
    'never ends its reason phrase',
    flooding('HTTP/1.1 200 ', 'x'.repeat(10_000)),
    'receive',
    'did not finish its answer',
  ],
  ['has no length and never closes', answering(`${head}\r\nok`), 'receive', 'did not finish its answer'],
  ['says 100 Continue and no more', answering('HTTP/1.1 100 Continue\r\n\r\n'), 'wait', 'did not answer'],
  [
    'gives early hints without end',
    dripping('', 'HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n'),
    'wait',
    'did not answer',
  ],
  ['floods with interim answers', flooding('', 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(500)), '', 'did not'],
];

describe('a receiver that takes its time is timed out', () => {
  // A busy machine that did not come as far within the limit gets ten times as long in a second try.
  it.for(receivers)('%s', { retry: 1 }, async ([_, manners, phase, sentence], { task }) => {
    const limitMs = task.result?.retryCount ? 3000 : shortLimitMs;
    const { port, url } = await rudeServer(manners);
    // How far a flood has come by then depends on the machine.
    const message = phase === '' ? { message: /^ {2}127\.0\.0\.1:\d+ did not .* within (300 ms|3 s)$/ } : {};
    const { delivery, attempt, exitCode } = await endure(url, [], { limitMs, ...message });
    expect(exitCode).toBe(4);
    expect(delivery).toMatchObject({ outcome: 'timed_out', ok: false });
    expect(attempt.error).toMatchObject({ kind: 'timed_out', code: 'TIMED_OUT' });
    expect(attempt.error.phase).toMatch(phase);
    expect(attempt.error.message).toContain(`127.0.0.1:${port} ${sentence}`);
    expect(attempt.error.message).toContain(` within ${shownLimit(limitMs)}`);
  });

  it('tells what had come of the answer', async () => {
    const { url } = await rudeServer(answering(`${head}X-Half: yes\r\nContent-Length: 9\r\n\r\nhalf`));
    const { attempt, verbose } = await endure(url, [], { limitMs });
    expect(attempt).toMatchObject({
      status: 200,
      response: {
        headers: [
          ['X-Half', 'yes'],
          ['Content-Length', '9'],
        ],
        body: 'half',
      },
    });
    expect(verbose.stdout).toContain('X-Half: yes');
  });

  it('never reads a large body', { retry: 1 }, async ({ task }) => {
    const limitMs = task.result?.retryCount ? 3000 : shortLimitMs;
    const { url, port } = await rudeServer((socket) => socket.pause());
    const { exitCode, attempt } = await endure(url, ['--data', '-'], { limitMs, stdin: bodyOf5MB });
    expect(exitCode).toBe(4);
    expect(attempt.error).toMatchObject({
      phase: 'send',
      message: `127.0.0.1:${port} did not take the whole request within ${shownLimit(limitMs)}`,
    });
  });

  it('takes the connection and never speaks TLS', async () => {
    const { port } = await rudeServer((socket) => socket.resume());
    const { exitCode, attempt } = await endure(`https://127.0.0.1:${port}`, [], { limitMs });
    expect(exitCode).toBe(4);
    expect(attempt.remoteAddress).toBe(`127.0.0.1:${port}`);
    expect(attempt.error).toMatchObject({
      phase: 'tls',
      message: `127.0.0.1:${port} did not finish the TLS handshake within 300 ms`,
    });
    const { connectMs, tlsMs } = attempt.timing;
    expect(tlsMs).toBeGreaterThan(0);
    expect(connectMs + tlsMs).toBeGreaterThanOrEqual(limitMs - 1);
  });

  it.runIf(process.platform === 'linux')('is a port that swallows packets', async () => {
    const port = await swallowingPort();
    const { exitCode, attempt } = await endure(`http://127.0.0.1:${port}`, [], { limitMs });
    expect(exitCode).toBe(4);
    expect(attempt).toMatchObject({ remoteAddress: null, status: null, timing: { sendMs: null } });
    expect(attempt.error).toMatchObject({
      phase: 'connect',
      message: `127.0.0.1:${port} did not take the connection within 300 ms`,
    });
  });
});
