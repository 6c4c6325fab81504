import { describe, it, vi } from 'vitest';
import { checkReceiver } from './checkReceiver.js';
import { isRunnable } from './programs.js';
import { start } from './start.js';
import { nameOf, type Receiver, zoo } from './zoo.js';

vi.setConfig({ maxConcurrency: 6, testTimeout: 120_000 });

const rows = (waits: Receiver['waits']) =>
  zoo
    .filter((receiver) => receiver.waits === waits && isRunnable(receiver.file))
    .map((receiver) => [nameOf(receiver), receiver] as const);

/** Returns how many requests a receiver's limiter rejected before its verifier gave this answer; null for an answer of the limiter. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came out
function rejectedBefore({ response }: any): number | null {
  const mark = response?.headers.find(([name]: [string]) => name.toLowerCase() === 'x-verified');
  return mark ? Number(mark[1]) : null;
}

/** Returns the cases that `check` passed for a receiver, and those of them that no verifier answered. */
async function whatWasSaid(receiver: Receiver, onTestFinished: (stop: () => Promise<void>) => void) {
  const { url, stop } = await start(receiver);
  onTestFinished(stop);
  const { exitCode, cases, summary } = await checkReceiver(receiver, url);
  const judged = cases.filter((each) => each.class === 'must-reject' && each.verdict === 'passed');
  return {
    exitCode,
    findings: [...summary.findings, ...cases.filter(({ verdict }) => verdict === 'finding')].map(({ name }) => name),
    remarks: summary.remarks.map(({ name }: { name: string }) => name),
    wronglyPassed: judged
      .filter(({ attempts }) => attempts.some((each: unknown) => rejectedBefore(each) === null))
      .map(({ name }) => name),
    judged: judged.length,
    isLimited: cases.some(({ attempts }) => attempts.some((each: unknown) => rejectedBefore(each) !== 0)),
    withoutReason: cases.filter(({ verdict, reason }) => verdict === 'not_judged' && !reason).map(({ name }) => name),
    incomplete: summary.incomplete,
    grade: summary.grade,
  };
}

const truthful = { findings: [], wronglyPassed: [], withoutReason: [], grade: null };

describe.concurrent('a limit that time lifts', () => {
  it.for(rows('for a while'))('%s is waited for', async ([, receiver], { expect, onTestFinished }) => {
    expect(await whatWasSaid(receiver, onTestFinished), receiver.why).toEqual({
      ...truthful,
      exitCode: 0,
      isLimited: true,
      remarks: [],
      judged: expect.toSatisfy((count: number) => count >= 10),
      incomplete: null,
    });
  });
});

describe.concurrent('a lock that nothing lifts', () => {
  it.for(rows('in vain'))(
    '%s is told, and nothing behind it judged',
    async ([, receiver], { expect, onTestFinished }) => {
      expect(await whatWasSaid(receiver, onTestFinished), receiver.why).toEqual({
        ...truthful,
        exitCode: 1,
        isLimited: expect.any(Boolean),
        remarks: ['locks-senders-out'],
        judged: expect.toSatisfy((count: number) => count < 10),
        incomplete: expect.stringMatching(/^\d of \d+ forgeries could be judged: the receiver stopped accepting/),
      });
    },
  );
});
