import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

export interface ReceiverProgram {
  readonly command: string;
  readonly args: readonly string[];
  /** Added to the environment of the tests. */
  readonly env: Readonly<Record<string, string>>;
}

/** A receiver that runs, and the way to end it. */
export interface RunningReceiver {
  readonly url: string;
  stop(): Promise<void>;
}

/** More than the end of a program takes on a busy machine: one that is killed may leave programs behind that it has started. */
const patienceMs = 20_000;

/** Starts a receiver as a program of its own: one that prints the port on which it listens, and exits when its standard input ends. */
export async function startReceiverProgram({ command, args, env }: ReceiverProgram): Promise<RunningReceiver> {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: 'pipe' });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk;
  });
  child.stdin.on('error', () => {});
  const ended = once(child, 'close').catch((error: Error) => {
    complaint += error.message;
  });
  const stop = async () => {
    const patience = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    child.stdin.end();
    await ended;
    clearTimeout(patience);
  };
  const [port] = await Promise.race([once(createInterface(child.stdout), 'line'), ended.then((): string[] => [])]);
  if (!port) throw new Error(`${command} ${args.join(' ')} ended before it listened. ${complaint}`);
  return { url: `http://127.0.0.1:${port}`, stop };
}

/** The same for one test: resolves with its address, and the end of the test stops it. */
export async function receiverProcess(program: ReceiverProgram): Promise<string> {
  const { url, stop } = await startReceiverProgram(program);
  onTestFinished(stop);
  return url;
}
