import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/core/random.js';
import { isSafePattern, patternText } from '../../src/samples/patternText.js';

const patterns = [
  '^[a-z]{2}_[A-Za-z0-9]{24}$',
  '^\\d{3}-\\d{2}-\\d{4}$',
  '^(?:eu|us)-(?:west|east)-[1-3]$',
  '^#?[0-9a-fA-F]{6}$',
  '^\\S+@\\S+$',
  '^[^\\s/]{1,10}$',
  '^(?!.*--)[a-z-]{5,9}$',
  '\\u0041\\x42[\\w.-]+',
  '^.{8,}$',
  '^v\\d+(\\.\\d+){2}$',
  '^[-+]?\\d{1,3}$',
];

describe('patternText', () => {
  it.each(patterns)('makes texts that %s takes', (pattern) => {
    for (let seed = 0; seed < 20; seed++) {
      const text = patternText(pattern, seededRandom(seed));
      expect(text).not.toBeNull();
      expect(text).toMatch(new RegExp(pattern));
    }
  });

  it.each([
    '^(a+)+$',
    '(x*)*y',
    '((ab){1,})+',
    '(a|b+)*c',
    '(a)\\1',
    '[',
    'a{',
    `a{1,}${'b*'.repeat(20)}`,
    'a'.repeat(2000),
  ])('does not try %s', (pattern) => {
    const isLiteral = pattern === 'a{';
    expect(isSafePattern(pattern)).toBe(isLiteral);
    if (!isLiteral) expect(patternText(pattern, seededRandom(1))).toBeNull();
  });
});
