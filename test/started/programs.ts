import { readFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { SecretMask } from '../../src/core/secretMask.js';
import { type Started, type StartOptions, startProgram } from '../../src/launch/startProgram.js';
import { folderOf } from '../support/folder.js';

/** Programs that receivers come as, each by its name; they tell the numbers of their processes in their logs. */
export const programs = {
  'server.mjs': `
    import { createServer } from 'node:http';
    console.log('pid', process.pid);
    const server = createServer((request, response) => {
      console.log(request.method, request.url);
      response.end('ok');
    });
    const { SOCKET, PORT } = process.env;
    server.listen(SOCKET ? { path: SOCKET } : { port: Number(PORT), host: '127.0.0.1' }, () => console.log('listening'));
    process.on('SIGTERM', () => { console.log('bye'); server.close(); server.closeAllConnections(); });`,
  'late.mjs': `setTimeout(() => import('./server.mjs'), 700);`,
  'never.mjs': `console.log('pid', process.pid); setInterval(() => {}, 1000);`,
  'crash.mjs': `console.error('no database'); process.exitCode = 3;`,
  'stubborn.mjs': `
    import { writeFileSync } from 'node:fs';
    for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
      process.on(name, () => {
        console.log('got', name);
        writeFileSync(name, '');
      });
    }
    setInterval(() => {}, 1000);
    await import('./server.mjs');`,
  /** Starts another program as told and stays, or leaves. */
  'parent.mjs': `
    import { spawn } from 'node:child_process';
    const [how, ...args] = process.argv.slice(2);
    console.log('pid', process.pid);
    const child = spawn(process.execPath, args, { detached: how !== 'near', stdio: 'inherit' });
    if (how === 'far') setTimeout(() => process.exit(0), 100);`,
  /** Starts one more process when it is asked to end, and goes. */
  'hydra.mjs': `
    import { spawn } from 'node:child_process';
    if (process.env.HEADS === '4') console.log('pid', process.pid);
    setInterval(() => {}, 1000);
    process.on('SIGTERM', () => {
      const heads = Number(process.env.HEADS);
      const env = { ...process.env, HEADS: String(heads - 1) };
      const command = [process.execPath, process.argv.slice(1), { detached: process.platform === 'linux', stdio: 'inherit', env }];
      if (heads > 0) console.log('pid', spawn(...command).pid);
      setTimeout(() => process.exit(), 20);
    });`,
  'package.json': '{"scripts":{"start":"node server.mjs","nested":"npm start"}}',
};

/** A folder with all of them. */
export const programFolder = () => folderOf(programs);

type Options = Partial<Omit<StartOptions, 'env'>> & { readonly env?: Record<string, string> };

/** Starts a program in a folder with all of them; stopped when the test ends. */
export async function started(command: readonly string[], { env, ...options }: Options = {}): Promise<Started> {
  const program = await startProgram({
    command,
    cwd: options.cwd ?? programFolder(),
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0', ...env },
    secrets: new SecretMask(),
    signal: new AbortController().signal,
    graceMs: 3000,
    ...options,
  });
  onTestFinished(async () => void (await program.stop()));
  return program;
}

export const node = (...args: string[]) => [process.execPath, ...args];

/** The numbers that programs told in their log, once there are as many. */
export async function pidsOf(program: Pick<Started, 'logSince'>, count: number): Promise<number[]> {
  for (let left = 600; left > 0; left--) {
    const pids = [...program.logSince(0).matchAll(/^pid (\d+)$/gm)].map((match) => Number(match[1]));
    if (pids.length >= count) return pids;
    await pause(50);
  }
  throw new Error(`the log tells too few: ${program.logSince(0)}`);
}

/** Resolves when a log holds a text. */
export async function logged(program: Pick<Started, 'logSince'>, text: string): Promise<void> {
  for (let left = 600; !program.logSince(0).includes(text); left--) {
    if (left === 0) throw new Error(`the log does not tell "${text}": ${program.logSince(0)}`);
    await pause(50);
  }
}

/** Those of processes that are alive; one that has ended and whose parent has not heard of it is not. */
export function alive(pids: readonly number[]): number[] {
  return pids.filter((pid) => {
    try {
      process.kill(pid, 0);
      return process.platform !== 'linux' || !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
    } catch {
      return false;
    }
  });
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
