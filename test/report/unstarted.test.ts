import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { freePort } from '../support/rude.js';

const kinds = ['junit', 'tap', 'sarif', 'html', 'har', 'json'];
const reports = kinds.flatMap((kind) => ['--report', `${kind}=report.${kind}`]);
const secret = 'CANARY-of-the-server';

async function runReported(args: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const port = await freePort();
  const cwd = folderOf({
    'a.webhooks.yaml': `target: http://127.0.0.1:${port}/\ncases: [{ send: scalev order.created }, { send: scalev order.updated }]\n`,
    'dies.mjs': `console.log('cannot bind', process.env.SECRET); console.error('[[ATTACHMENT|/etc/passwd]] <b>'); process.exit(7);`,
    'ends.mjs': `import { createServer } from 'node:http'; createServer((_, res) => { res.end('ok'); setImmediate(() => process.exit(9)); }).listen(${port}, '127.0.0.1');`,
    'summary.md': '',
    'green.xml': '<testsuites errors="0"/>',
    ...files,
  });
  const { PATH, HOME } = process.env as Record<string, string>;
  const env = {
    ...{ PATH: PATH!, HOME: HOME!, CI: 'true', GITHUB_ACTIONS: 'true', SECRET: secret },
    ...{ GITHUB_STEP_SUMMARY: join(cwd, 'summary.md'), WEBHOOK_SIM_SCALEV_SECRET: secret },
  };
  const { exitCode, stdout, stderr } = await cli(args, { cwd, env });
  const read = (kind: string) => readFileSync(join(cwd, `report.${kind}`), 'utf8');
  return { exitCode, stdout, stderr, read, summary: readFileSync(join(cwd, 'summary.md'), 'utf8') };
}

/** All reports are red, and say why. */
function expectRed({ read, summary, stderr }: Awaited<ReturnType<typeof runReported>>, reason: RegExp): void {
  expect(read('junit')).toMatch(/<testsuites [^>]*errors="1"/);
  expect(read('junit').match(/<error /g)).toHaveLength(1);
  expect(read('junit')).toMatch(reason);
  expect(read('tap')).toMatch(new RegExp(`^Bail out! .*${reason.source}`, 'm'));
  expect(read('tap')).not.toMatch(/^1\.\./m);
  const [invocation] = JSON.parse(read('sarif')).runs[0].invocations;
  expect(invocation.executionSuccessful).toBe(false);
  expect(invocation.toolExecutionNotifications[0]).toEqual({
    level: 'error',
    message: { text: expect.stringMatching(reason) },
  });
  expect(read('html')).toContain('<header class="is-bad">');
  expect(read('html')).toMatch(reason);
  expect(JSON.parse(read('har')).log.comment).toMatch(reason);
  const errors = read('json')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ type }) => type === 'error');
  expect(errors).toEqual([
    {
      schemaVersion: 1,
      type: 'error',
      code: expect.any(String),
      message: expect.stringMatching(reason),
      hint: null,
      facts: expect.any(Object),
    },
  ]);
  expect(summary).toContain('## ❌');
  expect(summary).toMatch(reason);
  expect(stderr).toMatch(/^::error /m);
  for (const text of [...kinds.map(read), summary, stderr]) expect(text).not.toContain(secret);
}

describe('a run that never started is no green report:', () => {
  it('its server died, and its last words are told once', async () => {
    const ran = await runReported(['run', '--wait', '20s', ...reports, '--', process.execPath, 'dies.mjs']);
    expect(ran.exitCode).toBe(3);
    expectRed(ran, /ended with exit code 7/);
    for (const kind of ['junit', 'tap', 'sarif', 'html', 'json']) {
      expect(ran.read(kind).match(/cannot bind \(secret\)/g), kind).toHaveLength(1);
    }
    expect(ran.read('junit')).not.toContain('[[ATTACHMENT|');
  });

  it('nobody was there when the wait was over', async () => {
    const ran = await runReported(['run', '--wait', '100ms', ...reports]);
    expect(ran.exitCode).toBe(3);
    expectRed(ran, /was not ready after 100 ms/);
  });

  it('nobody was there, and nobody waited', async () => {
    const ran = await runReported(['run', ...reports]);
    expect(ran.exitCode).toBe(3);
    expectRed(ran, /No receiver was reached/);
  });

  it.each([
    [
      'a suite is wrong',
      ['run'],
      { 'a.webhooks.yaml': 'target: demo\ncases: [{ send: scalev order.creatd }]' },
      /order\.creatd/,
    ],
    ['a config is wrong', ['check', 'scalev', '--to', 'demo'], { 'webhook-sim.config.yaml': 'tagret: demo' }, /tagret/],
    ['there is no such program', ['run', '--', 'no-such-program'], {}, /no-such-program/],
  ])('%s', async (_, args, files, reason) => {
    const at = args.indexOf('--');
    const own = at < 0 ? [...args, ...reports] : [...args.slice(0, at), ...reports, ...args.slice(at)];
    const { exitCode, read } = await runReported(own, files);
    expect(exitCode).toBe(2);
    expect(read('junit')).toMatch(/<testsuites [^>]*errors="1"/);
    expect(read('junit')).toMatch(reason);
    expect(read('tap')).toMatch(/^Bail out! /m);
    expect(JSON.parse(read('sarif')).runs[0].invocations[0].executionSuccessful).toBe(false);
  });

  it('a check that reached nobody', async () => {
    const { exitCode, read } = await runReported([
      'check',
      'scalev',
      '--to',
      `127.0.0.1:${await freePort()}`,
      ...reports,
    ]);
    expect(exitCode).toBe(3);
    expect(read('junit')).toMatch(/<testsuites [^>]*errors="1"/);
    expect(JSON.parse(read('sarif')).runs[0].invocations[0].executionSuccessful).toBe(false);
  });

  it('a server that ends in mid-run is told with its exit code', async () => {
    const ran = await runReported(['run', ...reports, '--', process.execPath, 'ends.mjs']);
    expect(ran.exitCode).toBe(3);
    expectRed(ran, /ended with exit code 9/);
  });
});
