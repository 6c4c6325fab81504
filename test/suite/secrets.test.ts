import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { answer } from './run.js';

const canary = 'CANARY-7f3a91';
const env = {
  SECRET: `${canary}-secret`,
  TOKEN: `${canary}-token`,
  BEARER: `${canary}-bearer`,
  PASSWORD: `${canary}-pass`,
};
const suite = `
target: RECEIVER
vars: { bearer: env:BEARER, password: env:PASSWORD }
defaults: { secret: env:SECRET }
cases:
  - { send: scalev order.created, header: { X-Plain-Name: env:TOKEN } }
  - { send: scalev order.created, header: { Authorization: "Bearer \${bearer}" } }
  - { send: scalev order.created, header: { X-Plain-Name: "key \${bearer}" }, expect: 500, name: "named \${bearer}" }
  - { send: scalev order.created, to: "http://user:\${password}@127.0.0.1:PORT/", forge: wrong-secret, expect: 200 }
  - { send: commercelayer orders.place, secret: file:secret.txt }
  - { check: scalev, only: plain, header: { X-Plain-Name: "\${bearer}" } }
`;

/** The kinds of report that go to a file. */
const kinds = async () => {
  const { stderr } = await cli(['run', '--report', 'nosuch=x'], {
    cwd: folderOf({ 'a.webhooks.yaml': 'target: demo\ncases: [{ send: scalev order.created }]' }),
  });
  return [...stderr.matchAll(/(\w+)=FILE/g)].map(([, kind]) => kind!);
};

describe('a secret', () => {
  it.each<{ args: string[] }>([
    { args: [] },
    { args: ['-v'] },
    { args: ['--json'] },
    { args: ['--list'] },
    { args: ['--list', '--json'] },
  ])('is in no output: $args', async ({ args }) => {
    const server = await captureServer(answer(200, 'ok'));
    const text = suite.replaceAll('RECEIVER', server.url).replaceAll('PORT', String(server.port));
    const cwd = folderOf({ 'a.webhooks.yaml': text, 'secret.txt': `${canary}-file` });
    const reports = args.includes('--list')
      ? []
      : (await kinds()).flatMap((kind) => ['--report', `${kind}=report.${kind}`]);
    const { stdout, stderr, exitCode } = await cli(['run', ...args, ...reports], { cwd, env, isTTY: false });
    expect(stderr).not.toContain('webhook-sim:');
    expect(stdout + stderr).not.toContain(canary);
    expect(stdout + stderr).not.toContain(Buffer.from(`user:${env.PASSWORD}`).toString('base64'));
    for (const kind of reports.filter((_, at) => at % 2 === 1)) {
      expect(readFileSync(join(cwd, kind.split('=')[1]!), 'utf8'), kind).not.toContain(canary);
    }
    if (args.includes('--list')) return;
    expect(exitCode).toBe(1);
    const sent = server.requests.map(({ header }) => [header('x-plain-name'), header('authorization')]);
    expect(sent.slice(0, 4)).toEqual([
      [env.TOKEN, undefined],
      [undefined, `Bearer ${env.BEARER}`],
      [`key ${env.BEARER}`, undefined],
      [undefined, `Basic ${Buffer.from(`user:${env.PASSWORD}`).toString('base64')}`],
    ]);
  });

  it('is in no error', async () => {
    const bad = [
      `{ send: scalev order.created, header: { "X A": "\${bearer}" } }`,
      `{ send: scalev order.created, header: { X-A: "\${bearer}\\r\\nX-B: 1" } }`,
      `{ send: scalev order.created, to: "ftp://user:\${password}@127.0.0.1/" }`,
      `{ send: scalev order.created, to: "http://user:\${password}@127.0.0.1:99999/" }`,
      `{ send: scalev order.created, to: "http://user:\${password}@127.0.0.1/{x}" }`,
      `{ send: scalev order.created, proxy: "http://user:\${password}@127.0.0.1/path" }`,
    ];
    for (const each of bad) {
      const text = `target: demo\nvars: { bearer: env:BEARER, password: env:PASSWORD }\ncases:\n  - ${each}\n`;
      const { stdout, stderr, exitCode } = await cli(['run'], { cwd: folderOf({ 'a.webhooks.yaml': text }), env });
      expect(stdout + stderr).not.toContain(canary);
      expect([exitCode, stdout]).toEqual([2, '']);
    }
  });

  it('that was captured is not taken for one of the environment in a later header', async () => {
    const text = `
target: RECEIVER
cases:
  - { send: scalev order.created, capture: { id: id } }
  - { send: scalev order.created, header: { X-A: "\${id}", X-B: "a \${id}" } }
`;
    const server = await captureServer(answer(200, '{"id":"env:TOKEN"}'));
    const cwd = folderOf({ 'a.webhooks.yaml': text.replace('RECEIVER', server.url) });
    await cli(['run'], { cwd, env });
    expect(server.requests[1]!.header('x-a')).toBe('env:TOKEN');
    expect(server.requests[1]!.head).not.toContain(canary);
  });
});
