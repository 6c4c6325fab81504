import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { runCli, startCli } from '../support/child.js';
import { folderOf } from '../support/folder.js';
import { bundleCli, runProcess } from '../support/process.js';
import { answering, polite, rudeServer } from '../support/rude.js';
import { type LoggedProject, loggedProject } from './project.js';

beforeAll(bundleCli);

const logFolder = ({ state }: LoggedProject) =>
  join(state, 'webhook-sim/log', readdirSync(join(state, 'webhook-sim/log'))[0]!);

describe('the log survives', () => {
  it('a kill at any moment: what a run has told before is kept, and all lines but the last are whole', async () => {
    const project = loggedProject();
    const { url } = await captureServer();
    const argv = ['send', 'scalev', 'order.created', '--json', '-q', '--no-verbose', '--to', url, '--count'];
    const reported: string[] = [];
    const finished: string[] = [];
    let killed = 0;
    for (let round = 0; round < 8; round++) {
      const child = startCli([...argv, '100000'], { env: project.env, cwd: project.cwd });
      let stdout = '';
      let killedAt = 0;
      child.process.stdout!.on('data', (chunk) => {
        stdout += chunk;
        killedAt = stdout.length;
      });
      await child.printed('"type":"delivery"');
      // Not at the same moment of each run; what was told a moment before may not be written yet.
      await new Promise((resolve) => setTimeout(resolve, 100 + ((round * 74) % 400)));
      child.process.kill('SIGKILL');
      const { signal } = await child.ended;
      if (signal === 'SIGKILL') killed++;
      expect(killedAt).toBeGreaterThan(0);
      reported.push(JSON.parse(stdout.split('\n')[0]!).id);
      // A run between them that ends as it should is kept whole, right behind what is torn.
      const whole = await runCli([...argv, '3'], { env: project.env, cwd: project.cwd });
      expect(whole.exitCode).toBe(0);
      finished.push(
        ...whole.stdout
          .split('\n')
          .slice(0, 3)
          .map((line) => JSON.parse(line).id),
      );
    }
    expect(killed).toBe(8);
    const { json, stderr, exitCode } = await project.run(['log', '--json', '--limit', '1000000']);
    expect(exitCode).toBe(0);
    const ids = json.map(({ id }) => id);
    // The bound may have taken the first runs by now: what is left is without a gap.
    const from = Math.max(0, finished.indexOf(ids.find((id) => finished.includes(id))!));
    expect(finished.length - from).toBeGreaterThan(3);
    expect(finished.slice(from).filter((id) => !ids.includes(id))).toEqual([]);
    expect(reported.slice(Math.ceil(from / 3) + 1).filter((id) => !ids.includes(id))).toEqual([]);
    expect(new Set(json.map(({ key }) => key)).size).toBe(json.length);
    const broken = Number(/^(\d+) lines/.exec(stderr)?.[1] ?? 0);
    expect(broken).toBeLessThanOrEqual(8);
    expect((await project.run(['resend', '-q', '--no-log'])).exitCode).toBe(0);
  }, 120_000);

  it('many processes at once: each delivery is kept once and whole', async () => {
    const project = loggedProject();
    const { url } = await captureServer();
    const argv = ['send', 'webconnex', 'ping', '--json', '-q', '--to', url, '--count', '40'];
    const runs = await Promise.all(
      Array.from({ length: 12 }, () => runCli(argv, { env: project.env, cwd: project.cwd })),
    );
    const sent = runs
      .flatMap(({ stdout }) =>
        stdout
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line).id),
      )
      .filter(Boolean);
    expect(sent).toHaveLength(480);
    const { json, stderr } = await project.run(['log', '--json', '--limit', '1000000']);
    expect(json.map(({ id }) => id).sort()).toEqual(sent.sort());
    expect(new Set(json.map(({ run }) => run)).size).toBe(12);
    expect(stderr).toBe('');
  });

  it('many processes that find it full at once: nothing but what the bound takes is lost', async () => {
    const project = loggedProject();
    const { url } = await captureServer();
    const stdin = Buffer.alloc(100_000, 'x');
    const argv = ['send', 'scalev', 'order.created', '--raw', '-', '--json', '-q', '--to', url, '--count', '8'];
    const runs = await Promise.all(
      Array.from({ length: 10 }, () => runCli(argv, { env: project.env, cwd: project.cwd, stdin })),
    );
    const sent = runs
      .flatMap(({ stdout }) =>
        stdout
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line).id),
      )
      .filter(Boolean);
    expect(sent).toHaveLength(80);
    expect((await project.kept()).map(({ id }) => id).sort()).toEqual(sent.sort());
    expect(readdirSync(logFolder(project)).length).toBeGreaterThan(5);
  });

  it('an interrupted run, which keeps what it has sent', async () => {
    const project = loggedProject();
    const { url } = await captureServer();
    const argv = ['send', 'webconnex', 'ping', '--json', '--to', url, '--count', '100000'];
    const child = startCli(argv, { env: project.env, cwd: project.cwd });
    await child.printed('"type":"delivery"');
    child.process.kill('SIGINT');
    const { stdout } = await child.ended;
    const ids = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).id)
      .filter(Boolean);
    const kept = (await project.kept()).map(({ id }) => id);
    expect(kept.at(-1)).toBe(ids.at(-1));
  });

  it('a full disk and a home that nobody may write to', async () => {
    const project = loggedProject();
    const env = { XDG_STATE_HOME: '/dev/full' };
    const { exitCode, stderr } = await runCli(['send', 'scalev', 'order.created'], { env, cwd: project.cwd });
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(
      /^The delivery log can't be written \(ENOTDIR in \/dev\/full\/.*\)\. --no-log goes without\.$/m,
    );
  });
});

it('12,000 deliveries, and 1,000 answers of 1 MiB, are kept in less than 300 MB of memory', async () => {
  const env = { XDG_STATE_HOME: folderOf({}) };
  const send = ['send', 'scalev', 'order.created', '-q', '--concurrency', '20', '--to'];
  const many = await runProcess([...send, (await rudeServer(polite)).url, '--count', '12000'], env);
  expect([many.exitCode, many.stderr]).toEqual([0, '']);
  expect(many.peakBytes).toBeLessThan(300_000_000);
  const answer = Buffer.alloc(1024 * 1024 + 60, 'x');
  answer.write('HTTP/1.1 200 OK\r\nContent-Length: 1048576\r\n\r\n');
  const large = await runProcess([...send, (await rudeServer(answering(answer))).url, '--count', '1000'], env);
  expect(large.exitCode).toBe(0);
  expect(large.peakBytes).toBeLessThan(300_000_000);
});
