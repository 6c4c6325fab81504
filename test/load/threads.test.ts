import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import type { load as loadFunction } from '../../src/index.js';
import { runCli, startCli } from '../support/child.js';
import { folderOf } from '../support/folder.js';
import { bundleCli, bundledCli, runProcess } from '../support/process.js';

beforeAll(bundleCli);

interface Got {
  readonly body: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A receiver that keeps what comes; it answers nothing where it hangs. */
async function receiver({ hangs = false } = {}) {
  const got: Got[] = [];
  let onGot = () => {};
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      got.push({ body, headers: request.headers });
      onGot();
      if (!hangs) response.end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const until = (count: number) =>
    new Promise<void>((resolve) => {
      onGot = () => {
        if (got.length >= count) resolve();
      };
      onGot();
    });
  return { url: `http://127.0.0.1:${(server.address() as { port: number }).port}/`, got, until };
}

const linesOf = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

const faulty = ['--duplicates', '20%', '--faults', 'cut-body=5%'];

it('sends from several threads: ids, numbers and signatures are of no other, and all are counted once', async () => {
  const { url, got } = await receiver();
  const { stdout, stderr } = await runProcess([
    ...['load', 'github', 'push', '--to', url, '--rate', '200/s', '--for', '500ms', '--workers', '6'],
    ...['--seed', '7', '--json', '--secret', 'shared', '--expect', '2xx', '--set', 'ref=refs/heads/{{seq}}'],
    ...['--set', 'compare:="https://example.com"', '--unset', 'base_ref', ...faulty],
  ]);
  const lines = linesOf(stdout);
  const summary = lines.at(-1);
  expect(summary).toMatchObject({ due: 100, dropped: 0, failed: { rejected: 0, broken: 0 } });
  expect([summary.ended, summary.ok, got.length]).toEqual([summary.sent, summary.sent, summary.sent]);
  expect(summary.sent).toBeGreaterThan(105);
  expect(lines.slice(0, -1).reduce((sum, { sent }) => sum + sent, 0)).toBe(summary.sent);
  expect(summary.spans.reduce((sum: number, { ended }: { ended: number }) => sum + ended, 0)).toBe(summary.sent);
  expect(stderr).toMatch(/--workers 6: this machine has|^github push to/);
  for (const { body, headers } of got) {
    expect(headers['x-hub-signature-256']).toBe(`sha256=${createHmac('sha256', 'shared').update(body).digest('hex')}`);
    expect(JSON.parse(body)).toMatchObject({ compare: 'https://example.com' });
    expect(JSON.parse(body)).not.toHaveProperty('base_ref');
  }
  // What is sent twice has the same id, and nothing else.
  expect(new Set(got.map(({ headers }) => headers['x-github-delivery'])).size).toBe(100);
  const numbers = got.map(({ body }) => Number(JSON.parse(body).ref.slice('refs/heads/'.length)));
  expect([...new Set(numbers)].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, at) => at + 1));
});

it('reads the config in each thread, a flow and what came on standard input', async () => {
  const { url, got } = await receiver();
  const cwd = folderOf({
    'webhook-sim.config.json': JSON.stringify({
      targets: { shop: { url, header: { 'X-Shop': 'env:SHOP' } } },
      target: 'shop',
    }),
  });
  const { stdout, exitCode } = await runCli(
    [
      'load',
      '--flows',
      'scalev fulfilment',
      '--rate',
      '20/s',
      '--for',
      '500ms',
      '--workers',
      '2',
      '--json',
      '--secret',
      '-',
    ],
    { cwd, env: { SHOP: 'one' }, stdin: 'typed' },
  );
  const summary = linesOf(stdout).at(-1);
  expect(summary).toMatchObject({ due: 10, dropped: 0, unfinished: 0, ok: got.length });
  expect(exitCode).toBe(summary.machineLimit === null ? 0 : 1);
  expect(new Set(got.map(({ headers }) => headers['x-shop']))).toEqual(new Set(['one']));
  for (const { body, headers } of got) {
    expect(headers['x-scalev-hmac-sha256']).toBe(createHmac('sha256', 'typed').update(body).digest('base64'));
  }
});

it('ends all threads at Ctrl-C, with what they have sent', async () => {
  const { url, until } = await receiver({ hangs: true });
  const child = startCli([
    'load',
    'github',
    'push',
    '--to',
    url,
    '--rate',
    '50/s',
    '--for',
    '1h',
    '--workers',
    '2',
    '--json',
  ]);
  await until(20);
  child.process.kill('SIGINT');
  const { shellCode, stdout } = await child.ended;
  const summary = linesOf(stdout).at(-1);
  expect(shellCode).toBe(130);
  expect(summary).toMatchObject({ type: 'summary', interrupted: true, ended: 0, verdict: 'not_judged' });
  expect(summary.sent).toBeGreaterThanOrEqual(20);
  expect(summary.unfinished).toBe(summary.sent);
});

it.each([
  ['imported', (folder: string) => import(pathToFileURL(join(folder, 'index.js')).href)],
  ['required', async (folder: string) => createRequire(import.meta.url)(join(folder, 'index.cjs'))],
])('works in the library as it is %s', async (_, take) => {
  const { load }: { load: typeof loadFunction } = await take(dirname(bundledCli));
  const { url, got } = await receiver();
  const options = { provider: 'stripe', events: 'invoice.paid', to: url, rate: 100, for: 200 } as const;
  const run = load({ ...options, workers: 2, set: { 'data.object.number': 'N-{{seq}}' } });
  let seconds = 0;
  for await (const { type } of run) if (type === 'second') seconds++;
  expect(await run.result()).toMatchObject({ due: 20, sent: 20, ok: 20, interrupted: false });
  expect(seconds).toBeGreaterThan(0);
  expect(got).toHaveLength(20);
  expect(new Set(got.map(({ body }) => JSON.parse(body).id)).size).toBe(20);
  await expect(load({ ...options, to: () => new Response(), workers: 2 }).result()).rejects.toThrow('options.workers');
});

it('does not begin where a thread cannot', async () => {
  const { url, got } = await receiver();
  const { exitCode, stderr } = await runProcess([
    'load',
    'github',
    'push',
    '--to',
    url,
    '--rate',
    '5/s',
    '--workers',
    '65',
  ]);
  expect([exitCode, got.length]).toEqual([2, 0]);
  expect(stderr).toContain('--workers');
});
