import { expect, it } from 'vitest';
import { compareLoads } from '../../src/load/compareLoads.js';
import { decisiveFailures, judgeLoad } from '../../src/load/judgeLoad.js';
import type { SendNow } from '../../src/load/loadUnit.js';
import { anyDelivery, plainUnit, VirtualTime, virtualLoad } from './virtualLoad.js';

const noThresholds = { maxLatency: [], maxFailed: 0, minRate: null };

it('sends at the rate whatever becomes of those before, and measures from when each was due', async () => {
  const { ended, seconds, sent } = await virtualLoad({});
  expect(sent.slice(0, 3).map(({ atMs }) => atMs)).toEqual([0, 10, 20]);
  expect(ended).toMatchObject({ due: 1000, sent: 1000, ended: 1000, ok: 1000, dropped: 0, seconds: 10 });
  expect(ended).toMatchObject({
    askedRate: 100,
    reachedRate: 100,
    maxInFlight: 1,
    interrupted: false,
    machineLimit: null,
  });
  expect(ended.latencyMs?.p99).toBeCloseTo(5, 1);
  expect(ended.bytesSent).toBe(100_000);
  expect(seconds.slice(0, 10).map(({ sent: count }) => count)).toEqual(Array(10).fill(100));
});

it('shows a receiver that stalls for a second, which a closed loop would not', async () => {
  // From 5 s to 6 s nothing is answered.
  const stalls = (nowMs: number) => (nowMs >= 5000 && nowMs < 6000 ? 6000 - nowMs : 1);
  const { ended } = await virtualLoad({}, (_, nowMs) => ({ ms: stalls(nowMs), status: 200 }));
  expect(ended.latencyMs!.p50).toBeLessThan(2);
  expect(ended.latencyMs!.p95).toBeGreaterThan(450);
  expect(ended.latencyMs!.p99).toBeGreaterThan(890);
  expect(ended.latencyMs!.max).toBeGreaterThan(990);
});

it('counts the time that a delivery waited here for its turn, apart from what the receiver took', async () => {
  const time = new VirtualTime();
  const late = {
    now: time.now,
    breathe: time.breathe,
    wait: (ms: number, signal: AbortSignal) => time.wait(ms > 900 ? ms : ms + 200, signal),
  };
  const { ended } = await virtualLoad({ timer: late }, () => ({ ms: 5, status: 200 }), time);
  expect(ended.serviceMs!.p99).toBeCloseTo(5, 1);
  expect(ended.latencyMs!.p50).toBeGreaterThan(100);
  expect(ended.lateMs!.p50).toBeGreaterThan(95);
  // What was asked for stays what it was, though the load fell behind.
  expect(ended.askedRate).toBeCloseTo(100, 6);
  expect(ended.reachedRate).toBeLessThan(99.9);
  expect(ended.machineLimit!.lateShare).toBeGreaterThan(0.5);
  const verdict = judgeLoad(ended, { maxLatency: [{ percentile: 'p99', ms: 50 }], maxFailed: 0, minRate: 1 });
  expect(verdict.verdict).toBe('not_judged');
  expect(verdict.findings.map(({ name, ok }) => [name, ok])).toEqual([
    ['failed', true],
    ['p99', null],
    ['rate', true],
  ]);
  expect(decisiveFailures(ended, verdict).rejected).toBe(1);
});

it('drops what is due beyond the most that may be in flight, and counts it as failed', async () => {
  const { ended } = await virtualLoad({ maxInFlight: 10 }, () => ({ ms: 1000, status: 200 }));
  expect(ended.maxInFlight).toBe(10);
  expect(ended.sent + ended.dropped).toBe(1000);
  expect(ended.sent).toBe(100);
  const { verdict, findings } = judgeLoad(ended, noThresholds);
  expect([verdict, findings[0]!.measured]).toEqual(['failed', 0.9]);
});

it('ends a second after its time where this machine is too slow for its rate, and drops what it has not begun', async () => {
  const time = new VirtualTime();
  // Once it is late, it begins 32 arrivals in 100 ms, where 100 are due.
  const wait = (ms: number, signal: AbortSignal) => time.wait(ms > 900 ? ms : ms + 200, signal);
  const slow = { now: time.now, wait, breathe: () => time.wait(100) };
  const stages = [{ durationMs: 10_000, fromRate: 1000, toRate: 1000 }];
  const { ended, sent, seconds } = await virtualLoad({ timer: slow, stages }, () => ({ ms: 5, status: 200 }), time);
  expect(sent.at(-1)!.atMs).toBeGreaterThan(10_500);
  expect(sent.at(-1)!.atMs).toBeLessThanOrEqual(11_100);
  expect(time.now()).toBeLessThan(12_100);
  expect(ended.due).toBe(10_000);
  expect(ended.sent + ended.dropped).toBe(10_000);
  expect(ended.dropped).toBeGreaterThan(6000);
  expect(seconds.reduce((sum, { dropped }) => sum + dropped, 0)).toBe(ended.dropped);
  expect(ended.machineLimit).not.toBeNull();
  expect(judgeLoad(ended, { ...noThresholds, minRate: 1 }).verdict).toBe('not_judged');
});

it('gives what is in flight at the end its time', async () => {
  const time = new VirtualTime();
  const { ended } = await virtualLoad({}, () => ({ ms: 8000, status: 200 }), time);
  expect(ended).toMatchObject({ sent: 1000, ended: 1000, ok: 1000, dropped: 0 });
  expect(time.now()).toBeGreaterThanOrEqual(17_990);
});

it('counts deliveries in flight, and not the flows that they are of', async () => {
  // Each arrival sends two at once.
  const pair = { ...plainUnit(), play: (send: SendNow) => Promise.all([send(anyDelivery), send(anyDelivery)]) };
  const { ended, seconds } = await virtualLoad({ units: [pair] }, () => ({ ms: 995, status: 200 }));
  expect(ended.maxInFlight).toBe(200);
  expect(seconds[4]!.inFlight).toBe(198);
  // Between its two deliveries a flow has nothing in flight.
  const rests = new VirtualTime();
  const play = async (send: SendNow) => {
    await send(anyDelivery);
    await rests.wait(500);
    await send(anyDelivery);
  };
  const resting = await virtualLoad({ units: [{ ...plainUnit(), play }] }, () => ({ ms: 1, status: 200 }), rests);
  expect(resting.ended.sent).toBe(2000);
  expect(resting.ended.maxInFlight).toBeLessThan(5);
});

it('closes a part of a second where the time is over, and tells its rate', async () => {
  const stages = [{ durationMs: 2500, fromRate: 100, toRate: 100 }];
  const { ended, seconds } = await virtualLoad({ stages }, () => ({ ms: 700, status: 200 }));
  expect(seconds.map(({ atSecond, seconds: long, rate, sent }) => [atSecond, long, rate, sent])).toEqual([
    [1, 1, 100, 100],
    [2, 1, 100, 100],
    [2.5, 0.5, 100, 50],
    [3, 0.5, 0, 0],
    [4, 1, 0, 0],
  ]);
  expect(ended.spans.map(({ fromSecond, toSecond }) => [fromSecond, toSecond])[2]).toEqual([2, 2.5]);
  expect(ended.reachedRate).toBe(100);
});

it('is as long as it lasted where it is interrupted', async () => {
  const stop = new AbortController();
  const { seconds } = await virtualLoad({ signal: stop.signal }, (number) => {
    if (number === 126) stop.abort('SIGINT');
    return { ms: 5, status: 200 };
  });
  expect(seconds.map(({ sent }) => sent)).toEqual([100, 26]);
  expect(seconds[1]!.seconds).toBeGreaterThanOrEqual(0.25);
  expect(seconds[1]!.seconds).toBeLessThan(0.3);
  expect(seconds[1]!.atSecond).toBe(1 + seconds[1]!.seconds);
});

it('meets each rate to within 2 %', async () => {
  for (const [rate, seconds] of [
    [1, 100],
    [7, 20],
    [333, 3],
    [12_345, 1],
    [100_000, 0.2],
  ] as const) {
    const stages = [{ durationMs: seconds * 1000, fromRate: rate, toRate: rate }];
    const { ended } = await virtualLoad({ stages, maxInFlight: 20_000 }, () => ({ ms: 1, status: 200 }));
    expect(Math.abs(ended.reachedRate / rate - 1), `${rate}/s`).toBeLessThan(0.02);
    expect(ended.askedRate).toBeCloseTo(rate, 6);
  }
});

it('takes a state that was not seen to rest for a failure', async () => {
  const { ended } = await virtualLoad({});
  const unseen = { ...ended, settled: { ms: null, problem: 'The probe was answered 500.' } };
  expect(judgeLoad(unseen, noThresholds)).toMatchObject({
    verdict: 'failed',
    findings: [{ ok: true }, { name: 'rest', ok: false }],
  });
  expect(judgeLoad({ ...ended, settled: { ms: 40, problem: null } }, noThresholds).verdict).toBe('passed');
  expect(judgeLoad({ ...unseen, interrupted: true }, noThresholds).verdict).toBe('not_judged');
});

it('leaves the warm-up out of all figures but those of its seconds', async () => {
  const { ended, seconds } = await virtualLoad({ warmUpSeconds: 4 }, (_, nowMs) => ({
    ms: nowMs < 4000 ? 500 : 5,
    status: nowMs < 4000 ? 503 : 200,
  }));
  expect(ended).toMatchObject({ due: 600, sent: 600, ended: 600, ok: 600, seconds: 6, warmUpSeconds: 4, failures: [] });
  expect(ended.latencyMs!.max).toBeLessThan(6);
  expect(seconds.slice(0, 5).map(({ isWarmUp }) => isWarmUp)).toEqual([true, true, true, true, false]);
  expect(seconds[0]!.sent).toBe(100);
});

it('has the same arrivals with a seed, whatever is dropped of them', async () => {
  const plan = { arrivals: 'poisson', units: [plainUnit('a'), plainUnit('b')] } as const;
  const all = new Set((await virtualLoad(plan)).sent.map(({ atMs }) => Math.round(atMs)));
  const { ended, sent } = await virtualLoad({ ...plan, maxInFlight: 2 }, () => ({ ms: 50, status: 200 }));
  expect(ended.dropped).toBeGreaterThan(100);
  expect(sent.filter(({ atMs }) => !all.has(Math.round(atMs)))).toEqual([]);
});

it('tells failures by what they are', async () => {
  const { ended } = await virtualLoad({}, (number) => ({ ms: 1, status: number % 10 === 0 ? 503 : 200 }));
  expect(ended.failures).toEqual([{ outcome: 'rejected', code: '503', phase: null, count: 100 }]);
  expect(judgeLoad(ended, { ...noThresholds, maxFailed: 0.1 }).verdict).toBe('passed');
  const failed = judgeLoad(ended, { ...noThresholds, maxFailed: 0.09 });
  expect(failed.verdict).toBe('failed');
  expect(decisiveFailures(ended, failed)).toEqual(ended.failed);
});

it('chooses units by their weights', async () => {
  const played = new Map<string, number>();
  const unit = (name: string, weight: number) => ({
    ...plainUnit(name, weight),
    play: (send: (planned: typeof anyDelivery) => Promise<unknown>) => {
      played.set(name, (played.get(name) ?? 0) + 1);
      return send(anyDelivery);
    },
  });
  await virtualLoad({
    units: [unit('a', 3), unit('b', 1)],
    stages: [{ durationMs: 10_000, fromRate: 400, toRate: 400 }],
  });
  expect(played.get('a')! + played.get('b')!).toBe(4000);
  // The standard deviation is 27.
  expect(Math.abs(played.get('a')! - 3000)).toBeLessThan(110);
});

it('sends a share twice, and a share with a fault, after which it is sent whole', async () => {
  const doubled = await virtualLoad({ duplicate: 0.1 });
  expect(doubled.ended.due).toBe(1000);
  expect(doubled.ended.sent).toBeGreaterThan(1060);
  expect(doubled.ended.sent).toBeLessThan(1140);
  expect(doubled.sent).toHaveLength(doubled.ended.sent);
  const cut = await virtualLoad({ faults: [{ fault: { kind: 'cut-body' }, share: 0.1 }] });
  const count = cut.sent.filter(({ fault }) => fault === 'cut-body').length;
  expect(count).toBeGreaterThan(60);
  expect(count).toBeLessThan(140);
  expect(cut.sent).toHaveLength(1000 + count);
  expect(cut.ended).toMatchObject({ sent: 1000, ended: 1000, ok: 1000 });
});

it('keeps a bounded number of spans, however long it lasts', async () => {
  const { ended } = await virtualLoad({ stages: [{ durationMs: 1_300_000, fromRate: 1, toRate: 1 }] });
  expect(ended.due).toBe(1300);
  expect(ended.spans.length).toBeLessThanOrEqual(600);
  expect(ended.spans.reduce((sum, { ended: count }) => sum + count, 0)).toBe(1300);
  const bands = ended.spans.flatMap((span) => span.bands).reduce((sum, count) => sum + count, 0);
  expect(bands).toBe(1300);
});

it('ends with partial figures when it is interrupted', async () => {
  const stop = new AbortController();
  const { ended } = await virtualLoad({ signal: stop.signal }, (number) => {
    if (number === 250) stop.abort('SIGINT');
    return { ms: 100, status: 200 };
  });
  expect(ended.interrupted).toBe(true);
  expect(ended.sent).toBe(250);
  expect(ended.unfinished).toBeGreaterThan(0);
  expect(ended.ended + ended.unfinished).toBe(250);
  expect(ended.ok).toBe(ended.ended);
  expect(judgeLoad(ended, noThresholds).verdict).toBe('not_judged');
});

it('counts deliveries as unfinished: copies as well, and nothing of the warm-up', async () => {
  const stop = new AbortController();
  const { ended, sent } = await virtualLoad({ signal: stop.signal, duplicate: 1, warmUpSeconds: 1 }, (_, nowMs) => {
    if (nowMs >= 2000) stop.abort('SIGINT');
    return { ms: 60_000, status: 200 };
  });
  const inWarmUp = sent.filter(({ atMs }) => atMs < 1000).length;
  expect(inWarmUp).toBe(200);
  expect(ended.ended).toBe(0);
  expect(ended.unfinished).toBe(ended.sent);
  expect(ended.sent).toBe(sent.length - inWarmUp);
  expect(judgeLoad(ended, noThresholds).verdict).toBe('not_judged');
});

it('throws what goes wrong in this program at once, however long the next arrival is away', async () => {
  const time = new VirtualTime();
  const unit = { ...plainUnit(), play: () => Promise.reject(new Error('bug')) };
  const stages = [{ durationMs: 3_600_000, fromRate: 1 / 3600, toRate: 2 / 3600 }];
  await expect(virtualLoad({ units: [unit], stages }, undefined, time)).rejects.toThrow('bug');
  expect(time.now()).toBeLessThan(60_000);
});

it('throws what goes wrong in this program', async () => {
  const unit = { ...plainUnit(), play: () => Promise.reject(new Error('bug')) };
  await expect(virtualLoad({ units: [unit] })).rejects.toThrow('bug');
});

it('compares with an earlier load', async () => {
  const before = (await virtualLoad({})).ended;
  const same = (await virtualLoad({}, () => ({ ms: 5.4, status: 200 }))).ended;
  const slower = (await virtualLoad({}, () => ({ ms: 20, status: 200 }))).ended;
  expect(judgeLoad(same, noThresholds, compareLoads(same, before, 0.1)).verdict).toBe('passed');
  const worse = judgeLoad(slower, noThresholds, compareLoads(slower, before, 0.1));
  expect(worse.verdict).toBe('failed');
  expect(worse.findings.filter(({ ok }) => !ok).map(({ name, baseline }) => [name, Math.round(baseline!)])).toEqual([
    ['p50', 5],
    ['p95', 5],
    ['p99', 5],
  ]);
});

it('is the same load in parts: the same arrivals, each once, and one histogram', async () => {
  const stages = [
    { durationMs: 3000, fromRate: 50, toRate: 350 },
    { durationMs: 2500, fromRate: 10, toRate: 10 },
  ];
  const load = { stages, arrivals: 'poisson', warmUpSeconds: 1 } as const;
  const answer = (_: number, nowMs: number) => ({ ms: nowMs % 97, status: nowMs % 5 < 1 ? 503 : 200 });
  const whole = await virtualLoad(load, answer);
  const parts = await virtualLoad(load, answer, new VirtualTime(), 3);
  const timesOf = ({ sent }: typeof whole) => sent.map(({ atMs }) => Math.round(atMs * 1000)).sort((a, b) => a - b);
  expect(timesOf(parts)).toEqual(timesOf(whole));
  expect(parts.seconds).toHaveLength(whole.seconds.length);
  for (const [at, second] of parts.seconds.entries()) {
    const { inFlight: _, ...others } = whole.seconds[at]!;
    expect(second).toMatchObject(others);
  }
  expect(parts.ended).toEqual({ ...whole.ended, maxInFlight: parts.ended.maxInFlight });
});

it('keeps to the most that may be in flight in parts, too', async () => {
  const { ended } = await virtualLoad({ maxInFlight: 10 }, () => ({ ms: 1000, status: 200 }), new VirtualTime(), 4);
  expect([ended.maxInFlight, ended.sent, ended.dropped]).toEqual([10, 100, 900]);
});
