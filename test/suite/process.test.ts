import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli, startCli } from '../support/child.js';
import { folderOf } from '../support/folder.js';
import { bundleCli } from '../support/process.js';
import { fine, freePort, onRequest, rudeServer } from '../support/rude.js';

beforeAll(bundleCli);

const locale = { LANG: 'C.UTF-8' };

/** A receiver that answers the first `count` requests and leaves all others without an answer. */
async function hangingAfter(count: number) {
  let requests = 0;
  let hangs = () => {};
  const hung = new Promise<void>((resolve) => {
    hangs = resolve;
  });
  const { url } = await rudeServer(onRequest((socket) => (++requests <= count ? socket.write(fine) : hangs())));
  return { url, hung };
}

describe.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s', (signal, code) => {
  it('ends a run with all that is known by then, in every report', async () => {
    const { url, hung } = await hangingAfter(2);
    const cwd = folderOf({
      'a.webhooks.yaml': `target: ${url}\ncases:\n  - { send: scalev order.created, repeat: 5, timeout: 1m }\n`,
    });
    const child = startCli(['run', '--report', 'json=run.jsonl'], { cwd, env: locale });
    await hung;
    child.process.kill(signal);
    const { shellCode, stdout, stderr } = await child.ended;
    expect(stdout).toMatch(
      /^a\.webhooks\.yaml\n( {2}✓ .*\n){2}( {2}– .* interrupted\n){3}\nInterrupted: 2 passed, 3 skipped · 2 deliveries · .*\n$/,
    );
    expect(stderr).not.toMatch(/\n\s+at |Error:/);
    const lines = readFileSync(join(cwd, 'run.jsonl'), 'utf8').trimEnd().split('\n');
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ type: 'summary', interrupted: true, sent: 2 });
    expect(shellCode).toBe(code);
  });
});

describe('a receiver that is started with --', () => {
  const receiver = `
    console.log('starting');
    require('node:http').createServer((request, response) => {
      request.resume();
      console.error('\\u001b[31mgot ' + request.url);
      response.statusCode = Number(request.url.slice(1)) || 200;
      response.end('done');
    }).listen(Number(process.env.PORT), '127.0.0.1');
    require('node:fs').writeFileSync('pid', String(process.pid));`;

  const project = async (cases: string, program = receiver) => {
    const port = await freePort();
    const text = `target: http://127.0.0.1:${port}\ncases:\n${cases.replaceAll('RECEIVER', `http://127.0.0.1:${port}`)}`;
    return {
      cwd: folderOf({ 'a.webhooks.yaml': text, 'receiver.cjs': program }),
      env: { ...locale, PORT: String(port) },
    };
  };
  const isAlive = (cwd: string) => {
    try {
      process.kill(Number(readFileSync(join(cwd, 'pid'), 'utf8')), 0);
      return true;
    } catch {
      return false;
    }
  };

  it('is waited for, its log is shown with what failed, and it is stopped', async () => {
    const options = await project(
      '  - { send: scalev order.created, to: RECEIVER/200 }\n  - { send: scalev order.created, to: RECEIVER/500 }\n',
    );
    const { exitCode, stdout, stderr } = await runCli(['run', '--', 'node', 'receiver.cjs'], options);
    expect(stdout).toMatch(/ {2}✓ scalev order\.created +200 {2}.*\n {2}✗ scalev order\.created \(2\) +500 {2}/);
    // What it wrote about the case before may arrive late.
    expect(stdout).toMatch(
      / {4}answer: done\n {4}the receiver wrote:\n( {6}\\x1b\[31mgot \/200\n)? {6}\\x1b\[31mgot \/500\n/,
    );
    expect(stdout).not.toContain('starting');
    expect(stderr).toMatch(/Ready after /);
    expect(exitCode).toBe(1);
    expect(existsSync(join(options.cwd, 'pid'))).toBe(true);
    expect(isAlive(options.cwd)).toBe(false);
  });

  it('has its log in the lines of --json, for what failed only', async () => {
    const options = await project('  - send: scalev order.created\n  - { send: scalev order.created, expect: 404 }\n');
    const { stdout } = await runCli(['run', '--json', '-q', '--', 'node', 'receiver.cjs'], options);
    const results = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ type }) => type === 'result');
    expect(results.map(({ log }) => log)).toEqual([null, expect.stringMatching(/^(\u001b\[31mgot \/\n){1,2}$/)]);
  });

  it('is stopped also when the run is interrupted', async () => {
    const mute = receiver.replace("response.end('done');", '');
    const options = await project('  - { send: scalev order.created, repeat: 3, timeout: 1m }\n', mute);
    const child = startCli(['run', '--', 'node', 'receiver.cjs'], options);
    await child.printed('signed with');
    child.process.kill('SIGINT');
    const { shellCode, stdout } = await child.ended;
    expect(stdout).toMatch(/\nInterrupted: 3 skipped · 0 deliveries/);
    expect(shellCode).toBe(130);
    expect(isAlive(options.cwd)).toBe(false);
  });

  it('that ends before it is ready leaves all cases out, with its last words', async () => {
    const options = await project('  - send: scalev order.created\n', "console.log('no database'); process.exit(3)");
    const { exitCode, stdout, stderr } = await runCli(['run', '--', 'node', 'receiver.cjs'], options);
    expect(stderr).toMatch(
      /node ended with exit code 3 before .* was ready\. Nothing was sent\.\nIt wrote:\n {2}no database\n/,
    );
    expect(stdout).toMatch(/ {2}– scalev order\.created +the run did not start\n\n1 skipped · 0 deliveries/);
    expect(exitCode).toBe(3);
  });

  it('is not started where a mistake stands in a suite, or nothing is run', async () => {
    for (const [cases, args, code] of [
      ['  - send: scalev order.craeted\n', [], 2],
      ['  - send: scalev order.created\n', ['--list'], 0],
    ] as const) {
      const options = await project(cases);
      const { shellCode } = await runCli(['run', ...args, '--', 'node', 'receiver.cjs'], options);
      expect(shellCode).toBe(code);
      expect(existsSync(join(options.cwd, 'pid'))).toBe(false);
    }
  });

  it('may have flags like those of run', async () => {
    const options = await project('  - send: scalev order.created\n');
    const { exitCode, stdout } = await runCli(['run', '-q', '--', 'node', 'receiver.cjs', '--json', '--list'], options);
    expect([exitCode, stdout.includes('1 passed')]).toEqual([0, true]);
  });
});
