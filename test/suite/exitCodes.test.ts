import { describe, expect, it } from 'vitest';
import { freePort, rudeServer } from '../support/rude.js';
import { answer, runJson, runSuite } from './run.js';

/** The case for each word; its address is filled in below. */
const kinds = {
  passed: 'to: RECEIVER/ok',
  failed: 'to: RECEIVER/no',
  rejected: 'to: RECEIVER/ok, expect: 401',
  unreachable: 'to: CLOSED',
  broken: 'to: BROKEN',
  late: 'to: MUTE, timeout: 100ms',
  expectedLate: 'to: MUTE, timeout: 100ms, expect: { outcome: timed_out }',
  expectedRejection: 'to: RECEIVER/no, expect: 500',
  capturesNothing: 'to: RECEIVER/ok, capture: { id: { header: x-none } }',
  disabled: 'to: RECEIVER/no, disabled: true',
} as const;

const byPath = ({ requestLine }: { requestLine: string }) => answer(requestLine.includes('/no') ? 500 : 200, 'ok');

async function run(words: readonly (keyof typeof kinds)[], args: readonly string[] = []) {
  const closed = await freePort();
  const broken = await rudeServer((socket) => socket.once('data', () => socket.end('no HTTP\r\n\r\n')));
  const mute = await rudeServer(() => {});
  const cases = words.map((word) => `  - { send: scalev order.created, ${kinds[word]} }`).join('\n');
  const suite = `cases:\n${cases}\n`
    .replaceAll('CLOSED', `"http://127.0.0.1:${closed}"`)
    .replaceAll('BROKEN', `"${broken.url}"`)
    .replaceAll('MUTE', `"${mute.url}"`)
    .replaceAll(/to: (RECEIVER\/\w+)/g, 'to: "$1"');
  return runJson(suite, { answer: byPath, args });
}

const table: readonly [words: readonly (keyof typeof kinds)[], args: readonly string[], exitCode: number][] = [
  [['passed'], [], 0],
  [['passed', 'expectedRejection', 'expectedLate'], [], 0],
  [['passed', 'disabled'], [], 0],
  [['disabled'], [], 0],
  [['passed', 'failed'], [], 1],
  [['rejected', 'passed'], [], 1],
  [['capturesNothing'], [], 1],
  [['unreachable'], [], 3],
  [['broken'], [], 3],
  [['late'], [], 4],
  [['failed', 'late'], [], 4],
  [['late', 'broken'], [], 3],
  [['failed', 'unreachable', 'late'], [], 3],
  // What is left out after a failure earns nothing.
  [['failed', 'unreachable'], ['--bail'], 1],
  [['passed', 'unreachable'], ['--grep', '^scalev order.created$'], 0],
  // Parts of a run.
  [['passed', 'failed'], ['--shard', '1/2'], 0],
  [['passed', 'failed'], ['--shard', '2/2'], 1],
  [['passed'], ['--shard', '2/2'], 0],
  [['passed'], ['--shard', '1/2'], 0],
  // Budgets.
  [['passed'], ['--max-latency', 'max=30s', '--min-accepted', '100%'], 0],
  [['passed'], ['--max-latency', 'p50=1m', '--max-latency', 'min=0.001ms'], 1],
  [['passed', 'expectedRejection'], ['--min-accepted', '50%'], 0],
  [['passed', 'expectedRejection'], ['--min-accepted', '50.1%'], 1],
  [['disabled'], ['--min-accepted', '0%'], 1],
  [['disabled'], ['--max-latency', 'max=1h'], 1],
  [['passed'], ['--min-coverage', '0%'], 0],
  [['passed'], ['--min-coverage', '90%'], 1],
  [['unreachable'], ['--min-accepted', '100%'], 3],
];

describe('the exit code', () => {
  it.each(table)('of %j %j is %i', async (words, args, exitCode) => {
    expect(await run(words, args)).toMatchObject({ exitCode });
  });

  it('is that of the last try', async () => {
    let sent = 0;
    const server = await rudeServer((socket) =>
      socket.once('data', () => (sent++ === 0 ? socket.destroy() : socket.end(answer(500)))),
    );
    const suite = `target: "${server.url}"\ncases:\n  - send: scalev order.created\n`;
    const { exitCode, results, summary } = await runJson(suite, { args: ['--rerun-failed', '1'] });
    expect(summary.outcomes).toMatchObject({ unreachable: 1, rejected: 1 });
    expect(results[0]).toMatchObject({ status: 'failed', deliveries: 2 });
    expect(exitCode).toBe(1);
  });

  it('is 0 for what only passed when it was tried again, and that is told', async () => {
    let sent = 0;
    const flaky = () => answer(++sent < 3 ? 503 : 200);
    const suite = 'target: RECEIVER\ncases:\n  - send: scalev order.created\n';
    const { exitCode, stdout } = await runSuite(suite, { answer: flaky, args: ['--rerun-failed', '5'] });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /~ scalev order\.created +3 deliveries, .* passed at try 3\n {4}try 1: not accepted: 503\n {4}try 2: not accepted: 503\n/,
    );
    expect(stdout).toMatch(/\n1 flaky · 3 deliveries/);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('is that of the signal that ended the run: %s', async (reason, exitCode) => {
    const controller = new AbortController();
    let sent = 0;
    const suite = 'target: RECEIVER\ncases:\n  - { send: scalev order.created, repeat: 5 }\n';
    const stopping = () => {
      if (++sent === 3) controller.abort(reason);
      return answer(200);
    };
    const ran = await runJson(suite, { answer: stopping, signal: controller.signal });
    expect(ran.results.map(({ status, reason: why }) => [status, why])).toEqual([
      ['passed', null],
      ['passed', null],
      ['skipped', 'interrupted'],
      ['skipped', 'interrupted'],
      ['skipped', 'interrupted'],
    ]);
    expect(ran.summary).toMatchObject({
      interrupted: true,
      sent: 2,
      results: { passed: 2, failed: 0, flaky: 0, skipped: 3 },
    });
    expect(ran.exitCode).toBe(exitCode);
  });

  it('is that of the signal also where something had failed', async () => {
    const controller = new AbortController();
    const suite = 'target: RECEIVER\ncases:\n  - { send: scalev order.created, repeat: 3 }\n';
    let sent = 0;
    const stopping = () => {
      if (++sent === 5) controller.abort('SIGINT');
      return answer(500);
    };
    const ran = await runJson(suite, { answer: stopping, signal: controller.signal, args: ['--rerun-failed', '90'] });
    expect(ran.results[0]).toMatchObject({ status: 'failed', failures: [{ message: 'not accepted: 500' }] });
    expect(ran.exitCode).toBe(130);
  });

  it('is 3 where the target never becomes ready, and nothing is sent', async () => {
    const suite = `target: http://127.0.0.1:${await freePort()}\ncases:\n  - send: scalev order.*\n`;
    const { exitCode, results, summary, stderr } = await runJson(suite, { args: ['--wait', '200ms'] });
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/was not ready after 200 ms: .*\. Nothing was sent\.\n/);
    expect(summary).toMatchObject({ sent: 0 });
    expect(results.length).toBeGreaterThan(3);
    for (const result of results) expect(result).toMatchObject({ status: 'skipped', reason: 'the run did not start' });
  });

  it('waits for no target of a case that is not run', async () => {
    const suite = `cases:
  - { send: scalev order.created, to: RECEIVER }
  - { send: scalev order.paid, to: "http://127.0.0.1:${await freePort()}" }
  - { send: scalev order.paid, to: "http://127.0.0.1:${await freePort()}", disabled: true }
`
      .replace('order.paid', 'order.deleted')
      .replace('order.paid', 'order.deleted');
    const { exitCode, stderr } = await runJson(suite, { args: ['--wait', '200ms', '--grep', 'created'] });
    expect([exitCode, stderr]).toEqual([0, expect.not.stringContaining('not ready')]);
    expect(stderr.match(/ to http/g)).toHaveLength(1);
  });
});
