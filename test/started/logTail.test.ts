import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogTail } from '../../src/cli/started/logTail.js';

const tailOf = (limit: number, ...texts: string[]) => {
  const tail = new LogTail(limit);
  for (const text of texts) tail.add(Buffer.from(text));
  return tail;
};

describe('LogTail', () => {
  it('tells what was written since a mark', () => {
    const tail = tailOf(100, 'one\n');
    const mark = tail.mark();
    expect(tail.since(mark)).toBe('');
    tail.add(Buffer.from('two\nthree\n'));
    expect(tail.since(mark)).toBe('two\nthree\n');
    expect(tail.since(0)).toBe('one\ntwo\nthree\n');
  });

  it('keeps the last bytes, and says how many of those that were asked for are gone', () => {
    expect(tailOf(8, 'abcdef', 'ghijkl').since(0)).toBe('[4 bytes before this are left out]\nefghijkl');
    expect(tailOf(8, 'abcdef', 'ghijkl').since(2)).toBe('[2 bytes before this are left out]\nefghijkl');
    expect(tailOf(8, 'abcdef', 'ghijkl').since(4)).toBe('efghijkl');
    expect(tailOf(8, 'abcdefghijklmnopqrstuvwxyz').since(0)).toBe('[18 bytes before this are left out]\nstuvwxyz');
  });

  it('does not begin in the middle of a character', () => {
    expect(tailOf(5, 'ab😀c').since(0)).toBe('[2 bytes before this are left out]\n😀c');
    expect(tailOf(4, 'ab😀c').since(0)).toBe('[3 bytes before this are left out]\nc');
    expect(tailOf(2, 'é').since(1)).toBe('');
  });

  it('is right for any pieces', () => {
    const pieces = fc.array(fc.stringMatching(/^[a-z]{0,30}$/), { maxLength: 20 });
    fc.assert(
      fc.property(pieces, fc.nat(300), (texts, mark) => {
        const all = texts.join('');
        const from = Math.min(mark, all.length);
        const lost = Math.max(0, all.length - 16 - from);
        const kept = all.slice(Math.max(from, all.length - 16));
        expect(tailOf(16, ...texts).since(from)).toBe(
          (lost > 0 ? `[${lost} bytes before this are left out]\n` : '') + kept,
        );
      }),
    );
  });
});
