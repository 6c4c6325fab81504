import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/core/random.js';
import { patternText } from '../../src/samples/patternText.js';
import { isSafePattern, testPattern } from '../../src/samples/testPattern.js';

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
  '^\\d+\\.\\d+\\.\\d+(?:-[a-z]{2,5})?$',
  '^(?:[a-z]+-)*[a-z]+$',
  '^[a-f0-9]{8}-(?:[a-f0-9]{4}-){3}[a-f0-9]{12}$',
  '^https?://[a-z.]+/[a-z/]*$',
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
    '^([^!]|.)*!$',
    '.*.*.*.*.*.*!$',
    '^(a?a?)*$',
    '^(a+){20}$',
    '^(a|a){40}$',
    `^${'a?'.repeat(40)}$`,
    '^x|.*.*.*y$',
    '^(?:\\u0041+A)*$',
    '^((?:){400}){400}$',
  ])('does not try %s', (pattern) => {
    const isLiteral = pattern === 'a{';
    expect(isSafePattern(pattern)).toBe(isLiteral);
    if (!isLiteral) expect(patternText(pattern, seededRandom(1))).toBeNull();
  });

  it.each(['^.*.*.*!$', '.*.*!$', '^a|.*!$'])('tries %s on texts that are not too long for it', (pattern) => {
    expect(isSafePattern(pattern)).toBe(true);
    expect(testPattern(pattern, 'x'.repeat(100))).toBe(false);
    expect(testPattern(pattern, 'x'.repeat(100_000))).toBe(true);
  });
});
