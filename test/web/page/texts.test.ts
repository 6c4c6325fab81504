import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dumpBytes, layOutBody, layOutJson } from '../../../src/web/page/parts/bodyText.js';
import { diffLines } from '../../../src/web/page/parts/diffLines.js';
import { formatBytes, formatMs, plural } from '../../../src/web/page/parts/format.js';
import { scoreMatch } from '../../../src/web/page/parts/fuzzyMatch.js';
import type { ShownBody } from '../../../src/web/protocol.js';

const body = (parts: Partial<ShownBody>): ShownBody => ({
  bytes: 1,
  sha256: null,
  mediaType: null,
  text: null,
  base64: null,
  missing: null,
  isTruncated: false,
  isMasked: false,
  ...parts,
});

describe('a body that is laid out', () => {
  it('has its members on lines of their own, each token as it came', () => {
    expect(layOutJson('{"a":1.10,"b":[],"c":{"d":[1,{"e":"x:,{}"}]},"f":{}}')).toBe(
      '{\n  "a": 1.10,\n  "b": [],\n  "c": {\n    "d": [\n      1,\n      {\n        "e": "x:,{}"\n      }\n    ]\n  },\n  "f": {}\n}',
    );
    expect(layOutJson('{"a":12345678901234567890}')).toContain('12345678901234567890');
    expect(layOutJson('{"a":')).toBe('{"a":');
  });

  it('is what JSON.stringify makes of it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        fc.pre(/^[[{]/.test(text));
        expect(layOutJson(text)).toBe(JSON.stringify(JSON.parse(text), null, 2));
      }),
    );
  });

  it('is a form with a line for each field, or bytes', () => {
    const form = body({ text: 'a=1%262&b=%3Cscript%3E', mediaType: 'application/x-www-form-urlencoded' });
    expect(layOutBody(form)).toBe('a = 1&2\nb = <script>');
    expect(layOutBody(body({ base64: 'AP9B' }))).toBe(`00000000  ${'00 ff 41'.padEnd(24)} ${' '.repeat(24)} ··A`);
    expect(dumpBytes(new Uint8Array(40), 32).split('\n').at(-1)).toBe('… 8 bytes more');
  });
});

describe('what differs between two texts', () => {
  it('is the lines that are removed and added', () => {
    const lines = diffLines('a\nb\nc\nd', 'a\nc\nx\nd').map(
      ({ is, text }) => `${{ same: ' ', removed: '-', added: '+' }[is]}${text}`,
    );
    expect(lines).toEqual([' a', '-b', ' c', '+x', ' d']);
  });

  it('leads from each one to the other, and is as short as can be', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diffLines(before.join('\n'), after.join('\n'));
        expect(lines.filter(({ is }) => is !== 'added').map((line) => line.text)).toEqual(before);
        expect(lines.filter(({ is }) => is !== 'removed').map((line) => line.text)).toEqual(after);
        expect(lines.filter(({ is }) => is === 'same').length).toBe(longestCommon(before, after));
      }),
    );
  });

  it('is all of both where they have little in common, and is found soon', () => {
    const many = (letter: string) => Array.from({ length: 20_000 }, (_, at) => `${letter}${at}`).join('\n');
    const lines = diffLines(many('a'), many('b'));
    expect(lines.length).toBe(40_000);
  });
});

/** The length of the longest common subsequence, by the table of the textbook. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++)
      table[i]![j] = a[i - 1] === b[j - 1] ? table[i - 1]![j - 1]! + 1 : Math.max(table[i - 1]![j]!, table[i]![j - 1]!);
  return table[a.length]![b.length]!;
}

describe('a fuzzy search', () => {
  const best = (typed: string, texts: readonly string[]) =>
    texts
      .map((text) => ({ text, score: scoreMatch(typed, text) }))
      .filter(({ score }) => score !== null)
      .sort((a, b) => b.score! - a.score!)
      .map(({ text }) => text);

  it('finds words in any order, and letters that begin words', () => {
    const texts = ['charge.refund.created', 'refund.created', 'customer.created', 'pull_request.opened'];
    expect(best('created refund', texts)).toEqual(['refund.created', 'charge.refund.created']);
    expect(best('prop', texts)[0]).toBe('pull_request.opened');
    expect(best('REFUND', texts)[0]).toBe('refund.created');
    expect(best('zzz', texts)).toEqual([]);
    expect(best('', texts)).toHaveLength(4);
  });
});

describe('figures', () => {
  it('are said as people say them', () => {
    expect([0.04, 1.26, 99.6, 1250, 61_000, 3_600_000, 9_300_000, 97_200_000].map(formatMs)).toEqual([
      '0 ms',
      '1.3 ms',
      '100 ms',
      '1.3 s',
      '1 min 1 s',
      '1 h',
      '2 h 35 min',
      '1 d 3 h',
    ]);
    expect([0, 999, 1499, 2_500_000].map(formatBytes)).toEqual(['0 B', '999 B', '1.5 kB', '2.5 MB']);
    expect([plural(1, 'case'), plural(3243, 'event')]).toEqual(['1 case', '3,243 events']);
  });
});
