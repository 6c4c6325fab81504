import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { insist } from '../support/child.js';
import { freePort } from '../support/rude.js';
import { alive, node, pause, programFolder } from './programs.js';

const folder = mkdtempSync(join(tmpdir(), 'webhook-sim-run-'));
const bundle = join(folder, 'run.cjs');

beforeAll(() =>
  build({
    entryPoints: [join(import.meta.dirname, 'run.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    logLevel: 'error',
  }),
);
afterAll(() => rmSync(folder, { recursive: true }));

interface Run {
  readonly process: ChildProcess;
  readonly ended: Promise<{
    readonly exitCode: number | null;
    readonly signal: string | null;
    readonly stdout: string;
  }>;
  printed(text: string): Promise<void>;
  /** Resolves when the receiver has left a file in its folder. */
  left(file: string): Promise<void>;
  /** The numbers of the receiver's processes. */
  pids(): number[];
}

/** Starts a run with a receiver; what is left of it is killed when the test ends. */
async function run(command: readonly string[], manners = 'good', env: Record<string, string> = {}): Promise<Run> {
  const port = await freePort();
  const args = [bundle, `http://127.0.0.1:${port}/`, manners, ...command];
  const cwd = programFolder();
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env.PATH, PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  let stdout = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  const pids = () => [...stdout.matchAll(/^pid (\d+)$/gm)].map((match) => Number(match[1]));
  onTestFinished(() => {
    for (const pid of [child.pid!, ...pids()]) if (alive([pid]).length > 0) process.kill(pid, 'SIGKILL');
  });
  const ended = new Promise<Awaited<Run['ended']>>((resolve) =>
    child.on('close', (exitCode, signal) => resolve({ exitCode, signal, stdout })),
  );
  const printed = async (text: string) => {
    for (let left = 200; !stdout.includes(text); left--) {
      if (left === 0) throw new Error(`it did not print "${text}": ${stdout}`);
      await pause(50);
    }
  };
  const left = (file: string) => expect.poll(() => existsSync(join(cwd, file)), { timeout: 30_000 }).toBe(true);
  return { process: child, ended, printed, left, pids };
}

/** Resolves when none of processes is alive. */
const gone = (pids: readonly number[]) => expect.poll(() => alive(pids), { timeout: 30_000 }).toEqual([]);

const server = node('server.mjs');
const family = node('parent.mjs', 'apart', 'stubborn.mjs');

describe.each(['SIGINT', 'SIGTERM'] as const)('%s', (signal) => {
  it('leaves time for the report, and then nothing of the receiver', async () => {
    const child = await run(server);
    await child.printed('ready');
    const pids = child.pids();
    expect(alive(pids).length).toBe(1);
    child.process.kill(signal);
    const { exitCode, stdout } = await child.ended;
    expect(stdout).toContain(`\npartial report: ${signal}\nstopped; the receiver said pid ${pids[0]} listening bye`);
    expect(exitCode).toBe(130);
    expect(alive(pids)).toEqual([]);
  });

  it('while a receiver is awaited leaves nothing of it', async () => {
    const child = await run(['sh', '-c', 'echo pid $$; touch begun; exec sleep 30']);
    await child.left('begun');
    child.process.kill(signal);
    const { stdout } = await child.ended;
    expect(stdout).toContain('not ready\npartial report');
    expect(child.pids().length).toBe(1);
    expect(alive(child.pids())).toEqual([]);
  });

  it('that comes again ends all at once, also a receiver that does not want to', async () => {
    const child = await run(family);
    await child.printed('ready');
    const pids = child.pids();
    expect(alive(pids).length).toBe(2);
    child.process.kill(signal);
    await child.printed('partial report');
    await child.left('SIGTERM');
    expect(alive(pids).length).toBeGreaterThan(0);
    await insist(child.process, signal);
    // Not 130, which the end of its grace would give.
    expect(await child.ended).toMatchObject({ signal });
    await gone(pids);
  });
});

describe('a Ctrl-C on the terminal', () => {
  it('reaches the run and not the receiver', async () => {
    const child = await run(node('stubborn.mjs'));
    await child.printed('ready');
    process.kill(-child.process.pid!, 'SIGINT');
    const { stdout } = await child.ended;
    expect(stdout).toContain('partial report: SIGINT');
    expect(stdout).toContain('got SIGTERM');
    expect(stdout).not.toContain('got SIGINT');
    expect(alive(child.pids())).toEqual([]);
  });
});

describe('nothing of the receiver is left', () => {
  it.each([
    ['a bug', 'bug', 70],
    ['an early exit', 'exit', 5],
  ])('after %s', async (_, manners, code) => {
    const child = await run(family, manners);
    const { exitCode } = await child.ended;
    expect(exitCode).toBe(code);
    expect(child.pids().length).toBe(2);
    await gone(child.pids());
  });

  it.each(['SIGHUP', 'SIGQUIT'] as const)('after %s', async (signal) => {
    const child = await run(family);
    await child.printed('ready');
    child.process.kill(signal);
    expect(await child.ended).toMatchObject({ signal });
    expect(child.pids().length).toBe(2);
    await gone(child.pids());
  });

  it('after SIGKILL', async () => {
    const child = await run(['sh', '-c', 'echo pid $$; "$NODE" server.mjs & wait'], 'good', { NODE: process.execPath });
    await child.printed('ready');
    const pids = child.pids();
    expect(alive(pids).length).toBe(2);
    child.process.kill('SIGKILL');
    await child.ended;
    await gone(pids);
  });

  it('after SIGKILL, also of one that does not want to end', async () => {
    const child = await run(node('stubborn.mjs'));
    await child.printed('ready');
    const pids = child.pids();
    child.process.kill('SIGKILL');
    await child.ended;
    expect(pids.length).toBe(1);
    await gone(pids);
  });
});
