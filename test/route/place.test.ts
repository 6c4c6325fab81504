import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Transport } from '../../src/transport/transport.js';
import { someDelivery } from '../support/delivery.js';
import { identity, pem, pemPath } from '../support/pem.js';
import { proxyServer } from '../support/proxyServer.js';
import { type Receiver, receiver } from '../support/receiver.js';
import { sent } from './sent.js';

const name = 'elsewhere.example';
const trusting = ['--cacert', pemPath('authority')];

describe('--unix-socket', () => {
  const folder = mkdtempSync(join(tmpdir(), 'webhook sim ünix '));

  it('leads to a receiver that listens there, in http and https', async () => {
    const [plain, secure] = [join(folder, 'a.sock'), join(folder, 'b.sock')];
    const [one, two] = [await receiver({ path: plain }), await receiver({ ...identity('wrong-host'), path: secure })];
    const http = await sent(`http://${name}/hooks`, ['--unix-socket', 'a.sock'], { cwd: folder });
    expect(http.exitCode).toBe(0);
    expect(http.attempt).toMatchObject({ remoteAddress: null, timing: { dnsMs: null, tlsMs: null } });
    expect(one.reached[0]).toMatchObject({ url: '/hooks', headers: { host: name } });
    const https = await sent(`https://${name}`, [...trusting, '--unix-socket', secure], {
      env: { https_proxy: 'http://127.0.0.1:1' },
    });
    expect([https.exitCode, https.stderr.includes('proxy')]).toEqual([0, false]);
    expect(two.reached[0]!.servername).toBe(name);
  });

  it('is told of where there is none', async () => {
    const path = join(folder, 'none.sock');
    const { attempt, exitCode } = await sent('http://localhost', ['--unix-socket', path]);
    expect(exitCode).toBe(3);
    expect(attempt.error).toMatchObject({ code: 'ENOENT', message: `the unix socket ${path} does not exist` });
  });
});

describe('--resolve', () => {
  it.each([
    ['http', 'a host', name],
    ['https', 'a host', name],
    ['https', 'a host in capitals', name.toUpperCase()],
    ['https', 'a host and port', `${name}:%`],
  ])('connects to the address and leaves Host and server name: %s, %s', async (scheme, _, key) => {
    const target = await receiver(scheme === 'https' ? identity('wrong-host') : {});
    const args = [...trusting, '--resolve', `${key.replace('%', String(target.port))}=127.0.0.1`];
    const { attempt, exitCode } = await sent(`${scheme}://${name}:${target.port}`, args);
    expect(exitCode).toBe(0);
    expect(attempt).toMatchObject({ remoteAddress: `127.0.0.1:${target.port}`, timing: { dnsMs: null } });
    expect(target.reached[0]!.headers.host).toBe(`${name}:${target.port}`);
    expect(target.reached[0]!.servername).toBe(scheme === 'https' ? name : null);
  });

  it('prefers the entry with the port, and may be repeated', async () => {
    const target = await receiver();
    const flags = [`${name}=127.0.0.2`, `${name}:${target.port}=127.0.0.1`, `${name}:1=127.0.0.3`];
    const { attempt } = await sent(
      `http://${name}:${target.port}`,
      flags.flatMap((flag) => ['--resolve', flag]),
    );
    expect(attempt.remoteAddress).toBe(`127.0.0.1:${target.port}`);
  });

  it('names the host in what it says', async () => {
    const { attempt, exitCode } = await sent(`http://${name}:1`, ['--resolve', `${name}=127.0.0.1`]);
    expect(exitCode).toBe(3);
    expect(attempt.error.message).toBe(`nothing listens at ${name}:1`);
  });
});

describe('a route with a host of its own', () => {
  const route = { ca: [pem('authority')], hostHeader: `${name}:8443` };
  const send = async (target: Receiver, url: string, more = {}, headers: [string, string][] = []) => {
    const transport = new Transport({ route: { ...route, ...more } });
    const exchanged = await transport.send({ ...someDelivery(url), headers }, 2000);
    transport.close();
    return { exchanged, reached: target.reached[0]! };
  };

  it('says it in the Host header', async () => {
    const target = await receiver();
    const { reached } = await send(target, `http://127.0.0.1:${target.port}`);
    expect(reached.headers.host).toBe(`${name}:8443`);
  });

  it('asks for it in TLS, and compares the certificate with it', async () => {
    const target = await receiver(identity('wrong-host'));
    const { exchanged, reached } = await send(target, `https://127.0.0.1:${target.port}`);
    expect(exchanged.status).toBe(200);
    expect(reached).toMatchObject({ servername: name, headers: { host: `${name}:8443` } });
  });

  it('leaves the last word to the delivery and to its own server name', async () => {
    const target = await receiver(identity('wrong-host'));
    const url = `https://127.0.0.1:${target.port}`;
    const { reached } = await send(target, url, { servername: name }, [['Host', 'third.example']]);
    expect(reached).toMatchObject({ servername: name, headers: { host: 'third.example' } });
  });

  it('reaches the receiver through a proxy', async () => {
    const target = await receiver();
    const proxy = await proxyServer();
    const { exchanged, reached } = await send(target, `http://another.example:${target.port}`, {
      proxy: `http://${proxy.host}`,
    });
    expect(exchanged.status).toBe(200);
    expect(proxy.asked[0]!.line).toBe(`CONNECT another.example:${target.port}`);
    expect(reached.headers.host).toBe(`${name}:8443`);
  });
});
