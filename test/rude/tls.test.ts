import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { endure } from '../support/endure.js';
import { bundleCli, runProcess } from '../support/process.js';
import { answering, type Manners, polite, rudeServer, rudeTlsServer } from '../support/rude.js';

const folder = join(import.meta.dirname, '../fixtures/tls');
const pem = (name: string) => readFileSync(join(folder, `${name}.pem`), 'utf8');
const identity = (...names: string[]) => ({ cert: names.map(pem).join(''), key: pem('key') });

const untrusted: [certificate: string[], code: string, sentence: string][] = [
  [['self-signed'], 'DEPTH_ZERO_SELF_SIGNED_CERT', 'is self-signed'],
  [['right'], 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'is signed by an authority that this machine does not know'],
  [['right', 'authority'], 'SELF_SIGNED_CERT_IN_CHAIN', 'is signed by an authority that this machine does not know'],
  [['expired'], 'CERT_HAS_EXPIRED', 'has expired'],
  [['not-yet-valid'], 'CERT_NOT_YET_VALID', 'is not valid yet'],
];

describe('a receiver behind TLS', () => {
  it.each(untrusted)('with the certificate %s is unreachable: %s', async (names, code, sentence) => {
    const { url, port } = await rudeTlsServer(identity(...names), polite);
    const { delivery, attempt, exitCode } = await endure(url);
    expect([delivery.outcome, exitCode]).toEqual(['unreachable', 3]);
    expect(attempt).toMatchObject({ remoteAddress: `127.0.0.1:${port}`, status: null, timing: { sendMs: null } });
    expect(attempt.error).toEqual({ kind: 'unreachable', code, phase: 'tls', message: expect.any(String) });
    expect(attempt.error.message.split('; ')[0]).toBe(`the certificate of 127.0.0.1:${port} ${sentence}`);
    expect(attempt.timing.connectMs).toBeGreaterThan(0);
  });

  const instead: [name: string, manners: Manners, code: string, sentence: string][] = [
    [
      'answers in plain HTTP',
      (socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
      'ERR_SSL_WRONG_VERSION_NUMBER',
      '% does not speak TLS; is it an http:// address?',
    ],
    [
      'greets as SSH',
      (socket) => socket.write('SSH-2.0-OpenSSH_9.6\r\n'),
      'ERR_SSL_WRONG_VERSION_NUMBER',
      '% does not speak TLS; is it an http:// address?',
    ],
    [
      'closes',
      (socket) => socket.once('data', () => socket.end()),
      'ECONNRESET',
      '% broke off the connection during the TLS handshake',
    ],
    [
      'resets',
      (socket) => socket.once('data', () => socket.resetAndDestroy()),
      'ECONNRESET',
      '% broke off the connection during the TLS handshake',
    ],
  ];

  it.each(instead)('that is none and %s is unreachable', async (_, manners, code, sentence) => {
    const { port } = await rudeServer(manners);
    const { attempt, exitCode } = await endure(`https://127.0.0.1:${port}`);
    expect(exitCode).toBe(3);
    expect(attempt.error).toEqual({
      kind: 'unreachable',
      code,
      phase: 'tls',
      message: sentence.replace('%', `127.0.0.1:${port}`),
    });
  });

  it('that is taken for plain HTTP gives no answer', async () => {
    const { port } = await rudeTlsServer(identity('right'), polite);
    const { attempt, exitCode } = await endure(`http://127.0.0.1:${port}`);
    expect(exitCode).toBe(3);
    expect(attempt.error.message).toMatch(
      /closed the connection before it answered$|speaks TLS; is it an https:\/\/ address\?$/,
    );
  });
});

describe('a receiver behind TLS whose authority is trusted', () => {
  beforeAll(bundleCli);

  const trusting = { NODE_EXTRA_CA_CERTS: join(folder, 'authority.pem') };
  const send = async (url: string) => {
    const { stdout, exitCode } = await runProcess(
      ['send', 'scalev', 'order.created', '--to', url, '--timeout', '5s', '--json'],
      trusting,
    );
    return { ...JSON.parse(stdout.split('\n')[0]!), exitCode };
  };

  it('accepts a delivery', async () => {
    const { url } = await rudeTlsServer(identity('right'), polite);
    const { outcome, attempts, exitCode } = await send(url);
    expect([outcome, exitCode]).toEqual(['accepted', 0]);
    expect(attempts[0].timing.tlsMs).toBeGreaterThan(0);
  });

  it('is unreachable when its certificate is for another host', async () => {
    const { url, port } = await rudeTlsServer(identity('wrong-host'), polite);
    const { outcome, attempts, exitCode } = await send(url);
    expect([outcome, exitCode]).toEqual(['unreachable', 3]);
    expect(attempts[0].error).toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
      message: expect.stringContaining(
        `the certificate of 127.0.0.1:${port} is for another host (elsewhere.example); `,
      ),
    });
  });

  it.each([
    ['says nothing', answering('', 'close'), 'unreachable', 'closed the connection before it answered'],
    ['breaks off', answering('HTTP/1.1 200', 'close'), 'broken', 'closed the connection in the middle of its answer'],
  ])('and that %s gives no answer', async (_, manners, outcome, sentence) => {
    const { url } = await rudeTlsServer(identity('right'), manners);
    const delivery = await send(url);
    expect([delivery.outcome, delivery.exitCode]).toEqual([outcome, 3]);
    expect(delivery.attempts[0].error.message).toContain(sentence);
  });
});
