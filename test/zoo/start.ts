import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { facts, secret } from './facts.js';
import { programs } from './programs.js';
import type { Receiver } from './zoo.js';

/** A receiver that runs, and the way to end it. */
export interface Running {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a receiver of the zoo: in this process if it is in JavaScript and will not take the process down. */
export async function start(receiver: Receiver): Promise<Running> {
  const running = await (receiver.run ? startProgram(receiver) : startListener(receiver));
  return { url: running.url + (receiver.path ?? ''), stop: running.stop };
}

async function startListener({ file, form, provider }: Receiver): Promise<Running> {
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
}: Receiver): Promise<Running> {
  const [command, ...flags] = run;
  const { header, encoding } = facts[provider];
  const env = { ...process.env, HEADER: header, ENCODING: encoding, [variable]: secret };
  const child = spawn(command, [...flags, join(import.meta.dirname, file), form], { env, stdio: 'pipe' });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk;
  });
  child.stdin.on('error', () => {});
  const ended = once(child, 'close');
  const [port] = await Promise.race([once(createInterface(child.stdout), 'line'), ended.then(() => [])]);
  if (!port) throw new Error(`${file} ${form} ended before it listened. ${complaint}`);
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      const patience = setTimeout(() => child.kill('SIGKILL'), 2_000);
      child.stdin.end();
      await ended;
      clearTimeout(patience);
    },
  };
}
