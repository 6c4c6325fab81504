import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ChildEnded, runShell } from '../support/child.js';
import { bundleCli } from '../support/process.js';
import { fiveProviders } from '../support/providers.js';
import { freePort } from '../support/rude.js';

const folder = join(import.meta.dirname, '../../examples');
const providers: Record<string, readonly string[]> = {
  express: ['scalev', 'commercelayer'],
  fastify: ['covver'],
  node: ['bharatcart'],
  python: ['scalev'],
  ruby: ['webconnex'],
};
const stacks = Object.keys(providers);
const hasRuby = spawnSync('ruby', ['-ropenssl', '-e', '']).status === 0;
const lacking = (stack: string) => (stack === 'ruby' && !hasRuby ? ' (skipped: there is no ruby)' : '');

beforeAll(bundleCli);

/** The shell blocks of an example's README: how to set up, how to run, how to see it fail. */
function blocks(stack: string): string[] {
  const text = readFileSync(join(folder, stack, 'README.md'), 'utf8');
  return [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1]!);
}

/** Runs the commands of a README in the example's folder, at a port of the test's own. */
async function run(stack: string, commands: string): Promise<ChildEnded> {
  const port = String(await freePort());
  const env = { PORT: port, WEBHOOK_SIM_TARGET: `http://127.0.0.1:${port}/webhooks/{provider}` };
  return runShell(`npx() { shift; cli "$@"; }\n${commands}`, [], { cwd: join(folder, stack), env });
}

describe.each(stacks)('the example %s', (stack) => {
  const test = it.skipIf(lacking(stack) !== '');
  const [setUp = '', right = '', wrong = ''] = blocks(stack);

  test(`passes its suite with the commands of its README${lacking(stack)}`, async () => {
    expect(setUp).toContain(`cd examples/${stack}\n`);
    expect(right).toMatch(/^npx webhook-sim run -- /m);
    const { exitCode, stdout, stderr } = await run(stack, right);
    expect(stdout, stderr).toMatch(/\n\d+ passed · \d+ deliveries · /);
    for (const name of providers[stack]!) expect(stdout).toMatch(new RegExp(`✓ check ${name} +grade A`));
    expect(exitCode).toBe(0);
  });

  test(`fails when the receiver has another secret${lacking(stack)}`, async () => {
    const [name] = providers[stack]!;
    const exports = right.split('\n').filter((line) => line.startsWith('export '));
    const { exitCode, stdout } = await run(stack, [...exports, wrong].join('\n'));
    expect(stdout).toMatch(new RegExp(`✗ ${name} .*\\n +not accepted: 401`));
    expect(exitCode).toBe(1);
  });

  test(`does not start without a secret${lacking(stack)}`, async () => {
    const { exitCode, stderr } = await run(stack, wrong.replace(/(env \w+)=another/, '$1='));
    expect(stderr).toMatch(
      /ended with exit code 1 before .* was ready\. Nothing was sent\.\nIt wrote:\n[\s\S]*Set \w+ to the secret/,
    );
    expect(exitCode).toBe(3);
  });
});

describe('the examples', () => {
  it('cover every provider', () => {
    expect(new Set(Object.values(providers).flat())).toEqual(new Set(fiveProviders.map(({ name }) => name)));
  });

  it('are all run here', () => {
    const withSuite = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.webhooks.yaml') && !name.includes('node_modules'))
      .map((name) => name.split('/')[0]);
    expect(new Set(withSuite)).toEqual(new Set(stacks));
  });
});
