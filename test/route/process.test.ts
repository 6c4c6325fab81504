import { beforeAll, describe, expect, it } from 'vitest';
import { identity, pemPath } from '../support/pem.js';
import { bundleCli, runProcess } from '../support/process.js';
import { proxyServer } from '../support/proxyServer.js';
import { receiver } from '../support/receiver.js';
import { rudeServer } from '../support/rude.js';

beforeAll(bundleCli);

const send = (to: string, args: readonly string[], env: Record<string, string> = {}, limit = '5s') =>
  runProcess(['send', 'scalev', 'order.created', '--to', to, '--timeout', limit, ...args], env);

describe('NODE_EXTRA_CA_CERTS', () => {
  it('and --cacert are trusted beside each other', async () => {
    const environment = { NODE_EXTRA_CA_CERTS: pemPath('authority') };
    const flag = ['--cacert', pemPath('self-signed')];
    const identified = ['--cert', pemPath('right'), '--key', pemPath('key')];
    const [one, other] = [await receiver(identity('right')), await receiver(identity('self-signed'))];
    const table: [port: number, args: string[], env: Record<string, string>, exitCode: number][] = [
      [one.port, [], environment, 0],
      [one.port, flag, environment, 0],
      [one.port, identified, environment, 0],
      [one.port, flag, {}, 3],
      [one.port, identified, {}, 3],
      [other.port, flag, environment, 0],
      [other.port, [], environment, 3],
      [other.port, flag, { NODE_EXTRA_CA_CERTS: pemPath('missing') }, 0],
      [other.port, flag, { NODE_EXTRA_CA_CERTS: import.meta.filename }, 0],
    ];
    for (const [port, args, env, exitCode] of table) {
      const ended = await send(`https://127.0.0.1:${port}`, args, env);
      expect(ended.exitCode, JSON.stringify([args, env, ended.stderr])).toBe(exitCode);
    }
  });
});

describe('a process that sends through a proxy', () => {
  it('ends when it is done, through TLS in TLS', async () => {
    const target = await receiver(identity('wrong-host'));
    const proxy = await proxyServer({ identity: identity('right') });
    const started = performance.now();
    const ended = await send(`https://elsewhere.example:${target.port}`, ['--cacert', pemPath('authority')], {
      https_proxy: `https://${proxy.host}`,
    });
    expect(ended).toMatchObject({ exitCode: 0, stderr: expect.stringContaining(`Through the proxy ${proxy.host}\n`) });
    expect(performance.now() - started).toBeLessThan(4000);
  });

  it('ends in time where the proxy never answers', async () => {
    const { port } = await rudeServer(() => {});
    const started = performance.now();
    const env = { ALL_PROXY: `http://127.0.0.1:${port}` };
    const { exitCode, stdout } = await send('https://elsewhere.example', ['-q'], env, '300ms');
    expect(exitCode).toBe(4);
    expect(stdout).toContain(`the proxy 127.0.0.1:${port} did not take the connection to elsewhere.example:443`);
    expect(performance.now() - started).toBeLessThan(4000);
  });
});
