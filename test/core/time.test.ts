import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatTime, formatTimeLike, readTime, type TimeKind, timeKindOf, timeShape } from '../../src/core/time.js';

const ms = Date.UTC(2024, 1, 29, 23, 59, 58, 7);
const written: [TimeKind, string][] = [
  ['iso-seconds', '2024-02-29T23:59:58Z'],
  ['iso-millis', '2024-02-29T23:59:58.007Z'],
  ['iso-micros', '2024-02-29T23:59:58.007321Z'],
  ['iso-offset', '2024-02-29T23:59:58+00:00'],
  ['sql-micros', '2024-02-29 23:59:58.007321'],
];
const counted: [TimeKind, string][] = [
  ['unix-seconds', '1709251198'],
  ['unix-millis', '1709251198007'],
];

describe('times', () => {
  it.each([...written, ...counted])('%s writes %s', (kind, text) => {
    expect(formatTime(ms, kind, '321')).toBe(text);
  });

  it('digits below the millisecond are zeros where none are given', () => {
    expect(formatTime(0, 'iso-micros')).toBe('1970-01-01T00:00:00.000000Z');
    expect(formatTime(0, 'sql-micros')).toBe('1970-01-01 00:00:00.000000');
  });

  it.each([
    ['2024-02-29T23:59:58Z', ms - 7, '000'],
    ['2024-02-29T23:59:58.007Z', ms, '000'],
    ['2024-02-29T23:59:58.007321Z', ms, '321'],
    ['2024-02-29 23:59:58.007321', ms, '321'],
    ['1969-12-31T23:59:59.999001Z', -1, '001'],
    ['2024-03-01T05:29:58+05:30', ms - 7, '000'],
    ['2024-02-29T18:59:58-05:00', ms - 7, '000'],
    ['1709251198', ms - 7, '000'],
    ['1709251198.007321', ms, '321'],
    ['1709251198.1', ms + 93, '000'],
    ['1709251198007', ms, '000'],
  ])('%s is read', (text, wanted, micros) => {
    expect(readTime(text)).toEqual({ ms: wanted, micros });
  });

  it.each(written)('%s is read as it was written, in every time zone', (kind) => {
    const unit = kind === 'iso-seconds' || kind === 'iso-offset' ? 1000 : 1;
    const before = process.env.TZ;
    try {
      for (const zone of ['UTC', 'Asia/Kolkata', 'America/New_York']) {
        process.env.TZ = zone;
        fc.assert(
          fc.property(
            fc.integer({ min: 0, max: 4_102_444_800_000 }),
            fc.integer({ min: 0, max: 999 }),
            (time, below) => {
              const micros = kind.endsWith('micros') ? String(below).padStart(3, '0') : '000';
              expect(readTime(formatTime(time, kind, micros))).toEqual({ ms: Math.floor(time / unit) * unit, micros });
            },
          ),
        );
      }
    } finally {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    }
  });

  it('a shape matches its own format and no other', () => {
    for (const [kind] of [...written, ...counted]) {
      const shape = new RegExp(`^${timeShape(kind)}$`);
      expect([...written, ...counted].filter(([, text]) => shape.test(text)).map(([other]) => other)).toEqual([kind]);
    }
  });

  it('a counted time is told from other numbers by nothing but its name', () => {
    for (const [, text] of counted) expect(timeKindOf(text)).toBeUndefined();
  });

  it.each<[TimeKind, string, string]>([
    ['iso-offset', '2026-01-14T02:31:07+05:30', '2024-03-01T05:29:58+05:30'],
    ['iso-offset', '2026-01-14T02:31:07-05:00', '2024-02-29T18:59:58-05:00'],
    ['iso-micros', '2026-01-14T02:31:07.000000Z', '2024-02-29T23:59:58.007321Z'],
    ['unix-seconds', '1768357867', '1709251198'],
    ['unix-seconds', '1768357867.5', '1709251198.0'],
    ['unix-seconds', '1768357867.937', '1709251198.007'],
    ['unix-seconds', '1768357867.937144', '1709251198.007321'],
    ['unix-millis', '1768357867937', '1709251198007'],
  ])('%s is written like %s', (kind, like, text) => {
    expect(formatTimeLike(like, ms, kind, '321')).toBe(text);
  });
});
