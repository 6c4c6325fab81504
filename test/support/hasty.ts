import { Worker } from 'node:worker_threads';
import { onTestFinished } from 'vitest';
import { fine } from './rude.js';

const server = `
  const { parentPort, workerData } = require('node:worker_threads');
  let connections = 0;
  const server = require('node:net').createServer((socket) => {
    connections++;
    socket.on('error', () => {});
    socket.once('data', () => {
      socket.pause();
      if (workerData.then === 'end') socket.end(workerData.answer);
      else socket.write(workerData.answer, () => socket.destroy());
    });
  });
  parentPort.on('message', () => parentPort.postMessage(connections));
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));`;

/** A server in a thread of its own, so that it acts while a sender is busy. */
export interface HastyServer {
  readonly url: string;
  /** Connections that it ever took. */
  connections(): Promise<number>;
}

/**
 * Answers as soon as the first bytes of a request come, and closes then: with `destroy` what it did not read makes a reset of it, with
 * `end` it is a close in good order. Stopped when the test ends.
 */
export async function hastyServer(then: 'destroy' | 'end', answer = fine): Promise<HastyServer> {
  const worker = new Worker(server, { eval: true, workerData: { then, answer } });
  onTestFinished(async () => void (await worker.terminate()));
  const said = () => new Promise<number>((resolve) => worker.once('message', resolve));
  const port = await said();
  return {
    url: `http://127.0.0.1:${port}`,
    connections() {
      const count = said();
      worker.postMessage('connections');
      return count;
    },
  };
}
