import type { SpawnOptions } from 'node:child_process';
import { expect, it, vi } from 'vitest';
import { SecretMask } from '../../src/core/secretMask.js';
import { startProgram } from '../../src/launch/startProgram.js';
import { readProbe } from '../../src/session/flow/readProbe.js';

/** The processes that Windows would have been asked to start and to end. */
const asked = vi.hoisted(() => ({
  spawned: [] as { command: string; args: readonly string[]; options: SpawnOptions }[],
  executed: [] as string[],
}));

vi.mock('../../src/launch/system.js', async (load) => ({ ...(await load<object>()), platform: 'win32' }));
vi.mock('node:child_process', async (load) => {
  const real = await load<typeof import('node:child_process')>();
  return {
    ...real,
    // What is started is a process that stays, whatever was asked for.
    spawn: (command: string, args: readonly string[] | SpawnOptions, options?: SpawnOptions) => {
      const given = (options ?? args) as SpawnOptions;
      asked.spawned.push({ command, args: options ? (args as readonly string[]) : [], options: given });
      return real.spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: given.stdio });
    },
    execFileSync: (program: string, args: readonly string[]) => {
      asked.executed.push([program, ...args].join(' '));
      // There is no ps.
      if (program !== 'taskkill') throw Object.assign(new Error(`spawn ${program} ENOENT`), { code: 'ENOENT' });
      process.kill(Number(args[1]), 'SIGKILL');
    },
  };
});

it('starts a program by cmd.exe without a window, asks no ps, and ends all of it by taskkill', async () => {
  const { signal } = new AbortController();
  const env = { ComSpec: 'C:\\Windows\\system32\\cmd.exe' };
  const command = ['./node_modules/.bin/next', 'dev'];
  const program = await startProgram({ command, cwd: process.cwd(), env, secrets: new SecretMask(), signal });
  const [{ command: shell, args, options } = {} as never] = asked.spawned.splice(0);
  expect(shell).toBe('C:\\Windows\\system32\\cmd.exe');
  expect(args).toEqual(['/d', '/s', '/c', '".\\node_modules\\.bin\\next ^"dev^""']);
  expect(options).toMatchObject({ detached: false, windowsHide: true, windowsVerbatimArguments: true });
  expect(await program.hasEnded()).toBe(null);
  expect(await program.stop()).toEqual([]);
  await program.exited;
  expect(asked.executed.splice(0)).toEqual([expect.stringMatching(/^taskkill \/pid \d+ \/T \/F$/)]);
});

it('ends a probe that takes too long with all that it started', async () => {
  const io = { env: {}, cwd: process.cwd(), interrupted: new AbortController().signal } as never;
  const options = { flows: [], target: 'http://127.0.0.1:1/', route: {} as never, headers: [], name: '--probe' };
  const probe = readProbe('npm run state', { ...options, timeout: 10 }, io);
  expect(await probe({ identities: new Map() } as never)).toMatchObject({ ok: false, outcome: 'timed_out' });
  expect(asked.spawned.splice(0)).toMatchObject([{ command: 'npm run state', options: { detached: false } }]);
  expect(asked.executed.splice(0)).toEqual([expect.stringMatching(/^taskkill \/pid \d+ \/T \/F$/)]);
});
