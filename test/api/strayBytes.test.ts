import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { close, createDelivery, send } from '../../src/index.js';
import { fine, onRequest, rudeServer } from '../support/rude.js';

/** Answers each request; `stray` sends an answer that nobody asked for on every open connection, until the client has closed it. */
async function receiver() {
  const open = new Set<Socket>();
  const server = await rudeServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    onRequest((asked) => void asked.write(fine))(socket);
  });
  const stray = async () => {
    const sockets = [...open];
    expect(sockets.length).toBeGreaterThan(0);
    await Promise.all(
      sockets.map((socket) => {
        socket.write(fine);
        return once(socket, 'close');
      }),
    );
  };
  return { stray, deliver: () => createDelivery({ provider: 'scalev', event: 'order.created', url: server.url }) };
}

afterEach(() => void close());

it('is told by the next result, with the id of the delivery that it is about', async () => {
  const { stray, deliver } = await receiver();
  const [first, second, third] = [await deliver(), await deliver(), await deliver()];
  expect(await send(first)).not.toHaveProperty('warnings');
  await stray();
  const result = await send(second);
  expect(result).toMatchObject({
    outcome: 'accepted',
    warnings: [
      {
        type: 'warning',
        code: 'STRAY_BYTES',
        id: first.id,
        message: expect.stringMatching(/more bytes after its answer/),
      },
    ],
  });
  expect(result.attempts[0]).not.toHaveProperty('warnings');
  expect(await send(third)).not.toHaveProperty('warnings');
  expect(close()).toEqual([]);
});

it('is told by close where there is no next result', async () => {
  const { stray, deliver } = await receiver();
  const delivery = await deliver();
  await send(delivery);
  await stray();
  expect(close()).toMatchObject([{ code: 'STRAY_BYTES', id: delivery.id }]);
  expect(close()).toEqual([]);
});
