import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/core/run.js';
import { parseStatusRule } from '../../src/core/status.js';
import type { Clock } from '../../src/core/world.js';
import { sendPlanned } from '../../src/simulate/simulate.js';
import { Transport } from '../../src/transport/transport.js';
import { startCli } from '../support/child.js';
import { cli } from '../support/cli.js';
import { someDelivery } from '../support/delivery.js';
import { bundleCli } from '../support/process.js';
import { roundTrips } from '../support/roundTrips.js';
import { answering, scripted } from './scripted.js';
import { virtualClock } from './virtualClock.js';

beforeAll(bundleCli);

const retry = ['send', 'bharatcart', 'order.created', '--retry', '--speed', '1x'];

describe('a wait for a retry', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends at once by %s, with a partial summary', async (signal, code) => {
    const { url } = await scripted(500);
    const child = startCli([...retry, '--count', '2', '--to', url]);
    await child.printed('next at +1m', 2);
    const sentAt = performance.now();
    child.process.kill(signal);
    const { shellCode, stdout, stderr } = await child.ended;
    expect(performance.now() - sentAt).toBeLessThan(20_000);
    expect(shellCode).toBe(code);
    expect(stdout.match(/attempt 1 of 4, next at \+1m/g)).toHaveLength(2);
    expect(stdout).toMatch(/\nInterrupted: 2 sent . 2 rejected .*\n$/);
    expect(stderr).toContain('2 interrupted after at most 1 attempt, before it was tried again.\n');
    expect(stderr).not.toMatch(/\n\s+at |Error:/);
  });

  it('leaves lines of JSON for what was tried', async () => {
    const stop = new AbortController();
    const { url } = await answering(() => 500);
    let waits = 0;
    const clock = {
      now: () => Date.now(),
      sleep(ms: number, signal?: AbortSignal) {
        if (ms > 30_000 && ++waits === 3) stop.abort('SIGINT');
        return sleep(ms, undefined, { signal: signal! });
      },
    };
    const given = { signal: stop.signal, clock };
    const { json, exitCode } = await cli([...retry, '--count', '3', '--json', '--to', url], given);
    expect(json.map(({ type }) => type)).toEqual(['delivery', 'delivery', 'delivery', 'summary']);
    expect(json[0]).toMatchObject({ outcome: 'rejected', ok: false, attempts: [{ number: 1, status: 500 }] });
    expect(json[3]).toMatchObject({ interrupted: true, sent: 3, attemptCount: 3 });
    expect(exitCode).toBe(130);
  });

  it('that is over leaves the same, where the retry is under way', async () => {
    const stop = new AbortController();
    const { url } = await answering((_, at) => {
      if (at === 1) stop.abort('SIGTERM');
      return at === 0 ? 500 : 'hang';
    });
    const own = ['send', 'scalev', 'order.created', '--schedule', '10ms', '--json', '--to', url];
    const { json, exitCode } = await cli(own, { signal: stop.signal, clock: virtualClock() });
    expect(json).toMatchObject([
      { attempts: [{ status: 500 }], outcome: 'rejected' },
      { interrupted: true, sent: 1 },
    ]);
    expect([json.length, exitCode]).toEqual([2, 143]);
  });

  it('holds up no other delivery, not even on a single connection', async () => {
    const seen: string[] = [];
    let othersCame = () => {};
    const sleep = () =>
      new Promise<void>((resolve) => {
        othersCame = resolve;
      });
    const { url } = await answering((body) => {
      if (seen.push(body) === 5) othersCame();
      return body === '0' && seen.length === 1 ? 500 : 200;
    });
    const ended: string[] = [];
    for await (const event of run(url, { count: 5, sleep }))
      if (event.type === 'delivery') ended.push(event.delivery.id);
    expect(seen).toEqual(['0', '1', '2', '3', '4', '0']);
    expect(ended).toEqual(['1', '2', '3', '4', '0']);
  });

  it('is one of a bounded number: then no new delivery begins', async () => {
    const stop = new AbortController();
    const { url, requests } = await answering((_, at) => {
      if (at === 499) void roundTrips(20).then(() => stop.abort('SIGINT'));
      return 500;
    });
    let ended = 0;
    const long = run(url, { count: 5000, concurrency: 10, signal: stop.signal, sleep: untilStopped });
    for await (const event of long) if (event.type === 'delivery') ended++;
    expect(requests.length).toBeGreaterThanOrEqual(500);
    expect(requests.length).toBeLessThan(520);
    expect(ended).toBe(requests.length);
  });
});

const untilStopped: Clock['sleep'] = (_, signal) =>
  new Promise((_resolve, reject) => signal!.addEventListener('abort', () => reject(signal!.reason)));

interface Options {
  readonly count: number;
  readonly sleep: Clock['sleep'];
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
}

/** Sends deliveries that are tried a second time after one sleep. */
function run(url: string, { count, sleep, concurrency = 1, signal }: Options): AsyncGenerator<RunEvent, void> {
  const success = parseStatusRule('2xx', 'rule');
  const rules = {
    timeLimitMs: 5000,
    timeLimitIsOurs: true,
    success,
    successText: '2xx',
    resend: [],
    disabling: null,
  };
  return sendPlanned({
    deliveries: Array.from({ length: count }, (_, i) => ({
      delivery: { ...someDelivery(url), id: String(i), body: Buffer.from(String(i)) },
      rules,
    })),
    transport: new Transport(),
    clock: { now: Date.now, sleep },
    concurrency,
    timeLimitMs: null,
    expect: null,
    retry: { delaysMs: [3_600_000], speed: 1, respectsDisabling: true },
    ...(signal && { signal }),
  });
}
