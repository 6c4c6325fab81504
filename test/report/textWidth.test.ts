import { expect, it } from 'vitest';
import { breakText } from '../../src/core/breakText.js';
import { excerpt, wrap } from '../../src/core/printable.js';
import { cutText, padText, textWidth } from '../../src/core/textWidth.js';

it('counts the columns that a terminal gives a text', () => {
  // What wcswidth of Python's wcwidth 0.7.0 says.
  const widths = {
    'a b': 3,
    注文: 4,
    주문: 4,
    ﾁｭｳ: 3,
    '（注）': 6,
    Größe: 5,
    'e\u0301': 1,
    '📦': 2,
    '🇮🇩': 2,
    '👍🏽': 2,
    '…': 1,
  };
  for (const [text, width] of Object.entries(widths)) expect([text, textWidth(text)]).toEqual([text, width]);
  expect(textWidth('\u001b[32m注文\u001b[39m')).toBe(4);
  expect(padText('注文', 6)).toBe('注文  ');
  expect(padText('注文', 3)).toBe('注文');
});

it('cuts a text to columns, and no character in half', () => {
  expect([cutText('orders', 6), cutText('orders', 5)]).toEqual(['orders', 'orde…']);
  expect([cutText('注文書', 6), cutText('注文書', 5), cutText('注文書', 4)]).toEqual(['注文書', '注文…', '注…']);
  expect(cutText('a📦📦📦', 5)).toBe('a📦…');
  expect(cutText('ですね。そして', 8)).toBe('ですね…');
  expect(cutText('サービス・ルール', 6)).toBe('サー…');
  expect([excerpt('注文書です', 9), excerpt('注文書です', 10)]).toEqual(['注文書で…', '注文書です']);
  expect(excerpt(`${'e\u0301'.repeat(20)}`, 10).endsWith('…')).toBe(true);
  expect(excerpt('𠀀'.repeat(20), 10)).toMatch(/^𠀀+…$/u);
});

it('breaks lines at columns', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrap('注文が支払われました。', 8)).toEqual(['注文が支', '払われま', 'した。']);
  expect(wrap('a-word-that-is-longer', 8)).toEqual(['a-word-that-is-longer']);
});

it.each([20, 33, 60, 200])('breaks a text into lines of %i columns which together are the text', (width) => {
  const text = `{"id":"evt_1","name":"注文が支払われました📦📦","note":"caf\\u00e9 \\ud83d\\ude00\\n\\\\","url":"https://example.com/${'x'.repeat(90)}","esc":"\\x1b\\u{202e}${'\\u0041'.repeat(30)}${'👍🏽'.repeat(20)}"}`;
  const lines = breakText(text, width);
  expect(lines.join('')).toBe(text);
  expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(width);
  for (const [at, line] of lines.slice(1).entries()) {
    const [end, start] = [lines[at]!, line];
    expect(`${end}|${start}`).not.toMatch(
      /[\ud800-\udbff]\|[\udc00-\udfff]|\\\||\\(?:u|x)[\da-f{]{0,3}\||👍\||\\ud83d\|/i,
    );
  }
  if (width < 60) expect(lines.length).toBeGreaterThan(5);
  expect(breakText(text, Number.POSITIVE_INFINITY)).toEqual([text]);
});
