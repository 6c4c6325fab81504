import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/core/errors.js';
import { processTable } from '../../src/launch/processTree.js';
import { alive, logged, node, pause, pidsOf, programFolder, started } from './programs.js';

const isLinux = process.platform === 'linux';
const over = new AbortController().signal;

describe('a started program', () => {
  it('has its output kept, and both streams of it', async () => {
    const cwd = programFolder();
    const wait = (file: string) => `until [ -e ${file} ]; do sleep 0.02; done`;
    const script = `echo one; ${wait('marked')}; echo two >&2; ${wait('read')}; echo three`;
    const program = await started(['sh', '-c', script], { cwd });
    await logged(program, 'one');
    const mark = program.mark();
    writeFileSync(join(cwd, 'marked'), '');
    await logged(program, 'two');
    writeFileSync(join(cwd, 'read'), '');
    await program.exited;
    await program.stop();
    expect(program.logSince(0)).toBe('one\ntwo\nthree\n');
    expect(program.logSince(mark)).toBe('two\nthree\n');
    expect(program.logSince(program.mark())).toBe('');
  });

  it('has nothing to read, and no terminal', async () => {
    const program = await started(['sh', '-c', 'cat; test -t 0 || echo none; exit 7']);
    expect(await program.exited).toEqual({ code: 7, signal: null });
    await program.stop();
    expect(program.logSince(0)).toBe('none\n');
  });

  it('gets the arguments as they are, the folder and the environment', async () => {
    const cwd = programFolder();
    const script = 'console.log(JSON.stringify([process.argv.slice(1), process.cwd(), process.env.CANARY]))';
    const args = ['a b', '$HOME', '*', '"', "'", '', '-x', ';ls'];
    const program = await started(node('-e', script, '--', ...args), { cwd, env: { CANARY: 'sings' } });
    await program.exited;
    await program.stop();
    expect(JSON.parse(program.logSince(0))).toEqual([args, cwd, 'sings']);
  });

  it('has all that it wrote in the log when it has ended', async () => {
    const program = await started(['sh', '-c', 'head -c 200000 /dev/zero | tr "\\0" "x"; exit 1']);
    expect(await program.ended(over)).toBe('sh ended with exit code 1');
    expect(program.logSince(0).length).toBe(200_000);
  });

  it.each([
    [['sh', '-c', 'exit 3'], 'sh ended with exit code 3'],
    [['sh', '-c', 'exit 0'], 'sh ended with exit code 0'],
    [['sh', '-c', 'kill -9 $$'], 'sh was ended by SIGKILL'],
  ])('tells how it ended: %j', async (command, sentence) => {
    expect(await (await started(command)).ended(over)).toBe(sentence);
  });

  it('has not ended while those are there that it left behind', async () => {
    const program = await started(['sh', '-c', 'sleep 0.8 & exit 0']);
    const startedAt = performance.now();
    expect(await program.exited).toEqual({ code: 0, signal: null });
    expect(await program.ended(over)).toBe('sh ended with exit code 0');
    expect(performance.now() - startedAt).toBeGreaterThan(600);
  });

  it('has ended where it failed and left others behind', async () => {
    const program = await started(['sh', '-c', 'sleep 5 & exit 1']);
    const startedAt = performance.now();
    expect(await program.ended(over)).toBe('sh ended with exit code 1');
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });

  it('may print a hundred megabytes', async () => {
    const before = process.memoryUsage().rss;
    const program = await started(['sh', '-c', 'head -c 104857600 /dev/zero | tr "\\0" "x"; echo; echo last']);
    expect(await program.exited).toEqual({ code: 0, signal: null });
    await program.stop();
    const log = program.logSince(0);
    expect(log.startsWith(`[${100 * 1024 * 1024 + 6 - 256 * 1024} bytes before this are left out]\nxxxx`)).toBe(true);
    expect(log.endsWith('xxx\nlast\n')).toBe(true);
    expect(process.memoryUsage().rss - before).toBeLessThan(80 * 1024 * 1024);
  });
});

describe('a program that is not there', () => {
  it.each([
    [['no-such-program', 'start'], `"no-such-program" can't be started: there is no such program. Write after -- what`],
    [['npm start'], `"npm start" can't be started: there is no such program. Write its arguments apart from it`],
    [['PORT=canary', 'npm'], `"PORT=…" can't be started: there is no such program. Write env before variables`],
    [['./server.mjs'], `"./server.mjs" can't be started: it is not a program, or not one that you may run.`],
    [['a\u001b[2Jb'], '"a\\x1b[2Jb" can\'t be started'],
    [[''], 'There is no program after --.'],
    [[], 'There is no program after --. Write what starts the receiver: -- npm start'],
  ])('is a misuse: %j', async (command, message) => {
    const start = started(command);
    await expect(start).rejects.toThrow(UsageError);
    await expect(start).rejects.toThrow(message);
  });
});

describe('stopping', () => {
  it('lets a program end in good order, and waits for its last words', async () => {
    const program = await started(node('server.mjs'));
    await logged(program, 'listening');
    const pids = await pidsOf(program, 1);
    const startedAt = performance.now();
    expect(await program.stop()).toEqual([]);
    expect(performance.now() - startedAt).toBeLessThan(1000);
    expect(program.logSince(0)).toMatch(/listening\nbye\n$/);
    expect(await program.exited).toEqual({ code: 0, signal: null });
    expect(alive(pids)).toEqual([]);
  });

  it('reads what was written and not yet read', async () => {
    const program = await started(['sh', '-c', 'echo last words']);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
    await program.stop();
    expect(program.logSince(0)).toBe('last words\n');
  });

  it('kills one that does not end', async () => {
    const program = await started(node('stubborn.mjs'), { graceMs: 500 });
    await logged(program, 'listening');
    const pids = await pidsOf(program, 1);
    const startedAt = performance.now();
    await program.stop();
    expect(performance.now() - startedAt).toBeGreaterThan(450);
    expect(program.logSince(0)).toContain('got SIGTERM');
    expect(await program.exited).toEqual({ code: null, signal: 'SIGKILL' });
    expect(alive(pids)).toEqual([]);
  });

  it('is done once, and well where there is nothing any more', async () => {
    const program = await started(['sh', '-c', 'exit 1']);
    await program.exited;
    const startedAt = performance.now();
    expect(await Promise.all([program.stop(), program.stop()])).toEqual([[], []]);
    expect(performance.now() - startedAt).toBeLessThan(400);
  });

  it.each([
    ['a shell that waits', ['sh', '-c', 'echo pid $$; "$NODE" server.mjs & wait'], 2],
    ['a shell that has gone', ['sh', '-c', 'echo pid $$; "$NODE" stubborn.mjs &'], 2],
    ['npm', ['npm', 'start'], 1],
    ['npm in npm', ['npm', 'run', 'nested'], 1],
    ['a child', node('parent.mjs', 'near', 'server.mjs'), 2],
    ['a child of a child', node('parent.mjs', 'near', 'parent.mjs', 'near', 'stubborn.mjs'), 3],
    ['a child in a session of its own', node('parent.mjs', 'apart', 'stubborn.mjs'), 2],
    ['a stopped process', ['sh', '-c', 'echo pid $$; "$NODE" never.mjs & sleep 1; kill -STOP $!; kill -STOP $$'], 2],
  ])('ends %s', async (_, command, count) => {
    const program = await started(command, { env: { NODE: process.execPath }, graceMs: 700 });
    const pids = await pidsOf(program, count);
    await pause(1200);
    expect(alive(pids).length).toBeGreaterThan(0);
    expect(await program.stop()).toEqual([]);
    expect(alive(pids)).toEqual([]);
    expect(
      processTable()
        .filter(({ pid }) => pids.includes(pid))
        .every(({ ended }) => ended),
    ).toBe(true);
  });

  it('ends whoever is started while it ends', async () => {
    const program = await started(node('hydra.mjs'), { env: { HEADS: '4' }, graceMs: 4000 });
    await pidsOf(program, 1);
    await pause(200);
    await program.stop();
    const pids = await pidsOf(program, 1);
    expect(pids.length).toBeGreaterThan(1);
    await pause(300);
    expect(await pidsOf(program, 1)).toEqual(pids);
    expect(alive(pids)).toEqual([]);
  });

  it.runIf(isLinux)('ends a daemon: in a session of its own, and its parent gone', async () => {
    const program = await started(node('parent.mjs', 'far', 'stubborn.mjs'), { graceMs: 300 });
    const pids = await pidsOf(program, 2);
    await program.exited;
    await pause(200);
    expect(alive(pids)).toEqual(pids.slice(1));
    await program.stop();
    expect(alive(pids)).toEqual([]);
  });

  it.runIf(isLinux)('ends one in a session of its own that knows nothing of its environment', async () => {
    const script = 'setsid env -i PORT=0 "$NODE" stubborn.mjs & wait';
    const program = await started(['sh', '-c', script], { env: { NODE: process.execPath }, graceMs: 300 });
    await logged(program, 'listening');
    const pids = await pidsOf(program, 1);
    await program.stop();
    expect(program.logSince(0)).toContain('got SIGTERM');
    expect(alive(pids)).toEqual([]);
  });

  it('leaves all others alone', async () => {
    const cwd = programFolder();
    const other = await started(node('server.mjs'), { cwd });
    const program = await started(node('server.mjs'), { cwd });
    const pids = await pidsOf(other, 1);
    await pidsOf(program, 1);
    await program.stop();
    await pause(100);
    expect(alive(pids)).toEqual(pids);
    expect(other.logSince(0)).not.toContain('bye');
  });

  it('leaves no process of its own and no listener', async () => {
    const listeners = () =>
      ['exit', 'SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'].map((name) => process.listenerCount(name));
    const children = () =>
      processTable().flatMap(({ pid, parent, ended }) => (parent === process.pid && !ended ? [pid] : []));
    // Those of tests before this one may still be on their way out.
    const [before, others] = [listeners(), children()];
    const own = () => children().filter((pid) => !others.includes(pid));
    const program = await started(node('never.mjs'));
    expect(own().length).toBeGreaterThan(0);
    expect(listeners()).toEqual(before.map((count) => count + 1));
    await program.stop();
    await pause(200);
    expect(listeners()).toEqual(before);
    expect(own()).toEqual([]);
  });

  it('ends what marks itself as started by another run as well', async () => {
    const program = await started(['sh', '-c', 'echo "$WEBHOOK_SIM_STARTED"'], {
      env: { WEBHOOK_SIM_STARTED: 'outer' },
    });
    await program.exited;
    await program.stop();
    expect(program.logSince(0)).toMatch(/^outer webhook-sim-\d+-\d+\n$/);
  });
});
