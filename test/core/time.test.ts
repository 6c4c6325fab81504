import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatTime, formatTimeLike, readTime, type TimeKind, timeKindOf, timeShape } from '../../src/core/time.js';

const ms = Date.UTC(2024, 1, 29, 23, 59, 58, 7);
const written: [TimeKind, string][] = [
  ['iso-seconds', '2024-02-29T23:59:58Z'],
  ['iso-millis', '2024-02-29T23:59:58.007Z'],
  ['iso-micros', '2024-02-29T23:59:58.007321Z'],
  ['iso-dotnet', '2024-02-29T23:59:58.0073214Z'],
  ['iso-nanos', '2024-02-29T23:59:58.007321456Z'],
  ['iso-offset', '2024-02-29T23:59:58+00:00'],
  ['iso-local', '2024-02-29T23:59:58'],
  ['iso-date', '2024-02-29'],
  ['iso-basic', '20240229T235958Z'],
  ['sql-seconds', '2024-02-29 23:59:58'],
  ['sql-micros', '2024-02-29 23:59:58.007321'],
  ['rfc1123', 'Thu, 29 Feb 2024 23:59:58 GMT'],
];
const counted: [TimeKind, string][] = [
  ['unix-seconds', '1709251198'],
  ['unix-float', '1709251198.007321'],
  ['unix-millis', '1709251198007'],
  ['unix-micros', '1709251198007321'],
  ['unix-nanos', '1709251198007321456'],
];
/** Each as Python has it: datetime.fromtimestamp(1709251198.007, timezone(timedelta(hours=…))) with strftime. */
const zoned: [TimeKind, string, string][] = [
  ['iso-seconds', '+07:00', '2024-03-01T06:59:58+07:00'],
  ['iso-millis', '-05:00', '2024-02-29T18:59:58.007-05:00'],
  ['iso-micros', '+05:30', '2024-03-01T05:29:58.007321+05:30'],
  ['iso-nanos', '+00:00', '2024-02-29T23:59:58.007321456+00:00'],
  ['iso-dotnet', '+05:30', '2024-03-01T05:29:58.0073214+05:30'],
  ['iso-basic', '+07:00', '20240301T065958+0700'],
  ['iso-offset', '-08:00', '2024-02-29T15:59:58-08:00'],
  ['iso-local', '+07:00', '2024-03-01T06:59:58'],
  ['iso-date', '+07:00', '2024-03-01'],
  ['sql-seconds', '+07:00', '2024-03-01 06:59:58'],
  ['sql-micros', '-05:00', '2024-02-29 18:59:58.007321'],
  ['rfc1123', '+07:00', 'Fri, 01 Mar 2024 06:59:58 +0700'],
];

describe('times', () => {
  it.each([...written, ...counted])('%s writes %s', (kind, text) => {
    expect(formatTime(ms, kind, '321456')).toBe(text);
  });

  it.each(zoned)('%s writes in the offset %s', (kind, zone, text) => {
    expect(formatTime(ms, kind, '321456', zone)).toBe(text);
  });

  it('digits below the millisecond are zeros where none are given', () => {
    expect(formatTime(0, 'iso-micros')).toBe('1970-01-01T00:00:00.000000Z');
    expect(formatTime(0, 'sql-micros')).toBe('1970-01-01 00:00:00.000000');
  });

  it.each([
    ['2024-02-29T23:59:58Z', ms - 7, '000000'],
    ['2024-02-29T23:59:58.007Z', ms, '000000'],
    ['2024-02-29T23:59:58.007321Z', ms, '321000'],
    ['2024-02-29 23:59:58.007321', ms, '321000'],
    ['1969-12-31T23:59:59.999001Z', -1, '001000'],
    ['2024-03-01T05:29:58+05:30', ms - 7, '000000'],
    ['2024-02-29T18:59:58-05:00', ms - 7, '000000'],
    ['20240229T235958Z', ms - 7, '000000'],
    ['2024-02-29T23:59:58.0073214Z', ms, '321400'],
    ['1709251198.007321', ms, '321000'],
    ['1709251198', ms - 7, '000000'],
    ['1709251198.007321', ms, '321000'],
    ['1709251198.1', ms + 93, '000000'],
    ['1709251198007', ms, '000000'],
    ['1709251198007321', ms, '321000'],
    ['1709251198007321456', ms, '321456'],
    ['2024-02-29T23:59:58.007321456Z', ms, '321456'],
    ['2024-03-01T05:29:58.007321+0530', ms, '321000'],
    ['2024-02-29T23:59:58.007321', ms, '321000'],
    ['2024-02-29T23:59', ms - 58_007, '000000'],
    ['2024-02-29', Date.UTC(2024, 1, 29), '000000'],
    ['2024-02-29 23:59:58 UTC', ms - 7, '000000'],
    ['2024-03-01 06:59:58 +0700', ms - 7, '000000'],
    ['Fri, 01 Mar 2024 06:59:58 +0700', ms - 7, '000000'],
    ['order 5', Number.NaN, '000000'],
  ])('%s is read', (text, wanted, below) => {
    expect(readTime(text)).toEqual({ ms: wanted, below });
  });

  it.each(written)('%s is read as it was written, in every time zone', (kind) => {
    const unit = kind === 'iso-date' ? 86_400_000 : /(millis|micros|dotnet|nanos)$/.test(kind) ? 1 : 1000;
    const before = process.env.TZ;
    try {
      for (const zone of ['UTC', 'Asia/Kolkata', 'America/New_York']) {
        process.env.TZ = zone;
        fc.assert(
          fc.property(
            fc.integer({ min: 0, max: 4_102_444_800_000 }),
            fc.integer({ min: 0, max: 999_999 }),
            (time, below) => {
              const all = String(below).padStart(6, '0');
              const kept = kind.endsWith('nanos') ? 6 : kind.endsWith('dotnet') ? 4 : kind.endsWith('micros') ? 3 : 0;
              expect(readTime(formatTime(time, kind, all))).toEqual({
                ms: Math.floor(time / unit) * unit,
                below: all.slice(0, kept).padEnd(6, '0'),
              });
            },
          ),
        );
      }
    } finally {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    }
  });

  it('a shape matches its own format and no other; seconds may have a fraction', () => {
    for (const [kind] of [...written, ...counted]) {
      const shape = new RegExp(`^${timeShape(kind)}$`);
      expect([...written, ...counted].filter(([, text]) => shape.test(text)).map(([other]) => other)).toEqual(
        kind === 'unix-seconds' ? ['unix-seconds', 'unix-float'] : [kind],
      );
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
    ['unix-micros', '1768357867937144', '1709251198007321'],
    ['unix-nanos', '1768357867937144000', '1709251198007321456'],
    ['iso-offset', '2026-01-14T02:31:07.123+0700', '2024-03-01T06:59:58.007+0700'],
    ['iso-offset', '2026-01-14T02:31:07.123456+00:00', '2024-02-29T23:59:58.007321+00:00'],
    ['iso-offset', '2026-01-14T02:31:07+07', '2024-03-01T06:59:58+07'],
    ['iso-local', '2026-01-14T02:31', '2024-02-29T23:59'],
    ['iso-local', '2026-01-14T02:31:07.123456', '2024-02-29T23:59:58.007321'],
    ['iso-date', '2026-01-14', '2024-02-29'],
    ['sql-seconds', '2026-01-14 02:31:07', '2024-02-29 23:59:58'],
    ['sql-seconds', '2026-01-14 02:31:07 UTC', '2024-02-29 23:59:58 UTC'],
    ['sql-seconds', '2026-01-14 02:31:07 +0700', '2024-03-01 06:59:58 +0700'],
    ['rfc1123', 'Wed, 14 Jan 2026 02:31:07 +0700', 'Fri, 01 Mar 2024 06:59:58 +0700'],
    ['rfc1123', 'Wed, 14 Jan 2026 02:31:07 GMT', 'Thu, 29 Feb 2024 23:59:58 GMT'],
  ])('%s is written like %s', (kind, like, text) => {
    expect(formatTimeLike(like, ms, kind, '321456')).toBe(text);
  });
});
