import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { runShell, startShell } from '../support/child.js';
import { bundleCli } from '../support/process.js';
import { fine, onRequest, polite, rudeServer } from '../support/rude.js';

beforeAll(bundleCli);

const send = 'cli send scalev order.created --to "$1"';
const withCode = (command: string) => `{ ${command}; echo "exit $?" >&2; }`;

/** A receiver that counts its requests, and its connections that are open. */
async function countingServer() {
  let requests = 0;
  let open = 0;
  const { url } = await rudeServer((socket) => {
    open++;
    socket.on('close', () => open--);
    onRequest(() => ++requests && socket.write(fine))(socket);
  });
  return { url, requests: () => requests, open: () => open };
}

describe('a reader of stdout that goes away', () => {
  it.each(['--json', '-v', ''])('ends the run soon and silently: %s', async (flag) => {
    const { url, requests, open } = await countingServer();
    const command = `${withCode(`${send} -q --count 20000 --concurrency 5 ${flag} ${flag ? '' : '--expect 201'}`)} | head -1`;
    const { stdout, stderr, elapsedMs } = await runShell(command, [url]);
    expect(stdout.split('\n')).toHaveLength(2);
    expect(stderr).toMatch(/^exit 1\n$/);
    expect(elapsedMs).toBeLessThan(20_000);
    await expect.poll(open).toBe(0);
    expect(requests()).toBeLessThan(5000);
  });

  it('ends a preview that nobody would live to see', async () => {
    const { stdout, stderr, elapsedMs } = await runShell(
      `${withCode('cli send scalev order.created --dry-run --json -q --count 100000000')} | head -1`,
    );
    expect(JSON.parse(stdout).type).toBe('dry-run');
    expect(stderr).toBe('exit 1\n');
    expect(elapsedMs).toBeLessThan(20_000);
  });

  it('before anything is written is no crash', async () => {
    for (const command of ['list', '--version', '--help', 'show scalev order.created']) {
      // Begins once nobody reads any more.
      const gone = '(trap "" PIPE; while echo; do :; done) 2> /dev/null';
      const { stderr } = await runShell(`{ ${gone}; ${withCode(`cli ${command}`)}; } | true`);
      expect(stderr).toBe('exit 1\n');
    }
  });
});

describe('a stream that is closed', () => {
  it.each([
    ['stdout', '>&-', ''],
    ['stderr', '2>&-', '✓ 200'],
    ['both', '>&- 2>&-', ''],
    ['all three', '<&- >&- 2>&-', ''],
  ])('is no failure: %s', async (_, redirection, printed) => {
    const { url, requests } = await countingServer();
    const { exitCode, stdout, stderr } = await runShell(`LC_ALL=C.UTF-8 ${send} ${redirection}`, [url]);
    expect(stdout).toContain(printed);
    expect(stderr).not.toMatch(/Error|EBADF/);
    expect([exitCode, requests()]).toEqual([0, 1]);
  });

  it.each(['--version', '--help', 'list', 'list --json', 'show scalev order.created'])(
    'stdout, of a command that only prints: %s',
    async (command) => {
      expect(await runShell(`cli ${command} >&-`)).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    },
  );
});

describe.runIf(existsSync('/dev/full'))('a full disk', () => {
  const lost =
    "webhook-sim: stdout can't be written, and the rest of the output is lost: ENOSPC: no space left on device.\n";

  it.each(['--version', '--help', 'list', 'show scalev order.created', 'send scalev order.created -q --dry-run'])(
    'is told, and no success: %s',
    async (command) => {
      const { exitCode, stderr } = await runShell(`cli ${command} > /dev/full`);
      expect(stderr.replace('Nothing was sent.\n', '')).toBe(lost);
      expect(exitCode).toBe(1);
    },
  );

  it('stops a run', async () => {
    const { url, requests } = await countingServer();
    const { exitCode, stderr } = await runShell(`${send} -q --json --count 5000 > /dev/full`, [url]);
    expect(stderr).toBe(lost);
    expect(exitCode).toBe(1);
    expect(requests()).toBeLessThan(100);
  });

  it('leaves a run the exit code that it earned', async () => {
    const { url } = await rudeServer((socket) => socket.end());
    const { exitCode, stderr } = await runShell(`${send} -q > /dev/full`, [url]);
    expect([exitCode, stderr]).toEqual([3, lost]);
  });

  it('under stderr loses talk and no result', async () => {
    const { exitCode, stdout } = await runShell('LC_ALL=C.UTF-8 cli send scalev order.created 2> /dev/full');
    expect(stdout).toContain('✓ 200 scalev order.created');
    expect(exitCode).toBe(0);
  });
});

describe('a slow reader of stdout', () => {
  it('gets every line whole, and slows nobody into a time limit', async () => {
    const { url, requests } = await countingServer();
    const { stdout, stderr } = await runShell(
      `${withCode(`${send} -q --json --count 1500 --concurrency 5 --timeout 1900ms`)} | { sleep 2; cat; }`,
      [url],
    );
    const lines = stdout.trimEnd().split('\n');
    const summary = JSON.parse(lines.pop()!);
    expect(lines.map((line) => JSON.parse(line).outcome)).toEqual(Array(1500).fill('accepted'));
    expect(summary).toMatchObject({ sent: 1500, accepted: 1500, interrupted: false });
    expect(summary.latencyMs.max).toBeLessThan(1900);
    expect(requests()).toBe(1500);
    expect(stderr).toBe('exit 0\n');
  });

  it('gets all of what a short command prints', async () => {
    const { stdout } = await runShell('cli send scalev --all --dry-run --json --count 30 | { sleep 1; cat; }');
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).type)).toEqual(Array(360).fill('dry-run'));
  });

  it('of both streams gets whole lines in turn', async () => {
    const { url } = await rudeServer(polite);
    const { stdout } = await runShell(`${send} --json --count 500 2>&1 | { sleep 1; cat; }`, [url]);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^Scalev to http/);
    for (const line of lines.slice(1)) expect(() => JSON.parse(line)).not.toThrow();
    expect(lines).toHaveLength(502);
  });

  it('does not keep a run from being interrupted', async () => {
    const { url, requests } = await countingServer();
    const run = 'exec "$NODE" "$CLI" send scalev order.created --to "$1" -q --json --count 5000';
    const command = `sh -c 'echo "pid $$ is it" >&2; ${run}' sh "$1"`;
    const child = startShell(`${withCode(command)} | sleep 20`, [url]);
    await child.printed('is it');
    // More lines than a pipe holds.
    await expect.poll(requests, { timeout: 30_000 }).toBeGreaterThan(100);
    const started = performance.now();
    process.kill(Number(/pid (\d+)/.exec(child.stderr)![1]), 'SIGTERM');
    await child.printed('exit 143');
    // Its reader would keep it for 20 seconds.
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});
