import { createServer, type RequestListener } from 'node:http';
import type net from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { folderOf } from '../support/folder.js';
import { identity, pem } from '../support/pem.js';
import { proxyServer } from '../support/proxyServer.js';
import { receiver } from '../support/receiver.js';
import { fine, freePort, onRequest, polite, rudeServer, rudeTlsServer } from '../support/rude.js';
import { swallowingPort } from '../support/swallow.js';
import { later, waited } from './waited.js';

const sum = (all: readonly number[]) => all.reduce((a, b) => a + b, 0);

/** Listens on a port or a socket after a while, and answers as told. */
function listenLater(ms: number, where: number | string, answer: RequestListener = (_, response) => response.end()) {
  const server = createServer(answer);
  later(ms, () => (typeof where === 'string' ? server.listen(where) : server.listen(where, '127.0.0.1')));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
}

/** A server that answers with these statuses, one after another, and with the last from then on. */
async function statuses(...list: number[]) {
  const requests: string[] = [];
  let count = 0;
  const server = createServer(({ method, url, headers }, response) => {
    requests.push(`${method} ${url} ${headers.authorization ?? '-'} ${headers['x-bypass'] ?? '-'}`);
    response.writeHead(list[Math.min(count++, list.length - 1)]!).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { host: `127.0.0.1:${(server.address() as net.AddressInfo).port}`, requests };
}

describe('waiting for a target to take connections', () => {
  it('ends at once where it does', async () => {
    const { url } = await rudeServer(() => {});
    expect(await waited(`${url}/hooks`)).toMatchObject({ ready: true, pausesMs: [] });
  });

  it('sends nothing', async () => {
    let bytes = 0;
    const server = await rudeServer((socket) => {
      socket.on('data', (chunk) => {
        bytes += chunk.length;
      });
    });
    expect((await waited(server.url)).ready).toBe(true);
    expect([server.connections, bytes]).toEqual([1, 0]);
  });

  it('ends soon after it begins to', async () => {
    const port = await freePort();
    listenLater(600, port);
    const result = await waited(`http://localhost:${port}/hooks`);
    expect(result.ready).toBe(true);
    expect(result.tookMs).toBeGreaterThan(550);
    expect(Math.max(...result.pausesMs)).toBeLessThanOrEqual(250);
  });

  it('ends at its limit where it never does', async () => {
    const port = await freePort();
    const result = await waited(`http://127.0.0.1:${port}`, { wait: '400ms' });
    expect(result).toMatchObject({
      ready: false,
      because: 'late',
      message: `127.0.0.1:${port} was not ready after 400 ms: nothing listens at 127.0.0.1:${port}`,
    });
    expect(result.tookMs).toBeGreaterThanOrEqual(390);
    expect(sum(result.pausesMs)).toBeLessThanOrEqual(400);
  });

  it('ends at its limit where the system swallows connections', async () => {
    const port = await swallowingPort();
    const result = await waited(`http://127.0.0.1:${port}`, { wait: '400ms' });
    expect(result).toMatchObject({
      because: 'late',
      // A millisecond may have passed before.
      message: expect.stringMatching(
        `^127.0.0.1:${port} was not ready after 400 ms: 127.0.0.1:${port} did not take the connection within (400|39\\d) ms$`,
      ),
    });
    expect(result.pausesMs.filter((ms) => ms > 0)).toEqual([]);
  });

  it('is not taken in by a forwarder that closes what nobody takes', async () => {
    let count = 0;
    const server = await rudeServer((socket) => {
      count++;
      if (count === 1) socket.end();
      if (count === 2) socket.resetAndDestroy();
      if (count === 3) setTimeout(() => socket.destroy(), 20);
    });
    expect((await waited(server.url)).ready).toBe(true);
    expect(server.connections).toBe(4);
  });

  it('says so where the forwarder never has anybody to give it to', async () => {
    const { url, port } = await rudeServer((socket) => socket.end());
    expect(await waited(url, { wait: '300ms' })).toMatchObject({
      message: `127.0.0.1:${port} was not ready after 300 ms: 127.0.0.1:${port} closed the connection before it answered`,
    });
  });

  it('goes to a unix socket', async () => {
    const socketPath = join(folderOf({}), 'hooks.sock');
    listenLater(300, socketPath);
    expect((await waited('http://localhost/hooks', { route: { socketPath } })).ready).toBe(true);
    const missing = `${socketPath}.not`;
    expect(await waited('http://localhost/', { route: { socketPath: missing }, wait: '200ms' })).toMatchObject({
      message: `the unix socket ${missing} was not ready after 200 ms: the unix socket ${missing} does not exist`,
    });
  });

  it('goes where --resolve points', async () => {
    const { port } = await receiver();
    const url = `http://hooks.example:${port}/`;
    expect((await waited(url, { route: { resolve: { 'hooks.example': '127.0.0.1' } } })).ready).toBe(true);
  });

  it('ends at once when it is interrupted', async () => {
    const port = await freePort();
    const controller = new AbortController();
    const result = await waited(`http://127.0.0.1:${port}`, {
      signal: controller.signal,
      // A pause that only its signal ends.
      clock: {
        now: Date.now,
        sleep(_, signal) {
          setImmediate(() => controller.abort('SIGINT'));
          return new Promise((_, reject) => signal!.addEventListener('abort', () => reject(signal!.reason)));
        },
      },
    });
    expect(result).toMatchObject({
      because: 'interrupted',
      message: `waiting for 127.0.0.1:${port} was interrupted`,
    });
    const { url } = await rudeServer(polite);
    expect((await waited(url, { signal: controller.signal })).ready).toBe(false);
  });
});

describe('waiting for a target behind TLS', () => {
  it.each(['right', 'self-signed', 'expired', 'wrong-host'])('takes the certificate %s', async (name) => {
    const { port } = await receiver(identity(name));
    expect((await waited(`https://127.0.0.1:${port}/`)).ready).toBe(true);
  });

  it('takes one that asks for a client certificate, or does not speak TLS: the deliveries tell', async () => {
    const asking = { ...identity('right'), ca: pem('authority'), requestCert: true, rejectUnauthorized: true };
    const { port } = await receiver(asking);
    const plain = await receiver();
    for (const each of [port, plain.port]) {
      const result = await waited(`https://127.0.0.1:${each}/`, { wait: '2s' });
      expect(result).toMatchObject({ ready: true, pausesMs: [] });
    }
  });

  it('waits on where the handshake is broken off', async () => {
    const { port } = await rudeServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect(await waited(`https://127.0.0.1:${port}/`, { wait: '300ms' })).toMatchObject({
      message: `127.0.0.1:${port} was not ready after 300 ms: 127.0.0.1:${port} broke off the connection during the TLS handshake`,
    });
  });

  it('waits on where the handshake hangs', async () => {
    const { port } = await rudeServer(() => {});
    expect(await waited(`https://127.0.0.1:${port}/`, { wait: '300ms' })).toMatchObject({
      message: `127.0.0.1:${port} was not ready after 300 ms: 127.0.0.1:${port} did not finish the TLS handshake within 300 ms`,
    });
  });
});

describe('waiting for a target through a proxy', () => {
  it('waits for the target where the proxy opens a tunnel', async () => {
    const { host, asked } = await proxyServer();
    const port = await freePort();
    const tls = await rudeTlsServer(identity('right'), polite);
    const route = { proxy: `http://${host}` };
    expect((await waited(`https://hooks.example:${tls.port}/`, { route })).ready).toBe(true);
    expect(asked.map(({ line }) => line)).toEqual([`CONNECT hooks.example:${tls.port}`]);
    expect(await waited(`https://hooks.example:${port}/`, { route, wait: '300ms' })).toMatchObject({
      because: 'late',
      message: expect.stringContaining('hooks.example'),
    });
  });

  it('waits for the target where the proxy passes requests on', async () => {
    const { host, asked } = await proxyServer();
    const [port, missing] = [(await receiver()).port, await freePort()];
    const route = { proxy: `http://${host}` };
    expect((await waited(`http://hooks.example:${port}/hooks`, { route })).ready).toBe(true);
    expect(asked.map(({ line }) => line)).toEqual([`HEAD http://hooks.example:${port}/`]);
    expect((await waited(`http://hooks.example:${missing}/`, { route, wait: '300ms' })).ready).toBe(false);
  });
});

describe('waiting for an answer', () => {
  it('waits for a status of the right class', async () => {
    const { host, requests } = await statuses(503, 404, 204);
    expect((await waited(`http://${host}/hooks?x=1`, { waitFor: '/health?y=2' })).ready).toBe(true);
    expect(requests).toEqual(['GET /health?y=2 - -', 'GET /health?y=2 - -', 'GET /health?y=2 - -']);
  });

  it('takes a redirect, and follows it nowhere', async () => {
    const { host, requests } = await statuses(302);
    expect((await waited(`http://${host}`, { waitFor: '/' })).ready).toBe(true);
    expect(requests.length).toBe(1);
  });

  it('waits for the status that was named', async () => {
    const { host, requests } = await statuses(200, 200, 401);
    expect((await waited(`http://${host}`, { waitFor: '401:/admin' })).ready).toBe(true);
    expect(requests.length).toBe(3);
  });

  it('says what it answered last', async () => {
    const { host } = await statuses(500, 503);
    expect(await waited(`http://${host}/hooks`, { waitFor: '/health', wait: '300ms' })).toMatchObject({
      because: 'late',
      message: `http://${host}/health was not ready after 300 ms: it answered 503, and not 2xx or 3xx`,
    });
  });

  it('says what it answered last, and not that the limit cut off the next answer', async () => {
    let requests = 0;
    const { url } = await rudeServer(
      onRequest((socket) => {
        if (++requests === 1) socket.write('HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n');
      }),
    );
    expect(await waited(url, { waitFor: '/health', wait: '400ms' })).toMatchObject({
      message: `${url}/health was not ready after 400 ms: it answered 500, and not 2xx or 3xx`,
    });
    expect(requests).toBe(2);
  });

  it('asks another address than the target', async () => {
    const { host, requests } = await statuses(200);
    const port = await freePort();
    const headers = [['X-Bypass', 'canary']] as const;
    const result = await waited(`http://user:canary@127.0.0.1:${port}/hooks`, { waitFor: `${host}/up`, headers });
    expect(result.ready).toBe(true);
    expect(requests).toEqual(['GET /up - -']);
  });

  it('sends what the target is sent: its headers, user name and password; and shows none of it', async () => {
    const { host, requests } = await statuses(200, 503);
    const headers = [['X-Bypass', 'canary']] as const;
    const url = `http://user:can%41ry@${host}/hooks`;
    expect((await waited(url, { waitFor: '/up', headers })).ready).toBe(true);
    expect(requests).toEqual(['GET /up Basic dXNlcjpjYW5Bcnk= canary']);
    const late = await waited(url, { waitFor: '/up', headers, wait: '200ms' });
    expect(late).toMatchObject({ because: 'late', message: expect.stringContaining(`http://${host}/up was not`) });
  });

  it('takes one that is slow', async () => {
    const port = await freePort();
    let requests = 0;
    listenLater(0, port, (_, response) => {
      requests++;
      setTimeout(() => response.end(), 2300);
    });
    expect((await waited(`http://127.0.0.1:${port}`, { waitFor: '/health' })).ready).toBe(true);
    expect(requests).toBe(2);
  });

  it('asks again where one answer never comes', async () => {
    let requests = 0;
    const { url } = await rudeServer(
      onRequest((socket) => {
        if (++requests > 1) socket.write(fine);
      }),
    );
    const result = await waited(url, { waitFor: '/health' });
    expect([result.ready, requests]).toEqual([true, 2]);
    expect(result.tookMs).toBeGreaterThan(1900);
  });

  it('ends at its limit where no answer ever comes', async () => {
    const { url } = await rudeServer(() => {});
    const result = await waited(url, { waitFor: '/health', wait: '500ms' });
    const host = url.slice('http://'.length);
    expect(result).toMatchObject({
      because: 'late',
      // A millisecond may have passed before.
      message: expect.stringMatching(
        `^${url}/health was not ready after 500 ms: ${host} did not answer within (500|49\\d) ms$`,
      ),
    });
    expect(result.pausesMs.filter((ms) => ms > 0)).toEqual([]);
  });

  it('ends at once when it is interrupted while an answer is awaited', async () => {
    const controller = new AbortController();
    const { url } = await rudeServer(onRequest(() => controller.abort('SIGTERM')));
    const result = await waited(url, { waitFor: '/health', signal: controller.signal });
    expect(result).toMatchObject({ because: 'interrupted' });
    // The first answer is awaited for 2 seconds.
    expect(result.tookMs).toBeLessThan(1900);
  });

  it('tells of a certificate that is not trusted', async () => {
    const { port } = await receiver(identity('self-signed'));
    const url = `https://127.0.0.1:${port}`;
    expect(await waited(url, { waitFor: '/', wait: '300ms' })).toMatchObject({
      message: expect.stringContaining('is self-signed'),
    });
    expect((await waited(url, { waitFor: '/', route: { insecure: true } })).ready).toBe(true);
  });

  it('asks on a unix socket', async () => {
    const socketPath = join(folderOf({}), 'hooks.sock');
    listenLater(300, socketPath, ({ url }, response) => response.writeHead(url === '/health' ? 200 : 500).end());
    expect((await waited('http://localhost/hooks', { route: { socketPath }, waitFor: '/health' })).ready).toBe(true);
  });
});
