import { describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { identity, pemPath } from '../support/pem.js';
import { proxyServer } from '../support/proxyServer.js';
import { receiver } from '../support/receiver.js';
import { sent } from './sent.js';

// The proxies of these tests connect to 127.0.0.1 whatever the name, and nobody else looks it up.
const name = 'elsewhere.example';
const certified = identity('wrong-host');
const trusting = ['--cacert', pemPath('authority')];
const password = 'CANARY p@ss:%€';
const credentials = `user:${password}`;
const canaries = ['CANARY', Buffer.from(credentials).toString('base64')];
const withCredentials = (host: string) => `user:${encodeURIComponent(password)}@${host}`;

describe('an http receiver through a proxy', () => {
  it('is reached by a request for its whole URL', async () => {
    const target = await captureServer();
    const proxy = await proxyServer();
    const to = `http://${name}:${target.port}/a%20b?x=1`;
    const { attempt, exitCode, stderr } = await sent(to, ['--proxy', `http://${proxy.host}`]);
    expect(exitCode).toBe(0);
    expect(proxy.asked[0]!.line).toBe(`POST ${to}`);
    expect(proxy.asked[0]!.header('host')).toBe(`${name}:${target.port}`);
    expect(proxy.asked[0]!.header('proxy-authorization')).toBeUndefined();
    expect(proxy.asked[0]!.headers.map(([header]) => header)).toContain('X-Scalev-Hmac-Sha256');
    expect(target.requests[0]!.requestLine).toBe('POST /a%20b?x=1 HTTP/1.1');
    expect(attempt.remoteAddress).toBe(proxy.host);
    expect(attempt.timing).toMatchObject({ dnsMs: null, tlsMs: null });
    expect(attempt.timing.connectMs).toBeGreaterThan(0);
    expect(stderr).toContain(`Through the proxy ${proxy.host}\n`);
  });

  it('is sent many deliveries over one connection', async () => {
    const target = await receiver();
    const proxy = await proxyServer();
    const to = `http://${name}:${target.port}`;
    const { json } = await cli([
      'send',
      'scalev',
      'order.created',
      '--to',
      to,
      '--proxy',
      proxy.host,
      '--count',
      '3',
      '--json',
      '-q',
    ]);
    expect(json.at(-1)).toMatchObject({ type: 'summary', sent: 3, accepted: 3 });
    expect(json[2].attempts[0].timing).toMatchObject({ connectMs: null, reused: true });
  });

  it('is sent the same bytes as without', async () => {
    const target = await captureServer();
    const proxy = await proxyServer();
    const fixed = ['--seed', '1', '--now', '2026-06-01T12:00:00Z', '-q'];
    const send = (host: string, ...args: string[]) =>
      cli(['send', 'scalev', 'order.created', '--to', `http://${host}:${target.port}`, ...args, ...fixed]);
    await send('127.0.0.1');
    await send(name, '--proxy', `http://${proxy.host}`);
    const own = ({ headers }: (typeof target.requests)[0]) =>
      headers.filter(([key]) => !/^(host|connection)$/i.test(key));
    expect(own(target.requests[1]!)).toEqual(own(target.requests[0]!));
    expect(target.requests[1]!.body).toEqual(target.requests[0]!.body);
  });
});

describe('an https receiver through a proxy', () => {
  it('is reached by a tunnel that the proxy can not look into', async () => {
    const target = await receiver(certified);
    const proxy = await proxyServer();
    const to = `https://${name}:${target.port}/hooks`;
    const { attempt, exitCode } = await sent(to, [...trusting, '--proxy', `http://${proxy.host}`]);
    expect(exitCode).toBe(0);
    expect(proxy.asked[0]).toMatchObject({
      line: `CONNECT ${name}:${target.port}`,
      headers: [['Host', `${name}:${target.port}`]],
    });
    expect(target.reached[0]).toMatchObject({ url: '/hooks', servername: name });
    expect(target.reached[0]!.headers.host).toBe(`${name}:${target.port}`);
    expect(attempt.remoteAddress).toBe(proxy.host);
    for (const phase of ['connectMs', 'tlsMs', 'waitMs']) expect(attempt.timing[phase]).toBeGreaterThan(0);
  });

  it('has its certificate verified there too', async () => {
    const target = await receiver(identity('right'));
    const proxy = await proxyServer();
    const send = (...args: string[]) =>
      sent(`https://${name}:${target.port}`, ['--proxy', `http://${proxy.host}`, ...args]);
    const { attempt, exitCode } = await send(...trusting);
    expect(exitCode).toBe(3);
    expect(attempt.error).toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
      phase: 'tls',
      message: expect.stringContaining(
        `the certificate of ${name}:${target.port} (through the proxy ${proxy.host}) is for another host (localhost, 127.0.0.1); `,
      ),
    });
    expect((await send('--insecure')).exitCode).toBe(0);
  });

  it('without a name is not taken for the proxy, whose address the certificate holds', async () => {
    const target = await receiver(identity('right'));
    const proxy = await proxyServer();
    const args = [...trusting, '--proxy', proxy.host];
    const { attempt, exitCode } = await sent(`https://10.1.2.3:${target.port}`, args);
    expect([exitCode, attempt.error.code]).toEqual([3, 'ERR_TLS_CERT_ALTNAME_INVALID']);
    expect(target.reached).toEqual([]);
  });

  it('is sent many deliveries through one tunnel', async () => {
    const target = await receiver(certified);
    const proxy = await proxyServer();
    const args = ['--proxy', proxy.host, '--count', '3', '--json', '-q', ...trusting];
    const { json } = await cli(['send', 'scalev', 'order.created', '--to', `https://${name}:${target.port}`, ...args]);
    expect(json.at(-1)).toMatchObject({ sent: 3, accepted: 3 });
    expect(proxy.asked.length).toBe(1);
    expect(target.connections).toBe(1);
  });
});

describe('an https proxy', () => {
  it.each([
    ['an http receiver', 'http', 'POST http'],
    ['an https receiver', 'https', 'CONNECT'],
  ])('leads to %s', async (_, scheme, line) => {
    const target = await receiver(scheme === 'https' ? certified : {});
    const proxy = await proxyServer({ identity: identity('right'), credentials });
    const args = [...trusting, '--proxy', `https://${withCredentials(proxy.host)}`];
    const { attempt, exitCode } = await sent(`${scheme}://${name}:${target.port}`, args, { canaries });
    expect(exitCode).toBe(0);
    expect(proxy.asked[0]!.line).toMatch(new RegExp(`^${line}`));
    expect(target.reached[0]!.servername).toBe(scheme === 'https' ? name : null);
    expect(attempt.timing.tlsMs === null).toBe(scheme === 'http');
  });

  it('is not taken unverified, whatever --insecure says of the target', async () => {
    const target = await receiver(certified);
    const proxy = await proxyServer({ identity: identity('self-signed') });
    const args = ['--insecure', '--proxy', `https://${proxy.host}`];
    const { attempt, exitCode } = await sent(`https://${name}:${target.port}`, args);
    expect(exitCode).toBe(3);
    expect(attempt.error).toMatchObject({
      code: 'PROXY_UNREACHABLE',
      phase: 'connect',
      message: `the certificate of the proxy ${proxy.host} is self-signed`,
    });
    expect(proxy.asked).toEqual([]);
  });
});

describe('a proxy that asks for a user name and password', () => {
  it.each(['http', 'https'])('is given those of its URL, for an %s receiver, and nobody else', async (scheme) => {
    const target = await receiver(scheme === 'https' ? certified : {});
    const proxy = await proxyServer({ credentials });
    const args = [...trusting, '--proxy', withCredentials(proxy.host)];
    const { exitCode } = await sent(`${scheme}://${name}:${target.port}`, args, { canaries });
    expect(exitCode).toBe(0);
    expect(proxy.asked[0]!.header('proxy-authorization')).toBe(`Basic ${canaries[1]}`);
    expect(target.reached[0]!.headers).not.toHaveProperty('proxy-authorization');
  });
});

describe('--resolve and a proxy', () => {
  it.each(['http', 'https'])('together: a tunnel to the address, for an %s receiver', async (scheme) => {
    const target = await receiver(scheme === 'https' ? certified : {});
    const proxy = await proxyServer();
    const args = [...trusting, '--proxy', proxy.host, '--resolve', `${name}=127.0.0.1`];
    const { exitCode } = await sent(`${scheme}://${name}:${target.port}/hooks`, args);
    expect(exitCode).toBe(0);
    expect(proxy.asked[0]!.line).toBe(`CONNECT 127.0.0.1:${target.port}`);
    expect(target.reached[0]).toMatchObject({ url: '/hooks', servername: scheme === 'https' ? name : null });
    expect(target.reached[0]!.headers.host).toBe(`${name}:${target.port}`);
  });
});

describe('a receiver on this machine', () => {
  it.each(['127.0.0.1', 'localhost'])('is never reached through a proxy: %s', async (host) => {
    const target = await receiver();
    const proxy = await proxyServer();
    const url = `http://${host}:${target.port}`;
    const environment = await sent(url, [], { env: { http_proxy: `http://${proxy.host}` } });
    expect([environment.exitCode, environment.stderr.includes('proxy')]).toEqual([0, false]);
    const flag = await sent(url, ['--proxy', `http://${proxy.host}`]);
    expect(flag.exitCode).toBe(0);
    expect(flag.stderr).toContain(`Not through the proxy ${proxy.host}: ${host} is this machine\n`);
    expect(proxy.asked).toEqual([]);
    expect(target.reached.length).toBe(4);
  });

  it('includes one of which --resolve says so, for the proxies of the environment', async () => {
    const target = await receiver();
    const proxy = await proxyServer();
    const args = ['--resolve', `${name}=127.0.0.1`];
    const { exitCode } = await sent(`http://${name}:${target.port}`, args, { env: { http_proxy: proxy.host } });
    expect([exitCode, proxy.asked.length, target.reached.length]).toEqual([0, 0, 2]);
  });

  it('includes the built-in one', async () => {
    const proxy = await proxyServer();
    const { exitCode, stderr } = await cli(['send', 'scalev', 'order.created', '--proxy', proxy.host]);
    expect([exitCode, proxy.asked.length]).toEqual([0, 0]);
    expect(stderr).toContain(`Not through the proxy ${proxy.host}: 127.0.0.1 is this machine\n`);
  });
});
