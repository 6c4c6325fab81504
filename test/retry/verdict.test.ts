import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { type Move, scripted } from './scripted.js';
import { virtualClock } from './virtualClock.js';

const retry = ['send', 'bharatcart', 'order.created', '--retry'];
const gaveUp = 'Given up after 4 attempts, 1 h 11 min later in production: BharatCart retries no more.';

const table: readonly [what: string, moves: Move[], attempts: string[], exitCode: number, verdict: string][] = [
  ['takes it at once', [200], ['200'], 0, 'Accepted at the first attempt.'],
  ['fails once', [500, 200], ['500', '200'], 0, 'Recovered at attempt 2, 1 min later in production.'],
  ['fails twice', [500, 404, 204], ['500', '404', '204'], 0, 'Recovered at attempt 3, 11 min later in production.'],
  ['takes the last one', [500, 500, 500, 200], ['500', '500', '500', '200'], 0, 'Recovered at attempt 4, 1 h 11 min'],
  ['always rejects', [400], ['400', '400', '400', '400'], 1, gaveUp],
  ['loses connections', ['drop'], Array(4).fill('unreachable'), 3, gaveUp],
  ['loses one connection', ['drop', 200], ['unreachable', '200'], 0, 'Recovered at attempt 2'],
  ['never answers', ['hang'], Array(4).fill('timed_out'), 4, gaveUp],
  ['answers late, but in time', [{ status: 200, afterMs: 60 }], ['200'], 0, 'Accepted at the first attempt.'],
  [
    'answers after the deadline, and then in time',
    [{ status: 200, afterMs: 1500 }, 200],
    ['timed_out', '200'],
    0,
    'Recovered at attempt 2',
  ],
  ['fails in several ways', ['drop', 'hang', 500, 503], ['unreachable', 'timed_out', '500', '503'], 1, gaveUp],
];

interface AttemptLine {
  status: number | null;
  error: { kind: string } | null;
}

describe('a receiver that', () => {
  it.each(table)('%s', async (_, moves, attempts, exitCode, verdict) => {
    const { url } = await scripted(...moves);
    const limit = moves.some((move) => typeof move === 'object' || move === 'hang') ? '1s' : '20s';
    const result = await cli([...retry, '--timeout', limit, '--json', '--to', url], { clock: virtualClock() });
    const [delivery] = result.json;
    const results = delivery.attempts.map(({ status, error }: AttemptLine) => error?.kind ?? String(status));
    expect(results).toEqual(attempts);
    expect(result.exitCode).toBe(exitCode);
    expect(delivery.ok).toBe(exitCode === 0);
    expect(result.stderr).toContain(verdict);
    expect(result.json).toHaveLength(2);
  });
});

describe('for people', () => {
  it('each attempt has a line with the time at which it would have happened', async () => {
    const { url } = await scripted(500, 500, 200);
    const { stdout, stderr } = await cli([...retry, '--to', url], { clock: virtualClock() });
    const lines = stdout.trimEnd().split('\n');
    const word = /^\d\d:\d\d:\d\d (.*?) [\d.]+ ms(.*)$/;
    expect(lines.map((line) => word.exec(line)!.slice(1).join(''))).toEqual([
      '   +0s ✗ 500 bharatcart order.created  rejected, attempt 1 of 4, next at +1m',
      '   +1m ✗ 500 bharatcart order.created  rejected, attempt 2 of 4, next at +11m',
      '  +11m ✓ 200 bharatcart order.created  attempt 3 of 4',
    ]);
    expect(stderr).toContain('Retries: 3, after 1 min, 10 min, 1 h (BharatCart, documented), 600 times as fast\n');
    expect(stderr).toContain('Recovered at attempt 3, 11 min later in production.\n');
  });

  it('what the last answer says stands below it, and details below each attempt where they are wanted', async () => {
    const { url } = await scripted('drop', 'drop', 'drop', 'drop');
    const plain = await cli([...retry, '--to', url], { clock: virtualClock() });
    expect(plain.stdout.match(/closed the connection/g)).toHaveLength(1);
    const verbose = await cli([...retry, '-v', '--to', url], { clock: virtualClock() });
    expect(verbose.stdout.match(/closed the connection/g)).toHaveLength(4);
    expect(verbose.stdout.match(/attempt \d of 4/g)).toHaveLength(4);
  });

  it('several deliveries are summed up, and the outcome of each is that of its last attempt', async () => {
    const { url } = await scripted(200, 500, 500, 200, 500, 500, 500, 500);
    const { stdout, stderr, exitCode } = await cli([...retry, '--speed', 'instant', '--count', '3', '--to', url]);
    expect(stdout).toMatch(/\n3 sent . 2 accepted . 1 rejected .*\n$/);
    expect(stderr).toContain('1 accepted at the first attempt.\n');
    expect(stderr).toContain('1 recovered, the last at attempt 3, 11 min later in production.\n');
    expect(stderr).toContain('1 given up after 4 attempts, 1 h 11 min later in production: BharatCart retries no more');
    expect(exitCode).toBe(1);
  });

  it('a quiet run says nothing of it, and a run without --retry has one line for a delivery', async () => {
    const { url } = await scripted(500);
    expect((await cli([...retry, '-q', '--to', url], { clock: virtualClock() })).stderr).toBe('');
    const { stdout } = await cli(['send', 'bharatcart', 'order.created', '--to', url]);
    expect(stdout).toMatch(/^\d\d:\d\d:\d\d ✗ 500 bharatcart order\.created [\d.]+ ms {2}rejected\n$/);
  });
});

it('what counts as ok is the last answer’s business, what is tried again the provider’s', async () => {
  const { url, requests } = await scripted(500);
  const { json, exitCode } = await cli([...retry, '--expect', '500', '--json', '--to', url], { clock: virtualClock() });
  expect([json[0].outcome, json[0].ok, requests.length, exitCode]).toEqual(['rejected', true, 4, 0]);
});
