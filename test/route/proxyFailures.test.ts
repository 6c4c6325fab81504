import { describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { endure } from '../support/endure.js';
import { identity, pemPath } from '../support/pem.js';
import { proxyServer } from '../support/proxyServer.js';
import {
  answering,
  dripping,
  flooding,
  freePort,
  type Manners,
  onRequest,
  rudeServer,
  rudeTlsServer,
} from '../support/rude.js';
import { swallowingPort } from '../support/swallow.js';

const limitMs = 300;
const target = { http: 'http://elsewhere.example:8080', https: 'https://elsewhere.example:8443' };
const address = { http: 'elsewhere.example:8080', https: 'elsewhere.example:8443' };
const schemes = ['http', 'https'] as const;
const reply = (status: string, headers = '') => `HTTP/1.1 ${status}\r\n${headers}Content-Length: 4\r\n\r\nsafe`;

describe.each(schemes)('on the way to an %s receiver, a proxy', (scheme) => {
  const through = (proxy: string) => endure(target[scheme], ['--proxy', proxy], { limitMs: 2000 });
  const expectUnreachable = (
    { delivery, attempt, exitCode }: Awaited<ReturnType<typeof through>>,
    code: string,
    message: string,
  ) => {
    expect([delivery.outcome, exitCode]).toEqual(['unreachable', 3]);
    expect(attempt).toMatchObject({ status: null, response: null, error: { kind: 'unreachable', code, message } });
  };

  it('that asks for a password is told of', async () => {
    const { host } = await proxyServer({ credentials: 'a:b' });
    const sentence = 'asks for a user name and password, which go into its URL: it answered 407';
    expectUnreachable(await through(host), 'PROXY_AUTHENTICATION', `the proxy ${host} ${sentence}`);
  });

  it('that rejects the password is told of, without it', async () => {
    const { host } = await proxyServer({ credentials: 'a:b' });
    const ended = await through(`a:CANARY@${host}`);
    const sentence = 'does not take the user name and password in its URL: it answered 407';
    expectUnreachable(ended, 'PROXY_AUTHENTICATION', `the proxy ${host} ${sentence}`);
    for (const { stdout, stderr } of [ended.human, ended.verbose]) expect(stdout + stderr).not.toContain('CANARY');
  });

  it.each([
    ['502 Bad Gateway', ''],
    ['504 Gateway Timeout', ''],
    ['503 Service Unavailable', 'X-Squid-Error: ERR_CONNECT_FAIL 111\r\n'],
    ['403 Forbidden', 'Proxy-Status: gate; error=connection_refused\r\n'],
  ])('that answers %s did not get there', async (status, headers) => {
    const { host } = await proxyServer({ answer: reply(status, headers) });
    const message = `the proxy ${host} opened no way to ${address[scheme]}: it answered ${status.slice(0, 3)}`;
    expectUnreachable(await through(host), 'PROXY_REFUSED', message);
  });

  it('where nothing listens', async () => {
    const host = `127.0.0.1:${await freePort()}`;
    const ended = await through(host);
    expectUnreachable(ended, 'PROXY_UNREACHABLE', `nothing listens at the proxy ${host}`);
    expect(ended.attempt.error.phase).toBe('connect');
    expect(ended.human.stderr).not.toContain('Is the receiver running');
  });

  it('that speaks no TLS, where it should', async () => {
    const { port } = await rudeServer((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 -\r\n\r\n')));
    const message = `the proxy 127.0.0.1:${port} does not speak TLS; is it an http:// address?`;
    expectUnreachable(await through(`https://127.0.0.1:${port}`), 'PROXY_UNREACHABLE', message);
  });

  it.each([
    ['never answers', onRequest(() => {}), 'wait'],
    ['drips its answer', dripping('HTTP/1.1 200 OK\r\nX: ', 'x'), 'receive'],
  ])('that %s is timed out', async (_, manners, phase) => {
    const { port } = await rudeServer(manners);
    const { delivery, attempt, exitCode } = await endure(target[scheme], ['--proxy', `127.0.0.1:${port}`], { limitMs });
    expect([delivery.outcome, exitCode]).toEqual(['timed_out', 4]);
    expect(attempt.error.message).toContain(`the proxy 127.0.0.1:${port}`);
    expect(attempt.error.message).toContain(address[scheme]);
    expect(attempt.error.phase).toBe(scheme === 'https' ? 'connect' : phase);
  });

  it('that swallows packets is timed out', async () => {
    const host = `127.0.0.1:${await swallowingPort()}`;
    const { attempt, exitCode } = await endure(target[scheme], ['--proxy', host], { limitMs });
    expect(exitCode).toBe(4);
    expect(attempt.error).toMatchObject({
      phase: 'connect',
      message: `the proxy ${host} did not take the connection within 300 ms`,
    });
  });

  it('that never finishes its own TLS handshake is timed out', async () => {
    const { port } = await rudeServer(() => {});
    const { attempt, exitCode } = await endure(target[scheme], ['--proxy', `https://127.0.0.1:${port}`], { limitMs });
    expect(exitCode).toBe(4);
    expect(attempt.error.message).toBe(
      `the proxy 127.0.0.1:${port} did not take the connection to ${address[scheme]} within 300 ms`,
    );
  });
});

describe('a proxy that is asked for a tunnel', () => {
  const closed = 'closed the connection to elsewhere.example:8443 before it was open';
  const table: [name: string, manners: Manners, sentence: string][] = [
    ['closes', onRequest((socket) => socket.end()), closed],
    ['closes in the middle of its answer', answering('HTTP/1.1 200 OK\r\nX: ', 'close'), closed],
    ['is no proxy', answering('SSH-2.0-OpenSSH_9.6\r\n'), 'answered with something that is not HTTP/1.1'],
    ['has no status', answering('HTTP/1.1 OK\r\n\r\n'), 'answered with something that is not HTTP/1.1'],
    [
      'never ends its header',
      flooding('HTTP/1.1 200 OK\r\nX: ', 'x'.repeat(1000)),
      'answered with something that is not HTTP/1.1',
    ],
  ];
  it.each(table)('and %s', async (_, manners, sentence) => {
    const { port } = await rudeServer(manners);
    const { attempt, exitCode } = await endure(target.https, ['--proxy', `127.0.0.1:${port}`]);
    expect(exitCode).toBe(3);
    expect(attempt.error).toMatchObject({
      kind: 'unreachable',
      code: 'PROXY_BROKEN',
      phase: 'connect',
      message: `the proxy 127.0.0.1:${port} ${sentence}`,
    });
  });

  it('and resets', async () => {
    const { port } = await rudeServer(onRequest((socket) => socket.resetAndDestroy()));
    const { attempt, exitCode } = await endure(target.https, ['--proxy', `127.0.0.1:${port}`]);
    expect(exitCode).toBe(3);
    expect(attempt.error).toMatchObject({ code: 'PROXY_UNREACHABLE', kind: 'unreachable' });
    expect(attempt.error.message).toBe(`the proxy 127.0.0.1:${port} broke off the connection before it was open`);
  });

  it('and says something before it opens it', async () => {
    const { port } = await rudeServer(answering('HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.0 200 OK\r\nVia: x\r\n\r\n'));
    const { attempt, exitCode } = await endure(target.https, ['--proxy', `127.0.0.1:${port}`], { limitMs });
    expect(exitCode).toBe(4);
    expect(attempt.error).toMatchObject({
      phase: 'tls',
      message: expect.stringContaining('the TLS handshake within 300 ms'),
    });
  });

  it.each([
    ['closes', onRequest((socket) => socket.write('HTTP/1.1 200 OK\r\n\r\n', () => socket.end()))],
    [
      'resets',
      onRequest((socket) =>
        socket.write('HTTP/1.1 200 OK\r\n\r\n', () => setTimeout(() => socket.resetAndDestroy(), 30)),
      ),
    ],
  ])('and %s it before TLS', async (_, manners) => {
    const { port } = await rudeServer(manners);
    const { attempt, exitCode } = await endure(target.https, ['--proxy', `127.0.0.1:${port}`]);
    expect(exitCode).toBe(3);
    expect(attempt.error).toMatchObject({
      phase: 'tls',
      message: `elsewhere.example:8443 (through the proxy 127.0.0.1:${port}) broke off the connection during the TLS handshake`,
    });
  });
});

describe('what a receiver itself answers through a proxy', () => {
  it.each(['407 -', '502 Bad Gateway'])('is its own in a tunnel, whatever it is: %s', async (status) => {
    const { port } = await rudeTlsServer(identity('wrong-host'), answering(reply(status)));
    const { host } = await proxyServer();
    const args = ['--proxy', host, '--cacert', pemPath('authority')];
    const { delivery, attempt, exitCode } = await endure(`https://elsewhere.example:${port}`, args);
    expect([delivery.outcome, attempt.status, exitCode]).toEqual(['rejected', Number(status.slice(0, 3)), 1]);
  });

  it.each(['401 Unauthorized', '500 Internal Server Error', '503 Service Unavailable'])(
    'is its own: %s',
    async (status) => {
      const { port } = await captureServer(reply(status));
      const { host } = await proxyServer();
      const { delivery, attempt, exitCode } = await endure(`http://elsewhere.example:${port}`, ['--proxy', host]);
      expect([delivery.outcome, attempt.status, exitCode]).toEqual(['rejected', Number(status.slice(0, 3)), 1]);
    },
  );
});
