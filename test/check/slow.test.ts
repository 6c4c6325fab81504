import { describe, expect, it } from 'vitest';
import { isSafe } from '../../src/check/isSafe.js';
import { type Serve, slowReceiver, virtualCheck } from './virtualCheck.js';

const remarksOf = ({ remarks }: { remarks: readonly { name: string }[] }) => remarks.map(({ name }) => name);

describe('the time of a check', () => {
  it.each([5, 400, 1500])('is enough for a receiver that takes %s ms, all of which is judged', async (ms) => {
    const { summary, cases, tookMs } = await virtualCheck(slowReceiver(ms));
    expect(summary).toMatchObject({ grade: 'A', incomplete: null, findings: [] });
    expect(cases.filter(({ verdict, leftOut }) => verdict === 'not_judged' && !leftOut)).toEqual([]);
    expect(tookMs).toBeLessThan(300_000);
  });

  it('grows beyond the usual minute with what the plain event took', async () => {
    const { tookMs } = await virtualCheck(slowReceiver(1500));
    expect(tookMs).toBeGreaterThan(60_000);
  });

  it('has an upper limit, which is told where it is reached', async () => {
    const { summary, cases, tookMs } = await virtualCheck(slowReceiver(14_000), { timeLimitMs: 30_000 });
    expect(summary).toMatchObject({ grade: null, incomplete: 'the budget of 5 min is used up', findings: [] });
    expect(isSafe(summary)).toBe(false);
    expect(tookMs).toBeLessThanOrEqual(301_000);
    expect(cases.at(-1)).toMatchObject({ verdict: 'not_judged', reason: 'the budget of 5 min is used up' });
  });

  it('does not grow where it was asked for', async () => {
    const { summary, tookMs } = await virtualCheck(slowReceiver(400), { budgetMs: 3000 });
    expect(summary).toMatchObject({ grade: null, incomplete: 'the budget of 3 s is used up' });
    expect(tookMs).toBeLessThanOrEqual(3500);
  });
});

describe('a case that is not answered in time', () => {
  const hangsOn =
    (hangs: (isGenuine: boolean, forge: string | null) => boolean): Serve =>
    (isGenuine, { forge }) =>
      hangs(isGenuine, forge) ? { ms: Number.POSITIVE_INFINITY, status: 0 } : { ms: 5, status: isGenuine ? 200 : 401 };

  it('is not judged where it is a forgery, for that proves nothing', async () => {
    const { summary, cases } = await virtualCheck(
      hangsOn((_, forge) => forge === 'sha1'),
      { only: ['sha1', 'md5', 'wrong-secret'] },
    );
    expect(cases.find(({ name }) => name === 'sha1')).toMatchObject({ verdict: 'not_judged' });
    expect(cases.find(({ name }) => name === 'sha1')?.reason).toMatch(/^no answer in /);
    expect(summary.findings).toEqual([]);
  });

  it('is tried once more, and a second answer in time counts', async () => {
    let tries = 0;
    const { cases, summary } = await virtualCheck(
      (isGenuine, { headers }) => {
        const isLowered = headers.some(([name]) => name === 'x-scalev-hmac-sha256');
        return { ms: isLowered && ++tries === 1 ? Number.POSITIVE_INFINITY : 5, status: isGenuine ? 200 : 401 };
      },
      { only: ['lower-case-headers', 'wrong-secret'] },
    );
    expect(tries).toBe(2);
    expect(cases.find(({ name }) => name === 'lower-case-headers')).toMatchObject({ verdict: 'passed' });
    expect(isSafe(summary)).toBe(true);
  });

  it('holds the check up no longer than its time, however often it hangs again', async () => {
    let plain = 0;
    const { summary, tookMs } = await virtualCheck(
      hangsOn((isGenuine) => !isGenuine || ++plain > 1),
      { timeLimitMs: 30_000 },
    );
    expect(tookMs).toBeLessThanOrEqual(330_000);
    expect(isSafe(summary)).toBe(false);
  });

  it('leaves no green check behind where it is all of them', async () => {
    const { summary, cases } = await virtualCheck(hangsOn((isGenuine) => !isGenuine));
    const forgeries = cases.filter((each) => each.class === 'must-reject' && !each.leftOut);
    expect(forgeries.filter(({ verdict }) => verdict === 'finding')).toEqual([]);
    expect(summary.grade).toBeNull();
    expect(summary.incomplete).not.toBeNull();
    expect(isSafe(summary)).toBe(false);
  });
});

describe('a receiver near the time limit of the provider', () => {
  it.each([
    [400, []],
    [1200, ['near-time-limit']],
  ])('of 2 s that takes %s ms is told so', async (ms, remarks) => {
    const { summary } = await virtualCheck(slowReceiver(ms), { timeLimitMs: 2000, only: ['wrong-secret', 'sha1'] });
    expect(remarksOf(summary).filter((name) => name !== 'slow')).toEqual(remarks);
    expect(isSafe(summary)).toBe(true);
  });
});
