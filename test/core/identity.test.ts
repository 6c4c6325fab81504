import { describe, expect, it } from 'vitest';
import {
  freshIdentity,
  type IdentityKind,
  ksuidTime,
  snowflakeTime,
  timeUuidTime,
  ulidTime,
} from '../../src/core/identity.js';
import { type Random, seededRandom } from '../../src/core/random.js';
import { python } from '../support/python.js';

const ms = Date.UTC(2024, 1, 3, 4, 5, 6, 789);
const patterns = { pattern: 'INV/YYYYMMDD/YY-####-@@*' };
const make = (kind: IdentityKind, length: number, random: Random) =>
  freshIdentity({ kind, length, ms, ...(kind === 'code' ? patterns : {}) }, random);

const kinds: [IdentityKind, number, RegExp][] = [
  // Python: uuid.UUID('4f74d650-c249-11ee-8000-010000000000').time has the 100 ns since 1582 of this millisecond (see below).
  ['uuid1', 36, /^[0-9a-f]{8}-c249-11ee-[89ab][0-9a-f]{3}-[0-9a-f][13579bdf][0-9a-f]{10}$/],
  ['uuid4', 36, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
  ['uuid4hex', 32, /^[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}$/],
  // 2024-02-03T04:05:06.789Z is 0x18d6d243865 milliseconds.
  ['uuid7', 36, /^018d6d24-3865-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
  // By the README of the npm package ulid, 1469918176385 is written 01ARYZ6S41; 1706933106789 by the same rule (Python).
  ['ulid', 26, /^01HNPJ8E35[0-9A-HJKMNP-TV-Z]{16}$/],
  ['ulid-lower', 26, /^01hnpj8e35[0-9a-hjkmnp-tv-z]{16}$/],
  ['uuid4-upper', 36, /^[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/],
  ['ksuid', 27, /^2bqC[DE][0-9A-Za-z]{22}$/],
  // 1706933106 is 0x65bdbb72.
  ['objectid', 24, /^65bdbb72[0-9a-f]{16}$/],
  // (1706933106789 - 1420070400000) << 22 begins so.
  ['snowflake', 19, /^1203189398\d{9}$/],
  ['hex', 24, /^[0-9a-f]{24}$/],
  ['hex-upper', 24, /^[0-9A-F]{24}$/],
  ['base32', 26, /^[A-Z2-7]{25}[AEIMQUY4]$/],
  ['base32-lower', 26, /^[a-z2-7]{25}[aeimquy4]$/],
  ['base36', 20, /^[0-9a-z]{20}$/],
  ['letters', 20, /^[A-Za-z]{20}$/],
  ['capitals', 20, /^[A-Z]{20}$/],
  ['alphanumeric', 20, /^[A-Za-z0-9]{20}$/],
  ['base64url', 22, /^[A-Za-z0-9_-]{22}$/],
  ['digits', 16, /^[1-9][0-9]{15}$/],
  ['nanoseconds', 19, /^1706933106789[0-9]{6}$/],
  ['code', 24, /^INV\/20240203\/24-\d{4}-[A-Z]{2}[A-Z0-9]$/],
];

describe.each(kinds)('%s', (kind, length, form) => {
  it('has its form and length', () => {
    const random = seededRandom(7);
    for (let i = 0; i < 500; i++) {
      const identity = make(kind, length, random);
      expect(identity).toMatch(form);
      expect(identity).toHaveLength(length);
    }
  });

  it('depends on the seed alone', () => {
    const run = (seed: number) => {
      const random = seededRandom(seed);
      return Array.from({ length: 5 }, () => make(kind, length, random));
    };
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });
});

describe('identities', () => {
  it.each(kinds.filter(([kind]) => !['nanoseconds', 'snowflake', 'code'].includes(kind)))(
    '20,000 of kind %s differ',
    (kind, length) => {
      const random = seededRandom(3);
      const identities = new Set(Array.from({ length: 20_000 }, () => make(kind, length, random)));
      expect(identities.size).toBe(20_000);
    },
  );

  it.each<[IdentityKind, string]>([
    ['hex', '0123456789abcdef'],
    ['letters', 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'],
    ['capitals', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
    ['alphanumeric', 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'],
    ['base64url', 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'],
  ])('characters of kind %s are equally frequent', (kind, alphabet) => {
    const counts = new Map<string, number>();
    for (const char of make(kind, alphabet.length * 1000, seededRandom(5)))
      counts.set(char, (counts.get(char) ?? 0) + 1);
    expect([...counts.keys()].sort()).toEqual([...alphabet].sort());
    // 1000 of each are expected, with a standard deviation of 32.
    expect(Math.min(...counts.values())).toBeGreaterThan(840);
    expect(Math.max(...counts.values())).toBeLessThan(1160);
  });

  it('digits of any length never start with 0', () => {
    const random = seededRandom(11);
    for (const length of [1, 2, 10]) {
      const firsts = Array.from({ length: 500 }, () => make('digits', length, random)[0]);
      expect([...new Set(firsts)].sort()).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9']);
    }
  });

  it('a uuid7 holds its milliseconds', () => {
    for (const time of [0, 1, ms, 2 ** 45 + 0.5]) {
      const uuid = freshIdentity({ kind: 'uuid7', length: 36, ms: time }, seededRandom(1));
      expect(Number.parseInt(uuid.slice(0, 13).replace('-', ''), 16)).toBe(Math.floor(time));
    }
  });

  it('a ulid begins with its milliseconds', () => {
    const identities = freshIdentity({ kind: 'ulid', length: 26, ms: 1_469_918_176_385.5 }, seededRandom(1));
    expect(identities.slice(0, 10)).toBe('01ARYZ6S41');
    for (const text of ['01ARYZ6S41TSV4RRFFQ69G5FAV', '01aryz6s41tsv4rrffq69g5fav'])
      expect(ulidTime(text)).toBe(1_469_918_176_385);
  });

  it('a KSUID and a snowflake begin with their time', () => {
    // The README of github.com/segmentio/ksuid: 107608047 seconds after its epoch of 1400000000.
    expect(ksuidTime('0ujtsYcgvSTl8PAuAdqWYSMnLOv')).toBe(1_507_608_047_000);
    // https://discord.com/developers/docs/reference#snowflakes
    expect(snowflakeTime('175928847299117063')).toBe(1_462_015_105_796);
  });

  it('a UUID of version 1 holds its time, as Python reads it', () => {
    const identities = Array.from({ length: 20 }, (_, seed) =>
      freshIdentity({ kind: 'uuid1', length: 36, ms }, seededRandom(seed)),
    );
    const read = `import sys, uuid
for text in sys.argv[1:]:
    made = uuid.UUID(text)
    print(made.version, made.variant == uuid.RFC_4122, (made.time - 0x01b21dd213814000) // 10000, made.node >> 40 & 1)`;
    const lines = python(read, identities).toString().trim().split('\n');
    expect(new Set(lines)).toEqual(new Set([`1 True ${ms} 1`]));
    // RFC 9562, appendix A.1: Tuesday, February 22, 2022 2:22:22.00 PM GMT-05:00.
    expect(timeUuidTime('c232ab00-9414-11ec-b3c8-9f6bdeced846')).toBe(Date.UTC(2022, 1, 22, 19, 22, 22));
  });

  it.each([2, 4, 5, 7, 8, 13, 15, 26, 32])('base 32 of %d digits is what Python makes of the bytes in it', (length) => {
    const identities = Array.from({ length: 20 }, (_, seed) =>
      freshIdentity({ kind: 'base32', length, ms }, seededRandom(seed)),
    );
    const again = `import base64, sys
for text in sys.argv[1:]:
    print(base64.b32encode(base64.b32decode(text + '=' * (-len(text) % 8))).decode().rstrip('='))`;
    const lines = python(again, identities).toString().trim().split('\n');
    expect(lines).toEqual(identities);
  });

  it('a code without placeholders is its text', () => {
    const code = (pattern: string) => freshIdentity({ kind: 'code', length: 0, pattern, ms }, seededRandom(1));
    expect(code('AB-12/x$&')).toBe('AB-12/x$&');
    expect(code('YYYY-MM-DD YY')).toBe('2024-02-03 24');
  });
});
