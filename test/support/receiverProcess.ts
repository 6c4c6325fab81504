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

/**
 * Starts a receiver as a program of its own and resolves with its address. The program prints the port that it listens
 * on, and exits when its standard input ends; the end of the test sees to that.
 */
export async function receiverProcess({ command, args, env }: ReceiverProgram): Promise<string> {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: 'pipe' });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk;
  });
  child.stdin.on('error', () => {});
  const ended = once(child, 'close').catch((error: Error) => {
    complaint += error.message;
  });
  onTestFinished(async () => {
    const patience = setTimeout(() => child.kill('SIGKILL'), 2_000);
    child.stdin.end();
    await ended;
    clearTimeout(patience);
  });
  const [port] = await Promise.race([once(createInterface(child.stdout), 'line'), ended.then((): string[] => [])]);
  if (!port) throw new Error(`${command} ${args.join(' ')} ended before it listened. ${complaint}`);
  return `http://127.0.0.1:${port}`;
}
