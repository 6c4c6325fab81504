import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration, readDuration } from '../../src/core/duration.js';

describe('durations', () => {
  it.each([
    ['0s', 0],
    ['250ms', 250],
    ['0.5ms', 0.5],
    ['5s', 5000],
    ['1.5m', 90_000],
    ['1h', 3_600_000],
    ['2d', 172_800_000],
    ['007s', 7000],
  ])('%s is %d ms', (text, ms) => {
    expect(readDuration(text)).toBe(ms);
    expect(parseDuration(text, '--timeout')).toBe(ms);
  });

  it.each(['', '5', 's', '-5s', '+5s', '5 s', ' 5s', '5s ', '5S', '5sec', '1,5s', '.5s', '5.s', '1e3s', '٣s', '5s\n'])(
    '%j is none',
    (text) => {
      expect(readDuration(text)).toBeUndefined();
    },
  );

  it('one that is too long for a number is none', () => {
    expect(readDuration(`${'9'.repeat(400)}s`)).toBeUndefined();
  });

  it('an error says what is wrong where', () => {
    expect(() => parseDuration('5', '--timeout')).toThrow(
      expect.objectContaining({
        name: 'UsageError',
        code: 'BAD_DURATION',
        message: '--timeout: "5" is not a duration. Write a number and a unit: 500ms, 5s, 1m.',
      }),
    );
  });

  it.each([
    [0, '0 ms'],
    [0.4, '0 ms'],
    [850, '850 ms'],
    [999.4, '999 ms'],
    [999.6, '1 s'],
    [1000, '1 s'],
    [1540, '1.5 s'],
    [10_000, '10 s'],
    [59_900, '59.9 s'],
    [59_980, '1 min'],
    [60_000, '1 min'],
    [90_000, '1 min 30 s'],
    [3_599_999, '59 min 59 s'],
    [3_600_000, '1 h'],
    [4_260_000, '1 h 11 min'],
    [172_800_000, '48 h'],
  ])('%d ms reads %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});
