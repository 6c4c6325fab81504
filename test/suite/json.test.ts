import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { answer, runJson } from './run.js';

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const suite = `
target: RECEIVER
cases:
  - { send: scalev order.created, expect: 200 }
  - { send: scalev order.created, forge: wrong-secret, expect: 401, name: forged }
  - { check: scalev, only: plain, disabled: later }
`;

it('JSON lines tell each delivery with its case, each case, and the sums', async () => {
  const { json } = await runJson(suite, { answer: answer(200, 'ok'), args: ['--min-accepted', '100%', '--coverage'] });
  expect(json.map(({ type }) => type)).toEqual(['delivery', 'result', 'delivery', 'result', 'result', 'summary']);
  expect(json[0]).toMatchObject({
    schemaVersion: 1,
    provider: 'scalev',
    event: 'order.created',
    outcome: 'accepted',
    ok: true,
    request: { method: 'POST' },
    attempts: [{ number: 1, status: 200, response: { body: 'ok' } }],
    within: { suite: 'smoke.webhooks.yaml', case: 'scalev order.created' },
  });
  const common = { schemaVersion: 1, type: 'result', suite: 'smoke.webhooks.yaml', startedAt: time, log: null };
  const some = { provider: 'scalev', event: 'order.created', variant: null };
  expect(json[1]).toEqual({
    ...common,
    ...some,
    place: { line: 4, column: 5 },
    case: 'scalev order.created',
    kind: 'send',
    forge: null,
    status: 'passed',
    reason: null,
    failures: [],
    earlier: [],
    durationMs: expect.any(Number),
    deliveries: 1,
    grade: null,
  });
  expect(json[2]).toMatchObject({ outcome: 'accepted', ok: false, forge: 'wrong-secret', within: { case: 'forged' } });
  expect(json[3]).toEqual({
    ...common,
    ...some,
    place: { line: 5, column: 5 },
    case: 'forged',
    kind: 'send',
    forge: 'wrong-secret',
    status: 'failed',
    reason: null,
    failures: [{ expectation: 'status', message: 'status is 200, expected 401' }],
    earlier: [],
    durationMs: expect.any(Number),
    deliveries: 1,
    grade: null,
  });
  expect(json[4]).toEqual({
    ...common,
    ...some,
    place: { line: 6, column: 5 },
    case: 'check scalev',
    kind: 'check',
    forge: null,
    status: 'skipped',
    reason: 'later',
    failures: [],
    earlier: [],
    durationMs: 0,
    deliveries: 0,
    grade: null,
  });
  expect(json[5]).toEqual({
    schemaVersion: 1,
    type: 'summary',
    sent: 2,
    accepted: 2,
    ok: 1,
    outcomes: { accepted: 2, rejected: 0, timed_out: 0, broken: 0, unreachable: 0 },
    latencyMs: Object.fromEntries(['min', 'mean', 'p50', 'p95', 'p99', 'max'].map((key) => [key, expect.any(Number)])),
    interrupted: false,
    attemptCount: 2,
    disabled: [],
    withheld: 0,
    resent: 0,
    warnings: 0,
    results: { passed: 1, failed: 1, flaky: 0, skipped: 1 },
    coverage: [{ provider: 'scalev', exercised: ['order.created'], missing: expect.any(Array) }],
    budgets: [{ name: 'min-accepted 100%', ok: true, figure: '100 % (1 of 1)' }],
    bailed: false,
    startedAt: time,
    durationMs: expect.any(Number),
  });
});

it('a check is told by its cases', async () => {
  const { json, summary } = await runJson('target: demo\ncases:\n  - check: scalev\n');
  expect([...new Set(json.map(({ type }) => type))]).toEqual(['case', 'check-summary', 'result', 'summary']);
  expect(json[0]).toMatchObject({ name: 'plain', within: { suite: 'smoke.webhooks.yaml', case: 'check scalev' } });
  const result = json.at(-2);
  expect(result).toMatchObject({ kind: 'check', grade: 'A', status: 'passed' });
  expect(summary.sent).toBe(result.deliveries);
});

it('a report in a file is what --json prints, beside the report for people', async () => {
  const cwd = folderOf({ 'a.webhooks.yaml': 'target: demo\ncases:\n  - { send: scalev order.created, seed: 1 }\n' });
  const { stdout, exitCode } = await cli(['run', '--report', 'json=run.jsonl', '-q'], { cwd });
  expect(stdout).toMatch(
    /^a\.webhooks\.yaml\n {2}✓ scalev order\.created +200 {2}[\d.]+ ms\n\n1 passed · 1 delivery · /,
  );
  const lines = readFileSync(join(cwd, 'run.jsonl'), 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).type)).toEqual(['delivery', 'result', 'summary']);
  expect(exitCode).toBe(0);
  const { stdout: alone } = await cli(['run', '--report', 'json=-', '-q'], { cwd });
  expect(
    alone
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).type),
  ).toEqual(['delivery', 'result', 'summary']);
});
