import { describe, expect, it } from 'vitest';
import { check } from '../../src/index.js';
import { runJson } from '../suite/run.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { proxyServer } from '../support/proxyServer.js';
import { receiver } from '../support/receiver.js';

const rejection = 'A check attacks the receiver, and ';
/** Nobody answers in TEST-NET-1 (RFC 5737): what is let through there is over at once. */
const brief = ['--timeout', '50ms', '--budget', '200ms'];
const patient = ['--timeout', '10s', '--budget', '20s'];

/** All that a check of one case printed. */
const checking = async (args: readonly string[], { limits = patient, env = {} }: CheckOptions = {}) => {
  const command = ['check', 'scalev', ...args, '--only', 'wrong-secret', '--json', ...limits];
  const { stdout, stderr, exitCode } = await cli(command, { env, cwd: folderOf({}) });
  return { exitCode, output: stdout + stderr };
};

interface CheckOptions {
  readonly limits?: readonly string[];
  readonly env?: Record<string, string>;
}

describe('a check of a receiver on another machine', () => {
  it.each([
    [
      'a loopback name with a foreign address',
      ['--to', 'localhost:1', '--resolve', 'localhost=192.0.2.1'],
      {},
      'localhost (192.0.2.1)',
    ],
    ['one for its port', ['--to', 'localhost:1', '--resolve', 'localhost:1=192.0.2.1'], {}, 'localhost (192.0.2.1)'],
    [
      'a loopback name with a foreign IPv6 address',
      ['--to', 'localhost:1', '--resolve', 'localhost=2001:db8::1'],
      {},
      'localhost (2001:db8::1)',
    ],
    [
      'a foreign name that a proxy on this machine looks up',
      ['--to', 'http://shop.example', '--proxy', 'http://127.0.0.1:1'],
      {},
      'shop.example',
    ],
    [
      'a loopback address of a foreign proxy',
      ['--to', 'http://shop.example', '--resolve', 'shop.example=127.0.0.1', '--proxy', 'http://192.0.2.1:1'],
      {},
      'shop.example (127.0.0.1) through the proxy 192.0.2.1',
    ],
    [
      'a foreign name by a proxy of the environment',
      ['--to', 'http://shop.example'],
      { HTTP_PROXY: 'http://127.0.0.1:1' },
      'shop.example',
    ],
  ])('that is %s needs --allow-remote', async (_, args, env, whom) => {
    const rejected = await checking(args, { env });
    expect(rejected.exitCode).toBe(2);
    expect(rejected.output).toContain(`${rejection}${whom} is not this machine.`);
    for (const consent of ['--allow-remote', '--yes']) {
      expect((await checking([...args, consent], { env, limits: brief })).output).not.toContain(rejection);
    }
  });

  it('is rejected in a suite and in the library, too', async () => {
    const suite = 'target: http://localhost:1\ncases: [{ check: scalev, resolve: { localhost: 192.0.2.1 } }]\n';
    const { stderr, exitCode, json } = await runJson(suite);
    expect(exitCode).toBe(2);
    expect(JSON.stringify(json) + stderr).toContain('localhost (192.0.2.1) is not this machine');
    const route = { resolve: { localhost: '192.0.2.1' } };
    await expect(check({ provider: 'scalev', url: 'http://localhost:1', route }).result()).rejects.toMatchObject({
      code: 'NOT_YOURS',
    });
  });
});

describe('a check of a receiver on this machine', () => {
  it('needs no --allow-remote where only its name is foreign', async () => {
    const { port, reached } = await receiver();
    await checking(['--to', `http://shop.example:${port}`, '--resolve', 'shop.example=127.0.0.1']);
    expect(reached.length).toBeGreaterThan(0);
    const route = { resolve: { 'shop.example': '127.0.0.1' } };
    const options = { provider: 'scalev', url: `http://shop.example:${port}`, only: ['wrong-secret'], route } as const;
    expect((await check(options).result()).counts.finding).toBe(1);
  });

  it.each(['::1', '::ffff:127.0.0.1', '127.1.2.3'])('may have the address %s', async (address) => {
    const { output } = await checking(['--to', 'http://shop.example:1', '--resolve', `shop.example=${address}`]);
    expect(output).not.toContain(rejection);
  });

  it('needs none behind a unix socket, whatever its name and address', async () => {
    const path = `${folderOf({})}/hooks.sock`;
    const { reached } = await receiver({ path });
    await checking(['--to', 'http://shop.example', '--unix-socket', path, '--resolve', 'shop.example=192.0.2.1']);
    expect(reached.length).toBeGreaterThan(0);
  });

  it('needs none where a proxy on this machine is told its address', async () => {
    const { port, reached } = await receiver();
    const { host } = await proxyServer();
    await checking(['--to', `http://shop.example:${port}`, '--resolve', 'shop.example=127.0.0.1', '--proxy', host]);
    expect(reached.length).toBeGreaterThan(0);
  });

  it('needs none where the proxy of the environment is left out', async () => {
    const { port, reached } = await receiver();
    await checking(['--to', `http://shop.example:${port}`, '--resolve', 'shop.example=127.0.0.1'], {
      env: { HTTP_PROXY: 'http://192.0.2.1:1' },
    });
    expect(reached.length).toBeGreaterThan(0);
  });
});

describe('the warning about a secret in the history', () => {
  const sending = async (args: readonly string[]) =>
    (
      await cli(['send', 'scalev', 'order.created', '--secret', 'typed-secret', '--timeout', '50ms', ...args], {
        cwd: folderOf({}),
      })
    ).stderr;

  it('is due where the connection leaves this machine', async () => {
    expect(await sending(['--to', 'localhost:1', '--resolve', 'localhost=192.0.2.1'])).toContain(
      'history of the shell',
    );
    expect(await sending(['--to', 'http://shop.example:1', '--resolve', 'shop.example=127.0.0.1'])).not.toContain(
      'history',
    );
  });
});
