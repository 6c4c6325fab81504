import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { identity, pem, pemPath } from '../support/pem.js';
import { receiver } from '../support/receiver.js';
import { fine, rudeServer } from '../support/rude.js';
import { sent } from './sent.js';

const warning = 'Warning: TLS certificates are not verified (--insecure).\n';

describe('--cacert', () => {
  it('trusts the authority of a receiver', async () => {
    const { port, reached } = await receiver(identity('right'));
    const { attempt, exitCode, stderr } = await sent(`https://localhost:${port}/hooks`, [
      '--cacert',
      pemPath('authority'),
    ]);
    expect(exitCode).toBe(0);
    expect(reached[0]).toMatchObject({ url: '/hooks', servername: 'localhost' });
    expect(attempt.timing.tlsMs).toBeGreaterThan(0);
    expect(stderr).not.toContain('Warning');
  });

  it('takes a file of several certificates with text between them', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'webhook-sim-ca-')), 'all of them.pem');
    writeFileSync(file, `# one\r\n${pem('self-signed')}\n# two\n${pem('authority')}\n`);
    const { port } = await receiver(identity('right'));
    expect((await sent(`https://127.0.0.1:${port}`, ['--cacert', file])).exitCode).toBe(0);
  });

  it.each([
    ['nothing', [], 'right', 'is signed by an authority that this machine does not know'],
    [
      'another authority',
      ['--cacert', pemPath('self-signed')],
      'right',
      'by an authority that this machine does not know',
    ],
    ['the authority of an expired certificate', ['--cacert', pemPath('authority')], 'expired', 'has expired'],
    ['the authority, but of another host', ['--cacert', pemPath('authority')], 'wrong-host', 'is for another host'],
  ])('does not help with %s', async (_, args, certificate, sentence) => {
    const { port, reached } = await receiver(identity(certificate));
    const { attempt, exitCode } = await sent(`https://127.0.0.1:${port}`, args);
    expect(exitCode).toBe(3);
    expect(attempt.error.message).toContain(sentence);
    expect(reached).toEqual([]);
  });
});

describe('--insecure', () => {
  it.each(['self-signed', 'right', 'expired', 'not-yet-valid', 'wrong-host'])(
    'takes the certificate %s and says so',
    async (name) => {
      const { port, reached } = await receiver(identity(name));
      for (const args of [['--insecure'], ['--insecure', '-q']]) {
        const { exitCode, stderr } = await sent(`https://127.0.0.1:${port}`, args);
        expect(exitCode).toBe(0);
        expect(stderr.split(warning).length - 1).toBe(1);
      }
      expect(reached.length).toBe(4);
    },
  );
});

describe('a receiver that asks for a client certificate', () => {
  const asking = { ...identity('right'), ca: pem('authority'), requestCert: true, rejectUnauthorized: true };
  const trusting = ['--cacert', pemPath('authority')];

  it('is shown that of --cert and --key', async () => {
    const { port, reached } = await receiver(asking);
    const key = pem('key').split('\n')[1]!;
    const args = [...trusting, '--cert', pemPath('right'), '--key', pemPath('key')];
    const { exitCode } = await sent(`https://127.0.0.1:${port}`, args, { canaries: [key] });
    expect(exitCode).toBe(0);
    expect(reached[0]!.sender).toBe('localhost');
  });

  it('is shown one whose key is in the same file', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'webhook-sim-cert-')), 'both.pem');
    writeFileSync(file, pem('key') + pem('right'));
    const { port, reached } = await receiver(asking);
    expect((await sent(`https://127.0.0.1:${port}`, [...trusting, '--cert', file])).exitCode).toBe(0);
    expect(reached[0]!.sender).toBe('localhost');
  });

  it.each([
    ['without one', []],
    ['with one of nobody that it knows', ['--cert', pemPath('self-signed'), '--key', pemPath('key')]],
  ])('is not reached %s', async (_, args) => {
    const { port, reached } = await receiver(asking);
    const { delivery, exitCode } = await sent(`https://127.0.0.1:${port}`, [...trusting, ...args]);
    expect([delivery.outcome, exitCode]).toEqual(['unreachable', 3]);
    expect(reached).toEqual([]);
  });
});

describe('http: to a port that takes TLS alone', () => {
  it('is told as that, also where the receiver closes without a word', async () => {
    const { port, reached } = await receiver(identity('right'));
    const { attempt, exitCode } = await sent(`http://127.0.0.1:${port}/hooks`);
    expect(attempt.error).toEqual({
      kind: 'broken',
      code: 'SPEAKS_TLS',
      phase: 'wait',
      message: `127.0.0.1:${port} speaks TLS; is it an https:// address?`,
    });
    expect(reached).toEqual([]);
    expect(exitCode).toBe(3);
  });

  it('is not thought of one that closes and takes no TLS', async () => {
    const { url } = await rudeServer((socket) => socket.once('data', () => socket.end()));
    const { attempt } = await sent(url);
    expect(attempt.error.code).toBe('CLOSED_EARLY');
  });

  it('is not asked of one that has answered before', async () => {
    let isFirst = true;
    const begun: number[] = [];
    const { url } = await rudeServer((socket) =>
      socket.once('data', (bytes) => {
        begun.push(bytes[0]!);
        socket.end(isFirst ? fine : '');
        isFirst = false;
      }),
    );
    await cli(['send', 'scalev', 'order.created', '--to', url, '--count', '3']);
    expect(begun).toEqual(Array(3).fill('P'.charCodeAt(0)));
  });
});
