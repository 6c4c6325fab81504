import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { buildOnce } from '../support/buildOnce.js';
import { type RunningReceiver, startReceiverProgram } from '../support/receiverProcess.js';
import { facts, secret } from './facts.js';
import { programs } from './programs.js';
import type { Receiver } from './zoo.js';

/** Starts a receiver of the zoo: in this process if it is in JavaScript and will not take the process down. */
export async function start(receiver: Receiver): Promise<RunningReceiver> {
  const running = await (receiver.run ? startProgram(receiver) : startListener(receiver));
  return { url: running.url + (receiver.path ?? ''), stop: running.stop };
}

async function startListener({ file, form, provider }: Receiver): Promise<RunningReceiver> {
  const { receivers } = await import(join(import.meta.dirname, file));
  const listener: RequestListener = await receivers[form]({ ...facts[provider], secret });
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function startProgram({
  run = programs.node,
  file,
  form,
  provider,
  variable = 'SECRET',
}: Receiver): Promise<RunningReceiver> {
  const [command, ...args] = run === programs.go ? [await goProgram(file)] : [...run, join(import.meta.dirname, file)];
  const { header, encoding } = facts[provider];
  return startReceiverProgram({
    command: command!,
    args: [...args, form],
    env: { HEADER: header, ENCODING: encoding, [variable]: secret },
  });
}

/** Resolves with the program that a file in Go is compiled to: once, and not for each of its receivers. */
async function goProgram(file: string): Promise<string> {
  const folder = await buildOnce({
    name: `zoo-${basename(file)}`,
    inputs: [join('test/zoo', file)],
    async build(folder) {
      await promisify(execFile)('go', ['build', '-o', join(folder, 'receiver'), join(import.meta.dirname, file)]);
    },
  });
  return join(folder, 'receiver');
}
