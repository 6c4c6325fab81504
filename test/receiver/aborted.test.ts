import net from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { openReceiver } from '../../src/receiver/receiver.js';
import { Transport } from '../../src/transport/transport.js';
import { compileOne } from '../support/compile.js';
import { scalev } from '../support/providers.js';

it('the built-in receiver outlives a sender that goes away in the middle of its body', async () => {
  const arrivals: unknown[] = [];
  const receiver = await openReceiver({
    providers: [scalev],
    secrets: () => [scalev.secret.sample],
    now: Date.now,
    onArrival: (arrival) => arrivals.push(arrival),
  });
  const transport = new Transport();
  onTestFinished(async () => {
    transport.close();
    await receiver.close();
  });
  const url = receiver.url(scalev);
  await new Promise<void>((resolve) => {
    const socket = net.connect(Number(new URL(url).port), '127.0.0.1', () => {
      const half = 'POST /scalev HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n\r\nhalf';
      socket.write(half, () => socket.destroy());
    });
    socket.on('close', () => resolve());
  });
  const delivery = compileOne({ provider: scalev, body: '{}', url });
  expect((await transport.send(delivery, 5000)).status).toBe(200);
  expect(arrivals).toHaveLength(1);
});
