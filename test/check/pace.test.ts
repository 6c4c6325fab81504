import { describe, expect, it } from 'vitest';
import { isSafe } from '../../src/check/isSafe.js';
import { type Serve, slowReceiver, virtualCheck } from './virtualCheck.js';

/** A receiver whose requests wait for each other. */
function oneAtATime(ms: number): Serve {
  let freeAt = 0;
  return (isGenuine, _, now) => {
    freeAt = Math.max(freeAt, now) + ms;
    return { ms: freeAt - now, status: isGenuine ? 200 : 401 };
  };
}

describe('the pace of a receiver', () => {
  it.each<[string, Serve, string[]]>([
    ['one after the other', oneAtATime(80), ['one-at-a-time']],
    ['always slow', slowReceiver(1100), ['slow']],
    ['steady, if not quick', slowReceiver(150), []],
  ])('%s', async (_name, serve, remarks) => {
    const { summary } = await virtualCheck(serve, { only: ['20-at-once', 'plain-again'] });
    expect(summary.findings).toEqual([]);
    expect(summary.remarks.map(({ name }) => name)).toEqual(remarks);
    expect(isSafe(summary)).toBe(true);
  });
});
