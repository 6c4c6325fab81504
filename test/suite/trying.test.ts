import { describe, expect, it } from 'vitest';
import { answer, runJson, runSuite } from './run.js';

const send = 'send: scalev order.created';
const target = 'target: RECEIVER\ncases:\n';
const status = (line: string) => Number(/^POST \/(\d+)/.exec(line)?.[1] ?? 200);
const byPath = ({ requestLine }: { requestLine: string }) => answer(status(requestLine), 'hm');

describe('--bail', () => {
  const suite = `${target}  - ${send}
  - { ${send}, to: RECEIVER/500 }
  - ${send}
  - { ${send}, to: RECEIVER/501 }
  - { ${send}, repeat: 2 }
`;

  it.each([
    ['--bail', ['passed', 'failed', 'skipped', 'skipped', 'skipped', 'skipped']],
    ['--bail=2', ['passed', 'failed', 'passed', 'failed', 'skipped', 'skipped']],
    ['--bail=3', ['passed', 'failed', 'passed', 'failed', 'passed', 'passed']],
  ])('%s', async (flag, statuses) => {
    const { results, summary, requests, exitCode } = await runJson(suite, { answer: byPath, args: [flag] });
    expect(results.map((result) => result.status)).toEqual(statuses);
    expect(requests).toHaveLength(statuses.filter((each) => each !== 'skipped').length);
    expect(summary.bailed).toBe(statuses.includes('skipped'));
    for (const { status, reason } of results) {
      expect(reason).toBe(status === 'skipped' ? 'left out after a failure (bail)' : null);
    }
    expect(exitCode).toBe(1);
  });

  it('stops in the middle of a case over several events', async () => {
    const suite = `${target}  - { send: bharatcart order.*, to: RECEIVER/500 }\n`;
    const { results, requests } = await runJson(suite, { answer: byPath, args: ['--bail'] });
    expect(results.map((result) => result.status)).toEqual(['failed', 'skipped', 'skipped', 'skipped', 'skipped']);
    // One more is on its way when the failure is known.
    expect(requests.length).toBeLessThanOrEqual(2);
    const again = await runJson(suite, { answer: byPath, args: ['--bail', '--rerun-failed', '1'] });
    expect(again.results.map((result) => [result.status, result.earlier.length])).toEqual([
      ['failed', 1],
      ...Array(4).fill(['failed', 0]),
    ]);
    expect(again.requests.length).toBeLessThanOrEqual(7);
  });

  it('says so in one line', async () => {
    const { stdout } = await runSuite(suite, { answer: byPath, args: ['--bail'] });
    expect(stdout).toMatch(/\nStopped at a failure: 1 passed, 1 failed, 4 skipped · 2 deliveries · /);
  });

  it('leaves out the suites after it', async () => {
    const { results } = await runJson(suite, {
      answer: byPath,
      args: ['--bail'],
      files: { 'z.webhooks.yaml': `${target}  - ${send}\n` },
    });
    expect(results.at(-1)).toMatchObject({ suite: 'z.webhooks.yaml', status: 'skipped' });
  });
});

describe('--rerun-failed', () => {
  it('tries only what failed, and tells each try', async () => {
    let paid = 0;
    const { results, requests, summary } = await runJson(
      `${target}  - send: bharatcart order.created order.paid order.shipped\n`,
      {
        answer: ({ body }) => {
          const event = /"event": ?"([^"]+)"/.exec(body.toString())?.[1] ?? '';
          return answer(event === 'order.paid' && ++paid < 3 ? 500 + paid : event === 'order.shipped' ? 400 : 200);
        },
        args: ['--rerun-failed', '2'],
      },
    );
    const byEvent = Object.fromEntries(results.map((result) => [result.event, result]));
    expect(byEvent['order.created']).toMatchObject({ status: 'passed', deliveries: 1, failures: [], earlier: [] });
    expect(byEvent['order.paid']).toMatchObject({
      status: 'flaky',
      deliveries: 3,
      failures: [],
      earlier: [
        [{ expectation: 'accepted', message: 'not accepted: 501' }],
        [{ expectation: 'accepted', message: 'not accepted: 502' }],
      ],
    });
    const rejected = [{ expectation: 'accepted', message: 'not accepted: 400' }];
    expect(byEvent['order.shipped']).toMatchObject({
      status: 'failed',
      deliveries: 3,
      failures: rejected,
      earlier: [rejected, rejected],
    });
    expect(requests).toHaveLength(7);
    expect(summary).toMatchObject({ sent: 7, accepted: 2, results: { passed: 1, failed: 1, flaky: 1, skipped: 0 } });
  });

  it('takes the time of all tries', async () => {
    const { json, results } = await runJson(`${target}  - { ${send}, count: 20 }\n`, {
      answer: answer(500),
      args: ['--rerun-failed', '3'],
    });
    const attempts = json.flatMap((line) => (line.type === 'delivery' ? line.attempts : []));
    expect(attempts).toHaveLength(80);
    expect(results[0].startedAt).toBe(attempts[0].startedAt);
    const spentMs = Date.parse(attempts.at(-1).startedAt) - Date.parse(attempts[0].startedAt);
    expect(spentMs).toBeGreaterThan(2);
    expect(results[0].durationMs).toBeGreaterThanOrEqual(spentMs);
  });

  it('tries a check again as a whole', async () => {
    const { results } = await runJson(`${target}  - { check: scalev, only: plain }\n`, {
      answer: answer(500),
      args: ['--rerun-failed', '1'],
    });
    expect(results[0]).toMatchObject({ status: 'failed', earlier: [[{ expectation: expect.any(String) }]] });
  });

  it('gives what the last try captured', async () => {
    let sent = 0;
    const suite = `${target}  - { ${send}, capture: { id: id } }\n  - { ${send}, header: { X-Tell: "\${id}" } }\n`;
    const { requests } = await runJson(suite, {
      answer: () => (++sent === 1 ? answer(500, '{"id":"first"}') : answer(200, '{"id":"second"}')),
      args: ['--rerun-failed', '1'],
    });
    expect(requests.at(-1)!.header('x-tell')).toBe('second');
  });

  it('tells the person of each try of what failed', async () => {
    const { stdout } = await runSuite(`${target}  - ${send}\n`, {
      answer: answer(500, 'oops'),
      args: ['--rerun-failed', '1'],
    });
    expect(stdout).toContain('    try 1: not accepted: 500\n    try 2: not accepted: 500\n    answer: oops\n');
  });
});

describe('disabled cases', () => {
  it('are told with their reason and not sent', async () => {
    const suite = `${target}  - { ${send}, disabled: true }\n  - { ${send}, disabled: waits for us }\n  - { ${send}, disabled: false }\n`;
    const { results, requests } = await runJson(suite);
    expect(results.map(({ status, reason }) => [status, reason])).toEqual([
      ['skipped', 'disabled'],
      ['skipped', 'waits for us'],
      ['passed', null],
    ]);
    expect(requests).toHaveLength(1);
  });
});

describe('budgets', () => {
  it('are told with their figure, kept or not', async () => {
    const suite = `${target}  - { ${send}, repeat: 2 }\n  - { ${send}, to: RECEIVER/404, expect: 404 }\n  - { ${send}, forge: wrong-secret, expect: 200 }\n`;
    const args = ['--min-accepted', '66.6%', '--max-latency', 'max=60s', '--min-coverage', '50%'];
    const { summary, exitCode } = await runJson(suite, { answer: byPath, args });
    expect(summary.budgets).toEqual([
      { name: 'max-latency max=60s', ok: true, figure: expect.stringMatching(/^[\d.]+ ms$/) },
      { name: 'min-accepted 66.6%', ok: true, figure: '66.6 % (2 of 3)' },
      { name: 'min-coverage 50%', ok: false, figure: expect.stringMatching(/^[\d.]+ % \(1 of \d+ events\)$/) },
    ]);
    expect(exitCode).toBe(1);
    const { stdout } = await runSuite(suite, { answer: byPath, args });
    expect(stdout).toMatch(/\nscalev: 1 of \d+ events exercised; missing: order\./);
    expect(stdout).toMatch(
      /\nmin-accepted 66\.6%: 66\.6 % \(2 of 3\)\nmin-coverage 50%: [\d.]+ % \(1 of \d+ events\): not kept\n$/,
    );
  });

  it('count no check', async () => {
    const suite = `target: demo\ncases:\n  - check: scalev\n  - ${send}\n`;
    const { summary } = await runJson(suite, { args: ['--min-accepted', '100%', '--coverage'] });
    expect(summary.budgets).toEqual([{ name: 'min-accepted 100%', ok: true, figure: '100 % (1 of 1)' }]);
    expect(summary.sent).toBeGreaterThan(20);
    expect(summary.coverage).toEqual([
      { provider: 'scalev', exercised: ['order.created'], missing: expect.arrayContaining(['order.deleted']) },
    ]);
  });
});
