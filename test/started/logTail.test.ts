import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SecretMask } from '../../src/core/secretMask.js';
import { LogTail } from '../../src/launch/logTail.js';

const tailOf = (limit: number, ...texts: string[]) => {
  const tail = new LogTail(limit, new SecretMask());
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

  it('shows no secret, wherever its pieces, the marks and the beginning of what is kept fall', () => {
    const secret = 'canary-7f3a9c51';
    const text = `one ${secret} two ${Buffer.from(secret).toString('hex')} three ${secret}`;
    for (let mark = 0; mark <= text.length; mark++) {
      for (const limit of [1000, 300]) {
        const tail = new LogTail(limit, new SecretMask([secret]));
        tail.add(Buffer.from(text.slice(0, mark)));
        for (const char of text.slice(mark)) tail.add(Buffer.from(char));
        tail.add(Buffer.alloc(limit === 300 ? 230 : 0, '.'));
        const shown = `${tail.since(0)} ${tail.since(tail.mark() === mark ? 0 : mark)}`;
        for (let at = 0; at + 6 <= secret.length; at++) expect(shown).not.toContain(secret.slice(at, at + 6));
        expect(shown).not.toContain(Buffer.from('3a9c51').toString('hex'));
      }
    }
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
