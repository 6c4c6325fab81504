import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { insist, startCli, startShell } from '../support/child.js';
import { bundleCli } from '../support/process.js';
import { fine, onRequest, polite, rudeServer } from '../support/rude.js';
import { swallowingPort } from '../support/swallow.js';

beforeAll(bundleCli);

const command = (url: string, ...flags: string[]) => ['send', 'scalev', 'order.created', '--to', url, ...flags];
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const promptMs = 20_000;
const trace = /\n\s+at |Error:/;

/** A folder with a named pipe that nobody writes to. */
function fifoFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'webhook-sim-signals-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  return folder;
}

/** A receiver that answers the first `count` requests and leaves all others without an answer. */
async function hangingAfter(count: number) {
  let requests = 0;
  let allCame = () => {};
  const arrived = new Promise<void>((resolve) => {
    allCame = resolve;
  });
  const { url } = await rudeServer(
    onRequest((socket) => {
      if (++requests <= count) socket.write(fine);
      else allCame();
    }),
  );
  return { url, arrived };
}

describe.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s', (signal, code) => {
  it.each([
    ['linux', { exitCode: null, signal }],
    ['win32', { exitCode: code, signal: null }],
  ])('ends a process that something keeps alive as %s knows it', async (platform, expected) => {
    const { url, arrived } = await hangingAfter(0);
    const before = `
      Object.defineProperty(process, 'platform', { value: '${platform}' });
      setInterval(() => {}, 1000);`;
    const child = startCli(command(url, '--timeout', '1m'), { before });
    await arrived;
    child.process.kill(signal);
    expect(await child.ended).toMatchObject({ ...expected, stdout: 'Interrupted: 0 sent\n' });
  });

  it('in the middle of a run ends it with a partial summary, also where the receiver hangs', async () => {
    const { url, arrived } = await hangingAfter(3);
    const child = startCli(command(url, '--count', '50', '--timeout', '1m'));
    await Promise.all([arrived, child.printed('✓ 200', 3)]);
    const sentAt = performance.now();
    child.process.kill(signal);
    const { shellCode, stdout, stderr } = await child.ended;
    expect(performance.now() - sentAt).toBeLessThan(promptMs);
    expect(shellCode).toBe(code);
    expect(stdout).toMatch(/\nInterrupted: 3 sent . 3 accepted .*\n$/);
    expect(stderr).not.toMatch(trace);
  });

  it('says so in the summary of --json', async () => {
    const { url, arrived } = await hangingAfter(2);
    const child = startCli(command(url, '--count', '50', '--timeout', '1m', '--concurrency', '5', '--json', '-q'));
    await Promise.all([arrived, child.printed('"type":"delivery"', 2)]);
    child.process.kill(signal);
    const { exitCode, stdout, stderr } = await child.ended;
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ type }) => type)).toEqual(['delivery', 'delivery', 'summary']);
    expect(lines.at(-1)).toMatchObject({ interrupted: true, sent: 2, accepted: 2 });
    expect([exitCode, stderr]).toEqual([code, '']);
  });

  it('before there is a connection ends the run as well', async () => {
    const port = await swallowingPort();
    const before = `
      import { subscribe } from 'node:diagnostics_channel';
      subscribe('net.client.socket', () => process._rawDebug('connects'));`;
    const child = startCli(command(`http://127.0.0.1:${port}`, '--timeout', '1m'), { before });
    await child.printed('connects');
    child.process.kill(signal);
    const { shellCode, stdout, elapsedMs } = await child.ended;
    expect(shellCode).toBe(code);
    expect(stdout).toBe('Interrupted: 0 sent\n');
    expect(elapsedMs).toBeLessThan(promptMs + 1000);
  });

  it('in a run at full speed loses no line', async () => {
    const { url } = await rudeServer(polite);
    const child = startCli(command(url, '--count', '1000000', '--concurrency', '10', '--json', '-q'));
    await child.printed('"type":"delivery"', 500);
    child.process.kill(signal);
    const { shellCode, stdout } = await child.ended;
    const lines = stdout.trimEnd().split('\n');
    const summary = JSON.parse(lines.at(-1)!);
    expect(summary).toMatchObject({ type: 'summary', interrupted: true, sent: lines.length - 1 });
    expect(shellCode).toBe(code);
  });

  it('while input is awaited ends the process as any other', async () => {
    const cwd = fifoFolder();
    const child = startShell('exec "$NODE" "$CLI" sign scalev pipe', [], { cwd });
    // Opens once somebody reads it.
    const writer = await open(join(cwd, 'pipe'), 'w');
    child.process.kill(signal);
    expect(await child.ended).toMatchObject({ signal, stdout: '', stderr: '' });
    await writer.close();
  });
});

describe('a signal', () => {
  it('that comes twice at once, as npx passes it on, still leaves time for the summary', async () => {
    const { url, arrived } = await hangingAfter(1);
    const child = startCli(command(url, '--count', '9', '--timeout', '1m'));
    await Promise.all([arrived, child.printed('✓ 200')]);
    child.process.kill('SIGINT');
    await pause(5);
    child.process.kill('SIGINT');
    const { exitCode, signal, stdout } = await child.ended;
    expect(stdout).toContain('Interrupted: 1 sent');
    // The second one may find the process at its end, where nothing listens any more; a shell sees 130 for both.
    expect([130, 'SIGINT']).toContain(exitCode ?? signal);
  });

  it('that comes again ends a process that is stuck', async () => {
    const { url, arrived } = await hangingAfter(0);
    const before = 'setInterval(() => {}, 1000); process.exit = process.kill = () => process._rawDebug("would end");';
    const child = startCli(command(url, '--timeout', '1m'), { before });
    await arrived;
    child.process.kill('SIGINT');
    await child.printed('would end');
    expect(child.process.exitCode).toBeNull();
    const sentAt = performance.now();
    await insist(child.process, 'SIGINT');
    expect(await child.ended).toMatchObject({ signal: 'SIGINT' });
    expect(performance.now() - sentAt).toBeLessThan(promptMs);
  });
});
