import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { identity, pem, pemPath } from '../support/pem.js';
import { proxyServer } from '../support/proxyServer.js';
import { receiver } from '../support/receiver.js';

const run = promisify(execFile);
const name = 'elsewhere.example';

/** Runs what --curl prints. */
async function paste(to: string, args: string[], env: Record<string, string> = {}): Promise<string> {
  const { stdout, exitCode } = await cli(['send', 'scalev', 'order.created', '--to', to, ...args, '--curl'], { env });
  expect(exitCode).toBe(0);
  await run('sh', ['-c', stdout], { env: { PATH: process.env.PATH!, PROXY_USER: 'user:CANARY', ...env } });
  return stdout;
}

describe('--curl takes the same way', () => {
  it('with certificates', async () => {
    const asking = { ...identity('right'), ca: pem('authority'), requestCert: true, rejectUnauthorized: false };
    const target = await receiver(asking);
    const own = ['--cert', pemPath('right'), '--key', pemPath('key')];
    await paste(`https://127.0.0.1:${target.port}`, ['--cacert', pemPath('authority'), ...own]);
    await paste(`https://127.0.0.1:${target.port}`, ['--insecure']);
    expect(target.reached.map(({ sender }) => sender)).toEqual(['localhost', null]);
  });

  it('with a unix socket', async () => {
    const path = join(mkdtempSync(join(tmpdir(), "webhook-sim it's ")), 'a.sock');
    const target = await receiver({ path });
    await paste(`http://${name}/hooks`, ['--unix-socket', path]);
    expect(target.reached[0]).toMatchObject({ url: '/hooks', headers: { host: name } });
  });

  it('with an address of its own', async () => {
    const target = await receiver(identity('wrong-host'));
    await paste(`https://${name}:${target.port}`, ['--insecure', '--resolve', `${name}=127.0.0.1`]);
    expect(target.reached[0]).toMatchObject({ servername: name, headers: { host: `${name}:${target.port}` } });
  });

  it.each([
    ['http', []],
    ['https', []],
    ['http', ['--resolve', `${name}=127.0.0.1`]],
  ])('with a proxy: %s %j', async (scheme, resolve) => {
    const target = await receiver(scheme === 'https' ? identity('wrong-host') : {});
    const proxy = await proxyServer({ credentials: 'user:CANARY' });
    const to = `${scheme}://${name}:${target.port}`;
    const args = ['--insecure', '--proxy', `user:CANARY@${proxy.host}`, ...resolve];
    await cli(['send', 'scalev', 'order.created', '--to', to, ...args]);
    const printed = await paste(to, args);
    expect(printed).not.toContain('CANARY');
    expect(proxy.asked.map(({ line }) => line)).toEqual([proxy.asked[0]!.line, proxy.asked[0]!.line]);
    expect(target.reached.length).toBe(2);
  });

  it('without one, whatever the environment says', async () => {
    const target = await receiver();
    const proxy = await proxyServer();
    await paste(`http://127.0.0.1:${target.port}`, ['--proxy', 'none'], { http_proxy: `http://${proxy.host}` });
    expect([target.reached.length, proxy.asked.length]).toEqual([1, 0]);
  });
});
