import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runShell } from '../support/child.js';
import { folderOf } from '../support/folder.js';
import { bundleCli } from '../support/process.js';
import { examplesFolder, shellBlocks } from './describeExample.js';
import { runnerExamples } from './examples.js';

beforeAll(bundleCli);

/** A folder with an `npx` that runs the bundled command line. */
function standInFolder(): string {
  const folder = folderOf({ npx: '#!/bin/sh\nshift\nexec "$NODE" "$CLI" "$@"\n' });
  chmodSync(join(folder, 'npx'), 0o755);
  return folder;
}

/** Runs the tests of an example by its README, in a copy that may be changed first. */
async function runTests(name: string, change?: readonly [file: string, from: string, to: string]) {
  const cwd = folderOf({});
  cpSync(join(examplesFolder, name), cwd, { recursive: true });
  if (change) {
    const [file, from, to] = change;
    const text = readFileSync(join(cwd, file), 'utf8');
    expect(text).toContain(from);
    writeFileSync(join(cwd, file), text.replace(from, to));
  }
  const env = {
    // Debian's packages are those of the programs in /usr/bin.
    PATH: `${standInFolder()}:/usr/bin:${process.env.PATH}`,
    HOME: process.env.HOME ?? '',
    // Java reads names of files as the locale says.
    LC_ALL: 'C.UTF-8',
    XDG_STATE_HOME: folderOf({}),
  };
  const [, command] = shellBlocks(name);
  return { ...(await runShell(`set -e\n${command}`, [], { cwd, env })), cwd };
}

describe.each(runnerExamples)('the example $name', ({ name, proof, passed, breakage }) => {
  const lack = spawnSync(proof[0], proof.slice(1)).status === 0 ? '' : ` (skipped: ${proof.join(' ')} fails)`;

  it.skipIf(lack)(`passes its tests with the command of its README${lack}`, async () => {
    const { exitCode, stdout, stderr, cwd } = await runTests(name);
    expect(stdout, stderr).toMatch(passed);
    expect(exitCode).toBe(0);
    expect(readFileSync(join(cwd, 'webhooks.xml'), 'utf8')).toMatch(/<testsuites[^>]* failures="0"/);
  });

  if (!breakage) return;
  it.skipIf(lack)(`fails where what came twice is handled twice${lack}`, async () => {
    const { exitCode, stdout, stderr } = await runTests(name, breakage);
    expect(stdout + stderr).toMatch(/Faster[\s\S]*Faster/);
    expect(exitCode).not.toBe(0);
  });
});
