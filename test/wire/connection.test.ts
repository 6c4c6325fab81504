import { createServer } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, it, onTestFinished } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';

const send = ['send', 'scalev', 'order.created', '--json', '-q'];
const hasIpv6 = Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === '::1'));

/** A receiver that listens on one address only, and how many connections it was asked for. */
async function listenOn(host: string): Promise<{ port: number; connections: () => number }> {
  let connections = 0;
  const server = createServer((request, response) => {
    request.resume();
    response.end('ok');
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, connections: () => connections };
}

describe('the connection', () => {
  it('is kept open between deliveries', async () => {
    const { port, connections } = await listenOn('127.0.0.1');
    const { json } = await cli([...send, '--to', `http://127.0.0.1:${port}`, '--count', '3']);
    expect(connections()).toBe(1);
    const timings = json.slice(0, 3).map(({ attempts }) => attempts[0].timing);
    expect(timings.map(({ reused }) => reused)).toEqual([false, true, true]);
    expect(timings.map(({ connectMs }) => connectMs)).toEqual([expect.any(Number), null, null]);
  });

  it('is opened anew after the receiver closes it', async () => {
    let connections = 0;
    const server = net.createServer((socket) => {
      connections += 1;
      socket.on('error', () => {});
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const to = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { json, exitCode } = await cli([...send, '--to', to, '--count', '3']);
    expect(exitCode).toBe(0);
    expect(connections).toBe(3);
    expect(json.slice(0, 3).map(({ attempts }) => attempts[0].timing.reused)).toEqual([false, false, false]);
  });

  it('to localhost reaches a receiver that listens only on 127.0.0.1', async () => {
    const { port } = await listenOn('127.0.0.1');
    const { json } = await cli([...send, '--to', `localhost:${port}`]);
    expect(json[0].attempts[0]).toMatchObject({ status: 200, remoteAddress: `127.0.0.1:${port}` });
  });

  it.runIf(hasIpv6)('to localhost reaches a receiver that listens only on ::1', async () => {
    const { port } = await listenOn('::1');
    const { json } = await cli([...send, '--to', `localhost:${port}`]);
    expect(json[0].attempts[0]).toMatchObject({ status: 200, remoteAddress: `[::1]:${port}` });
  });

  it.runIf(hasIpv6)('to [::1] names it so', async () => {
    const { port } = await listenOn('::1');
    const { json } = await cli([...send, '--to', `http://[::1]:${port}/`]);
    expect(json[0].attempts[0]).toMatchObject({ status: 200, remoteAddress: `[::1]:${port}` });
  });
});

describe('timings', () => {
  it('are null for phases that did not happen, and add up to the total', async () => {
    const server = await captureServer();
    const { json } = await cli([...send, '--to', server.url, '--count', '2']);
    const [{ timing: opened }, { timing: reused }] = json.slice(0, 2).map(({ attempts }) => attempts[0]);
    expect(opened).toMatchObject({ dnsMs: null, tlsMs: null, reused: false, connectMs: expect.any(Number) });
    expect(reused).toMatchObject({ dnsMs: null, tlsMs: null, reused: true, connectMs: null });
    for (const { connectMs, sendMs, waitMs, receiveMs, totalMs } of [opened, reused]) {
      const parts = [connectMs ?? 0, sendMs, waitMs, receiveMs];
      for (const part of parts) expect(part).toBeGreaterThanOrEqual(0);
      const sum = parts.reduce((a, b) => a + b);
      expect(sum).toBeLessThanOrEqual(totalMs + 0.01);
      expect(sum).toBeGreaterThan(totalMs - 50);
    }
  });

  it('put the time that a receiver takes before and within its answer where it belongs', async () => {
    const server = createServer((request, response) => {
      request.resume();
      setTimeout(() => {
        response.write('o');
        setTimeout(() => response.end('k'), 120);
      }, 200);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const to = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { json } = await cli([...send, '--to', to]);
    const { waitMs, receiveMs, totalMs } = json[0].attempts[0].timing;
    expect(waitMs).toBeGreaterThan(190);
    expect(receiveMs).toBeGreaterThan(110);
    expect(totalMs).toBeGreaterThan(310);
  });

  it('tell of a name that was looked up', async () => {
    const { port } = await listenOn('127.0.0.1');
    const { json } = await cli([...send, '--to', `localhost:${port}`]);
    expect(json[0].attempts[0].timing).toMatchObject({ dnsMs: expect.any(Number), tlsMs: null });
  });

  it('end with the phase that failed', async () => {
    const { port } = await listenOn('127.0.0.1');
    const closed = await new Promise<number>((resolve) => {
      const server = net.createServer().listen(0, '127.0.0.1', () => {
        const free = (server.address() as AddressInfo).port;
        server.close(() => resolve(free));
      });
    });
    expect(closed).not.toBe(port);
    const { json, exitCode } = await cli([...send, '--to', `http://127.0.0.1:${closed}`]);
    expect(exitCode).toBe(3);
    expect(json[0].attempts[0]).toMatchObject({
      status: null,
      timing: { sendMs: null, waitMs: null, receiveMs: null, tlsMs: null, reused: false },
      error: { kind: 'unreachable', code: 'ECONNREFUSED', phase: 'connect' },
    });
  });
});
