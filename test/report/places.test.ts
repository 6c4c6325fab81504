import { execFile, execFileSync } from 'node:child_process';
import { linkSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const files = {
  'a.webhooks.yaml': 'target: demo\ncases: [{ send: scalev order.created }]\n',
  'other.webhooks.yaml': 'target: demo\ncases: []\n',
  '.env': 'A=b\n',
};

const run = (cwd: string, ...args: string[]) => cli(['run', 'a.webhooks.yaml', ...args], { cwd });

describe('where a report is written', () => {
  it('a link stays one, and its target is rewritten, also where that is not there yet', async () => {
    const cwd = folderOf({ 'a.webhooks.yaml': files['a.webhooks.yaml'], 'deep/old.xml': 'old' });
    symlinkSync('deep/old.xml', join(cwd, 'link.xml'));
    symlinkSync('deep/new.xml', join(cwd, 'dangling.xml'));
    const { exitCode } = await run(cwd, '--report', 'junit=link.xml', '--report', 'tap=dangling.xml');
    expect(exitCode).toBe(0);
    for (const link of ['link.xml', 'dangling.xml']) expect(lstatSync(join(cwd, link)).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(cwd, 'deep/old.xml'), 'utf8')).toContain('<testsuites');
    expect(readFileSync(join(cwd, 'deep/new.xml'), 'utf8')).toContain('TAP version 14');
    expect(readdirSync(join(cwd, 'deep')).sort()).toEqual(['new.xml', 'old.xml']);
  });

  it('stdout by any of its names is written to once', async () => {
    const cwd = folderOf({ 'a.webhooks.yaml': files['a.webhooks.yaml'] });
    for (const name of ['-', '/dev/stdout', '/dev/fd/1']) {
      const { stdout, exitCode } = await run(cwd, '--report', `junit=${name}`);
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(/^<\?xml[\s\S]*<\/testsuites>\n$/);
      expect((await run(cwd, '--report', `junit=${name}`, '--json')).stderr).toContain(
        'Only one report can go to stdout',
      );
    }
    expect((await run(cwd, '--report', 'junit=/dev/stderr')).stderr).toContain('<testsuites');
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
    expect((await run(cwd, '--report', 'junit=/dev/null')).exitCode).toBe(0);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it.skipIf(process.platform === 'win32')('a pipe is written to, and stays one', async () => {
    const cwd = folderOf({ 'a.webhooks.yaml': files['a.webhooks.yaml'] });
    execFileSync('mkfifo', [join(cwd, 'pipe')]);
    const reader = promisify(execFile)('cat', [join(cwd, 'pipe')]);
    expect((await run(cwd, '--report', 'junit=pipe')).exitCode).toBe(0);
    expect((await reader).stdout).toContain('</testsuites>');
    expect(statSync(join(cwd, 'pipe')).isFIFO()).toBe(true);
  });

  it.each([
    'a.webhooks.yaml',
    './a.webhooks.yaml',
    'other.webhooks.yaml',
    'webhook-sim.config.yaml',
    '.env',
    'soft',
    'hard',
  ])('never in place of what is read: %s', async (place) => {
    const server = await captureServer();
    const suite = `target: ${server.url}\ncases: [{ send: scalev order.created }]\n`;
    const cwd = folderOf({ ...files, 'webhook-sim.config.yaml': 'log: false\n', 'a.webhooks.yaml': suite });
    symlinkSync('a.webhooks.yaml', join(cwd, 'soft'));
    linkSync(join(cwd, 'a.webhooks.yaml'), join(cwd, 'hard'));
    const { exitCode, stderr } = await run(cwd, '--report', `junit=${place}`);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('is a file that webhook-sim reads');
    expect(readFileSync(join(cwd, 'a.webhooks.yaml'), 'utf8')).toBe(suite);
    expect(server.requests).toEqual([]);
  });

  it('no two in one place', async () => {
    const cwd = folderOf({ 'a.webhooks.yaml': files['a.webhooks.yaml'] });
    const { exitCode, stderr } = await run(cwd, '--report', 'junit=x/out', '--report', 'tap=x/../x/out');
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('something else is written to that file')]);
  });

  it.skipIf(process.platform !== 'linux')(
    'what can not be written is told, and is no verdict on the deliveries',
    async () => {
      const cwd = folderOf({ 'a.webhooks.yaml': files['a.webhooks.yaml'] });
      const full = await run(cwd, '--report', 'tap=/dev/full');
      expect(full.exitCode).toBe(2);
      expect(full.stderr).toContain("--report tap=/dev/full can't be written: ENOSPC");
      writeFileSync(
        join(cwd, 'a.webhooks.yaml'),
        'target: demo\ncases: [{ send: scalev order.created, expect: 400 }]\n',
      );
      expect((await run(cwd, '--report', 'tap=/dev/full')).exitCode).toBe(1);
    },
  );

  it('a summary of the job that can not be written is told', async () => {
    const cwd = folderOf({ 'a.webhooks.yaml': files['a.webhooks.yaml'] });
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(cwd, 'no/such/summary.md') };
    const automatic = await cli(['run'], { cwd, env });
    expect(automatic.exitCode).toBe(0);
    expect(automatic.stderr).toContain("the summary of the job can't be written: ENOENT");
    expect((await cli(['run', '--report', 'github'], { cwd, env })).exitCode).toBe(2);
  });
});
