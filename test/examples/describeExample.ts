import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChildEnded, runShell } from '../support/child.js';
import { cleanEnv } from '../support/installed.js';
import { freePort } from '../support/rude.js';

const tests = join(import.meta.dirname, '..');

export const examplesFolder = join(tests, '../examples');

/** A receiver of `examples/`, with a suite and a README that says how to run it. */
export interface Example {
  /** Its folder. */
  readonly name: string;
  readonly providers: readonly string[];
  /** The folder of `test/` that has its packages; by default it needs none, or those of the project. */
  readonly packages?: 'official' | 'next';
  /** Whether it has tests for `npm test`, with the library. */
  readonly hasTests?: true;
  /** A program that shows that the rest of what it needs is there; one with a path is found first by it. */
  readonly proof?: readonly [program: string, ...args: string[]];
}

/** The shell blocks of an example's README: how to set up, how to run, how to see it fail. */
export function shellBlocks(name: string): string[] {
  const text = readFileSync(join(examplesFolder, name, 'README.md'), 'utf8');
  return [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1]!);
}

/** Returns why an example can't be run here; empty where it can. */
function lackReason({ packages, proof }: Example): string {
  if (packages && !existsSync(join(tests, packages, 'node_modules')))
    return ` (skipped: the packages of test/${packages} are not installed)`;
  const [program, ...args] = proof ?? [];
  return program && spawnSync(program, args).status !== 0 ? ` (skipped: ${proof!.join(' ')} fails)` : '';
}

/** Tests an example by the commands of its README: it passes its suite, and fails where it has another secret, or none. */
export function describeExample(example: Example): void {
  const { name, providers, packages } = example;
  const lack = lackReason(example);
  const test = it.skipIf(lack !== '');
  const [setUp = '', right = '', wrong = ''] = shellBlocks(name);
  const exports = right.replace(/^(?!export ).*\n/gm, '');
  // Where its packages are found: next to them.
  const folder = packages ? join(tests, packages, 'copies', name) : join(examplesFolder, name);

  /** Runs the commands of a README in the example's folder, at a port of the test's own. */
  async function run(commands: string): Promise<ChildEnded> {
    const port = String(await freePort());
    const [target] = /(?<=^target: ).*/m.exec(readFileSync(join(folder, 'smoke.webhooks.yaml'), 'utf8'))!;
    const env = {
      PORT: port,
      WEBHOOK_SIM_TARGET: target.replace(':3000', `:${port}`),
      npm_config_update_notifier: 'false',
      ...(example.proof?.[0].includes('/') && { PATH: `${dirname(example.proof[0])}:${process.env.PATH}` }),
    };
    return runShell(`npx() { shift; cli "$@"; }\n${commands}`, [], { cwd: folder, env });
  }

  describe(`the example ${name}`, () => {
    beforeAll(() => {
      if (!packages || lack) return;
      rmSync(folder, { recursive: true, force: true });
      cpSync(join(examplesFolder, name), folder, {
        recursive: true,
        filter: (path) => !/node_modules|\.next/.test(path.slice(examplesFolder.length)),
      });
    });
    afterAll(() => {
      if (packages) rmSync(folder, { recursive: true, force: true });
    });

    test(`passes its suite with the commands of its README${lack}`, async () => {
      expect(setUp).toContain(`cd examples/${name}\n`);
      expect(right).toMatch(/^npx webhook-sim run .*-- /m);
      const { exitCode, stdout, stderr } = await run(right);
      expect(stdout, stderr).toMatch(/\n\d+ passed · \d+ deliveries · /);
      for (const provider of providers) expect(stdout).toMatch(new RegExp(`✓ check ${provider} +grade A`));
      expect(exitCode).toBe(0);
    });

    test(`fails when the receiver has another secret${lack}`, async () => {
      const [provider] = providers;
      const { exitCode, stdout } = await run(exports + wrong);
      expect(stdout).toMatch(new RegExp(`✗ (flow )?${provider} .*\\n( .*\\n)*? +not accepted: 40[01]`));
      expect(exitCode).toBe(1);
    });

    test(`does not start without a secret${lack}`, async () => {
      const { exitCode, stderr } = await run(exports + wrong.replace(/(env \w+)=another/, '$1='));
      expect(stderr).toMatch(
        /ended with exit code 1 before .* was ready\. Nothing was sent\.\nIt wrote:\n[\s\S]*Set \w+ to the secret/,
      );
      expect(exitCode).toBe(3);
    });

    if (!example.hasTests) return;
    test(`passes its tests${lack}`, () => {
      mkdirSync(join(folder, 'node_modules'));
      symlinkSync(join(tests, '..'), join(folder, 'node_modules/webhook-sim'));
      const argv = ['--test', '--test-reporter=tap'];
      const { status, stdout } = spawnSync(process.execPath, argv, { cwd: folder, env: cleanEnv(), encoding: 'utf8' });
      expect(stdout).toMatch(/^# pass [1-9]\d/m);
      expect(status, stdout).toBe(0);
    });
  });
}
