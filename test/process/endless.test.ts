import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { userErrorText } from '../../src/cli/main.js';
import { loadLimitMs, readScript } from '../../src/config/readScript.js';
import { callFunction, functionLimitMs } from '../../src/delivery/callFunction.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const never = new Promise<never>(() => {});

describe('what never ends', () => {
  afterEach(() => void vi.useRealTimers());

  it('a function that signs has a time limit', async () => {
    vi.useFakeTimers();

    const given = callFunction({ call: () => never, what: 'Acme: its function', hidden: [] });
    const rejected = expect(given).rejects.toThrow(
      'Acme: its function gave nothing within 10 s. Does its promise ever settle?',
    );
    await vi.advanceTimersByTimeAsync(functionLimitMs);
    await rejected;
  });

  it.each([
    ['an await at the top', 'await new Promise(() => {});\nexport default {};'],
    ['a promise that it exports', 'export default new Promise(() => {});'],
  ])('a config has a time limit: %s', async (_, text) => {
    const path = join(folderOf({ 'c.mjs': text }), 'c.mjs');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const rejected = expect(readScript(path, 'c.mjs')).rejects.toThrow(
      "c.mjs: can't be loaded: Error: nothing came within 30 s. Does an await in it never end?",
    );
    await vi.advanceTimersByTimeAsync(loadLimitMs);
    await rejected;
  });

  it.each([
    ['webhook-sim.config.yaml', ['list'], 'webhook-sim.config.yaml: '],
    ['.env', ['list'], '.env '],
    ['suite.yaml', ['run', 'suite.yaml'], 'suite.yaml: '],
  ])('a pipe in place of %s is rejected', async (name, argv, place) => {
    const cwd = folderOf(name === '.env' ? { 'webhook-sim.config.yaml': '{}' } : {});
    execFileSync('mkfifo', [join(cwd, name)]);
    const { exitCode, stderr } = await cli(argv, { cwd });
    expect(stderr).toContain(`${place}can't be read (a pipe or device, not a file).`);
    expect(exitCode).toBe(2);
  });

  it('a pipe as --data that stays silent is told of and given up', async () => {
    const cwd = folderOf({});
    execFileSync('mkfifo', [join(cwd, 'pipe')]);
    const waits: number[] = [];
    const clock = {
      now: Date.now,
      sleep: async (ms: number) => {
        waits.push(ms);
      },
    };
    const { exitCode, stderr } = await cli(['send', 'scalev', 'order.created', '--data', 'pipe'], { cwd, clock });
    expect(stderr).toContain('Waiting for pipe, a pipe whose writer has not finished\n');
    expect(stderr).toContain('it is a pipe to which nothing was written for 30 s. Does a program write to it?');
    expect(waits).toEqual([1000, 30_000]);
    expect(exitCode).toBe(2);
  });

  it.each(['{{now+9999999999h}}', '{{now-99999999999999999999d}}'])('%s is rejected', async (value) => {
    const argv = ['send', 'scalev', 'order.created', '--to', 'http://127.0.0.1:9/', '--set', `timestamp=${value}`];
    const { exitCode, stderr } = await cli(argv);
    expect(stderr).toContain('is more than 100 years away');
    expect(exitCode).toBe(2);
  });
});

describe('an error that is thrown late', () => {
  const error = (stack: string) => Object.assign(new TypeError('gone'), { stack });

  it('is told with the place in the script that threw it', () => {
    const stack =
      'TypeError: gone\n    at Timeout._onTimeout (file:///home/me/hooks/sign.mjs?v=1:3:9)\n    at node:internal/timers:1:1';
    expect(userErrorText(error(stack), '/opt/webhook-sim/dist')).toBe(
      'webhook-sim: /home/me/hooks/sign.mjs:3:9 threw an error after it was loaded: TypeError: gone\n',
    );
  });

  it('is a bug where it is of this program', () => {
    const stack =
      'TypeError: gone\n    at run (file:///opt/webhook-sim/dist/cli.js:3:9)\n    at /home/me/hooks/sign.mjs:1:1';
    expect(userErrorText(error(stack), '/opt/webhook-sim/dist')).toBeNull();
  });
});
