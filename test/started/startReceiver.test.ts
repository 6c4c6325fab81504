import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { UsageError } from '../../src/core/errors.js';
import { directRoute } from '../../src/core/route.js';
import { SecretMask } from '../../src/core/secretMask.js';
import { startReceiver } from '../../src/launch/startReceiver.js';
import { receiver } from '../support/receiver.js';
import { freePort } from '../support/rude.js';
import { alive, logged, node, pidsOf, programFolder } from './programs.js';
import { later, waited } from './waited.js';

interface Options {
  readonly cwd?: string;
  readonly port?: number;
  readonly socket?: string;
  readonly signal?: AbortSignal;
}

/** Starts a receiver that is to listen on a free port, or where it is told; stopped when the test ends. */
async function receiverOf(command: readonly string[], { cwd, port, socket, signal }: Options = {}) {
  const at = port ?? (await freePort());
  const url = `http://127.0.0.1:${at}/hooks`;
  const route = { ...directRoute, socketPath: socket ?? null, nameOf: (key: string) => key };
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, PORT: String(at), NODE: process.execPath, SOCKET: socket };
  const interrupted = signal ?? new AbortController().signal;
  const program = await startReceiver(
    { command, places: [{ url, route }] },
    { cwd: cwd ?? programFolder(), env, interrupted, secrets: new SecretMask() },
  );
  onTestFinished(async () => void (await program.stop()));
  return { program, url, host: `127.0.0.1:${at}`, route };
}

describe('a receiver that is started', () => {
  it.each([
    ['at once', node('server.mjs')],
    ['late', node('late.mjs')],
    ['through npm', ['npm', 'start']],
    ['by a shell that is gone by then', ['sh', '-c', '"$NODE" late.mjs & exit 0']],
    ['by a shell that waits', ['sh', '-c', '"$NODE" late.mjs & wait']],
  ])('is waited for: %s', async (_, command) => {
    const { program, url } = await receiverOf(command);
    expect((await waited(url, { program })).ready).toBe(true);
    const mark = program.mark();
    expect(await (await fetch(url, { method: 'POST' })).text()).toBe('ok');
    await logged(program, 'POST');
    expect(program.logSince(mark)).toBe('POST /hooks\n');
    const pids = await pidsOf(program, 1);
    await program.stop();
    expect(alive(pids)).toEqual([]);
    await expect(fetch(url)).rejects.toThrow();
  });

  it('is waited for on a unix socket', async () => {
    const socket = join(programFolder(), 'hooks.sock');
    const { program, url, route } = await receiverOf(node('late.mjs'), { socket });
    expect((await waited(url, { program, route })).ready).toBe(true);
  });

  it('is waited for no longer than it lives, and has told why', async () => {
    const { program, url, host } = await receiverOf(node('crash.mjs'));
    const result = await waited(url, { program });
    expect(result).toMatchObject({
      ready: false,
      because: 'ended',
      message: `node ended with exit code 3 before ${host} was ready`,
    });
    expect(program.logSince(0)).toBe('no database\n');
  });

  it('is waited for no longer than it lives, also where it ends as if all were well', async () => {
    const { program, url, host } = await receiverOf(['sh', '-c', 'sleep 0.5; exit 0']);
    const result = await waited(url, { program });
    expect(result).toMatchObject({ message: `sh ended with exit code 0 before ${host} was ready` });
  });

  it('is waited for no longer than it lives, also while a health path hangs', async () => {
    const script = 'const s = require("net").createServer(() => setTimeout(() => process.exit(9), 300)).listen';
    const { program, url } = await receiverOf(node('-e', `${script}(process.env.PORT, "127.0.0.1")`));
    let endedAt = Number.NEGATIVE_INFINITY;
    program.exited.then(() => {
      endedAt = performance.now();
    });
    const result = await waited(url, { program, waitFor: '/health' });
    expect(result).toMatchObject({ because: 'ended', message: expect.stringContaining('exit code 9') });
    // An answer would be awaited for 1.7 seconds more.
    expect(performance.now() - endedAt).toBeLessThan(1500);
  });

  it('is waited for until the limit where it never listens', async () => {
    const { program, url, host } = await receiverOf(node('never.mjs'));
    expect(await waited(url, { program, wait: '500ms' })).toMatchObject({
      because: 'late',
      message: `${host} was not ready after 500 ms: nothing listens at ${host}`,
    });
    const pids = await pidsOf(program, 1);
    await program.stop();
    expect(alive(pids)).toEqual([]);
  });

  it('is not waited for after an interruption', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const { program, url } = await receiverOf(node('never.mjs'), { signal });
    later(200, () => controller.abort('SIGINT'));
    const result = await waited(url, { program, signal });
    expect(result).toMatchObject({ because: 'interrupted' });
  });
});

describe('an address at which somebody is before the receiver is started', () => {
  const touch = ['sh', '-c', 'echo > touched'];

  it('is a misuse, and nothing is started', async () => {
    const { port } = await receiver();
    const cwd = programFolder();
    const start = receiverOf(touch, { port, cwd });
    await expect(start).rejects.toThrow(UsageError);
    await expect(start).rejects.toThrow(
      `Another program is already there at 127.0.0.1:${port}, and would be tested in place of the one after --. Stop it, or leave out -- and what follows.`,
    );
    await expect(receiverOf(['no-such-program'], { port })).rejects.toThrow('Another program');
    expect(existsSync(join(cwd, 'touched'))).toBe(false);
    await (await receiverOf(touch, { cwd })).program.exited;
    expect(existsSync(join(cwd, 'touched'))).toBe(true);
  });

  it('is a misuse on a unix socket, but not where only its file is there', async () => {
    const socket = join(programFolder(), 'hooks.sock');
    await receiver({ path: socket });
    await expect(receiverOf(touch, { socket })).rejects.toThrow(`already there at ${socket}, and`);
    const left = join(programFolder(), 'left.sock');
    writeFileSync(left, '');
    const { program } = await receiverOf(touch, { socket: left });
    expect(await program.exited).toEqual({ code: 0, signal: null });
  });
});
