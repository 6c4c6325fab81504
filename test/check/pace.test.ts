import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { checked } from './checked.js';
import { correct, type Judge, receiver } from './receiver.js';

const only = ['--only', '20-at-once', '--only', 'plain-again'];

/** A receiver whose requests wait for each other. */
function oneAtATime(ms: number): Judge {
  let queue = Promise.resolve();
  return async (came) => {
    const turn = queue.then(() => delay(ms));
    queue = turn;
    await turn;
    return correct(came);
  };
}

describe('the pace of a receiver', () => {
  it.each<[string, Judge, string[]]>([
    ['one after the other', oneAtATime(80), ['one-at-a-time']],
    [
      'always slow',
      async (came) => {
        await delay(1100);
        return correct(came);
      },
      ['slow'],
    ],
    [
      'steady, if not quick',
      async (came) => {
        await delay(150);
        return correct(came);
      },
      [],
    ],
  ])('%s', async (_name, judge, findings) => {
    const { summary, exitCode, findings: real } = await checked(await receiver(judge), only);
    expect(real).toEqual([]);
    expect(summary.remarks.map(({ name }: { name: string }) => name)).toEqual(findings);
    expect(exitCode).toBe(0);
  });
});
