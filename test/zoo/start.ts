import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
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

function startProgram({
  run = programs.node,
  file,
  form,
  provider,
  variable = 'SECRET',
}: Receiver): Promise<RunningReceiver> {
  const [command, ...flags] = run;
  const { header, encoding } = facts[provider];
  return startReceiverProgram({
    command,
    args: [...flags, join(import.meta.dirname, file), form],
    env: { HEADER: header, ENCODING: encoding, [variable]: secret },
  });
}
