import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { bundleCli, bundledCli, runProcess } from '../support/process.js';
import { receiver } from '../support/receiver.js';

describe('the files of the bundle that a command loads', () => {
  beforeAll(bundleCli);

  it('are four for list', async () => {
    const loaded = await modulesLoadedBy(['list']);
    expect(loaded).toContain('cli.js');
    expect(loaded.length, `list loads ${loaded.join(', ')}`).toBeLessThanOrEqual(4);
    const texts = await Promise.all(loaded.map((name) => readFile(join(dirname(bundledCli), name), 'utf8')));
    expect(texts.join('').includes('llhttp'), 'list loads the HTTP client').toBe(false);
  });

  it('are seven for send', async () => {
    const { port, reached } = await receiver();
    const loaded = await modulesLoadedBy(['send', 'scalev', 'order.created', '--to', `127.0.0.1:${port}`]);
    expect(reached).toHaveLength(1);
    expect(loaded).toContain('cli.js');
    expect(loaded.length, `send loads ${loaded.join(', ')}`).toBeLessThanOrEqual(7);
  });

  it('are ten for run before it reads a suite; build/chunks.js says how they come about', async () => {
    const loaded = await modulesLoadedBy(['run', 'missing.suite.yaml'], 2);
    const used = loaded.filter((name) => !name.startsWith('_printError-'));
    expect(used.length, `run loads ${loaded.join(', ')}`).toBeLessThanOrEqual(10);
  });

  it('are no description, for list and completion; send reads that of its own provider', async () => {
    // Other tests use the bundle at the same time: a copy is spoilt.
    const copy = await mkdtemp(join(tmpdir(), 'webhook-sim-opened-'));
    onTestFinished(() => rm(copy, { recursive: true, force: true }));
    await cp(dirname(bundledCli), copy, { recursive: true });
    const run = (argv: readonly string[]) => runProcess(argv, {}, join(copy, basename(bundledCli)));
    const folder = join(copy, 'catalogue');
    const names = (await readdir(folder)).filter((name) => name.endsWith('.js'));
    expect(names.length).toBeGreaterThanOrEqual(25);
    for (const name of names) if (name !== 'stripe.js') await writeFile(join(folder, name), 'export default no JSON');
    const [list, complete, send, other] = await Promise.all([
      run(['list']),
      run(['complete', '--shell', 'bash', '--', 'send', 'gith']),
      run(['send', 'stripe', 'payment_intent.succeeded', '--dry-run']),
      run(['show', 'github']),
    ]);
    expect(list.stdout).toMatch(/^ {2}github +\S/m);
    expect(complete.stdout).toContain('github');
    expect([list, send].map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(other.exitCode, 'what is not read could not be missed').not.toBe(0);
  });
});

/** Names of the bundle's modules that a command loads, as V8 tells them; a late import counts as well as a static one. */
async function modulesLoadedBy(argv: readonly string[], expected = 0): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'webhook-sim-opened-'));
  try {
    const { exitCode, stderr } = await runProcess(argv, { NODE_V8_COVERAGE: folder });
    expect(exitCode, stderr).toBe(expected);
    const urls = new Set<string>();
    for (const file of await readdir(folder)) {
      const { result } = JSON.parse(await readFile(join(folder, file), 'utf8')) as { result: { url: string }[] };
      for (const { url } of result) urls.add(url);
    }
    return [...urls]
      .filter((url) => url.startsWith('file:'))
      .map((url) => fileURLToPath(url))
      .filter((path) => dirname(path) === dirname(bundledCli) && path !== bundledCli)
      .map((path) => basename(path));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
