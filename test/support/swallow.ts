import { once } from 'node:events';
import net from 'node:net';
import { Worker } from 'node:worker_threads';
import { onTestFinished } from 'vitest';

/** A thread that listens and then sleeps, so that nothing takes the connections that the system queues. */
const sleeper = `
  const { parentPort, workerData } = require('node:worker_threads');
  const server = require('node:net').createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    Atomics.wait(workerData, 0, 0, 20_000);
  });`;

/** A loopback port whose queue is full: Linux drops what asks for one more connection. Freed when the test ends. */
export async function swallowingPort(): Promise<number> {
  const alarm = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(sleeper, { eval: true, workerData: alarm });
  const port = await new Promise<number>((resolve) => worker.once('message', resolve));
  const queued = Array.from({ length: 4 }, () => net.connect(port, '127.0.0.1').on('error', () => {}));
  // A backlog of 1 holds two.
  await Promise.all(queued.slice(0, 2).map((socket) => once(socket, 'connect')));
  onTestFinished(async () => {
    for (const socket of queued) socket.destroy();
    Atomics.store(alarm, 0, 1);
    Atomics.notify(alarm, 0);
    await worker.terminate();
  });
  return port;
}
