import { execFile } from 'node:child_process';
import type net from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { close, createDelivery, send } from '../../src/index.js';
import { rudeServer } from '../support/rude.js';
import { secret } from './proof.js';

const run = promisify(execFile);
const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const entry = pathToFileURL(join(import.meta.dirname, '../../dist/index.js')).href;

const make = (url: string) => createDelivery({ provider: 'scalev', event: 'order.created', url, secret });

/** Answers each request that `isAnswered` takes by its number, from 1 on; holds each connection, and tells when one has ended. */
async function rawReceiver(isAnswered: (request: number) => boolean = () => true) {
  const sockets: net.Socket[] = [];
  let requests = 0;
  let asked = () => {};
  let ended = () => {};
  const server = await rudeServer((socket) => {
    sockets.push(socket);
    socket.on('close', () => ended());
    socket.on('data', (chunk) => {
      // The head and the body of so small a delivery come together, or the body alone.
      if (!chunk.includes('POST ')) return;
      if (isAnswered(++requests)) socket.write(ok);
      asked();
    });
  });
  const until = (isReached: () => boolean, listen: (wake: () => void) => void) =>
    new Promise<void>((resolve) => {
      const look = () => isReached() && resolve();
      listen(look);
      look();
    });
  return {
    url: server.url,
    sockets,
    open: () => sockets.filter((socket) => !socket.destroyed).length,
    untilAsked: (count: number) =>
      until(
        () => requests >= count,
        (wake) => {
          asked = wake;
        },
      ),
    untilEnded: () =>
      until(
        () => sockets.every((socket) => socket.destroyed),
        (wake) => {
          ended = wake;
        },
      ),
  };
}

describe('the connections of send', () => {
  it('are kept over calls, and close() ends them', async () => {
    const { url, sockets, untilEnded } = await rawReceiver();
    for (let i = 0; i < 10; i++) {
      const { outcome, timing } = await send(await make(url));
      expect([outcome, timing.reused]).toEqual(['accepted', i > 0]);
    }
    expect(sockets).toHaveLength(1);
    close();
    await untilEnded();
    expect(await send(await make(url))).toMatchObject({ outcome: 'accepted', timing: { reused: false } });
    expect(sockets).toHaveLength(2);
    close();
  });

  it('are those of a route, whichever object tells it', async () => {
    const { url, sockets } = await rawReceiver();
    for (const route of [{}, undefined, { insecure: false }]) await send(await make(url), route && { route });
    expect(sockets).toHaveLength(1);
    for (let i = 0; i < 2; i++) await send(await make(url), { route: { hostHeader: 'shop.example' } });
    expect(sockets).toHaveLength(2);
    for (let i = 0; i < 2; i++) await send(await make(url), { route: { keepAlive: false } });
    expect(sockets).toHaveLength(4);
    close();
  });

  it('end one by one where a signal ends what they carry', async () => {
    const { url, sockets, open, untilAsked } = await rawReceiver((request) => request === 1);
    const controller = new AbortController();
    const reason = new Error('enough');
    await send(await make(url));
    const held = send(await make(url), { timeout: '1h' });
    await untilAsked(2);
    const stopped = send(await make(url), { timeout: '1h', signal: controller.signal });
    await untilAsked(3);
    const isEnded = new Promise((resolve) => sockets[1]!.once('close', resolve));
    controller.abort(reason);
    await expect(stopped).rejects.toBe(reason);
    await isEnded;
    expect(open()).toBe(1);
    sockets[0]!.write(ok);
    expect(await held).toMatchObject({ outcome: 'accepted' });
    close();
  });

  it('do not keep the process alive', async () => {
    const { url, sockets } = await rawReceiver();
    const script = `
      const { createDelivery, send } = await import(${JSON.stringify(entry)});
      const holds = () => process.getActiveResourcesInfo().includes('TCPSocketWrap');
      for (let i = 0; i < 3; i++) {
        const { outcome } = await send(await createDelivery({ provider: 'scalev', url: ${JSON.stringify(url)} }));
        // Were it the end of the connection that lets the process go, there would be more than one.
        while (holds()) await new Promise((resolve) => setImmediate(resolve));
        console.log(outcome);
      }`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script]);
    expect(stdout).toBe('accepted\naccepted\naccepted\n');
    expect(sockets).toHaveLength(1);
  });
});
