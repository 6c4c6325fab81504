import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { correct, receiver, secret } from './receiver.js';

const quick = ['--only', 'plain', '--only', 'wrong-secret', '--secret', secret];

it('writes the reports of suites beside its own', async () => {
  const cwd = folderOf({});
  const url = await receiver(() => 200);
  const reports = ['--report', 'sarif=a/check.sarif', '--report', 'junit=check.xml'];
  const { exitCode, stdout } = await cli(['check', 'scalev', '--to', url, ...quick, ...reports], { cwd });
  expect(exitCode).toBe(1);
  expect(stdout).toContain('wrong-secret');
  const { runs } = JSON.parse(readFileSync(join(cwd, 'a/check.sarif'), 'utf8'));
  expect(runs[0].results).toHaveLength(1);
  expect(readFileSync(join(cwd, 'check.xml'), 'utf8')).toContain(
    '<testsuites name="webhook-sim" tests="1" failures="1"',
  );
});

it('leaves stdout to a report that asks for it', async () => {
  const url = await receiver(correct);
  const { exitCode, stdout } = await cli(['check', 'scalev', '--to', url, ...quick, '--report', 'tap=-']);
  expect(stdout).toMatch(
    /^TAP version 14\nok 1 - check: check scalev order.created\n[\s\S]*\n1\.\.1\n# 1 passed .*\n$/,
  );
  expect(exitCode).toBe(0);
});

it('sends nothing for a report that there is not, or that can not be written', async () => {
  let requests = 0;
  const url = await receiver(() => {
    requests++;
    return 200;
  });
  for (const report of ['sarf=x', 'sarif', 'sarif=/proc/none/x']) {
    const { exitCode, stderr } = await cli(['check', 'scalev', '--to', url, '--report', report]);
    expect([exitCode, requests]).toEqual([2, 0]);
    expect(stderr).toContain('--report');
  }
});
