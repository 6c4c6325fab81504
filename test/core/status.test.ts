import { describe, expect, it } from 'vitest';
import { parseStatusRule } from '../../src/core/status.js';

describe('status rules', () => {
  it.each<[string, number[], number[]]>([
    ['2xx', [200, 204, 299], [199, 300, 404]],
    ['2XX', [200], [300]],
    ['401', [401], [400, 402, 200]],
    ['200,204', [200, 204], [201, 202]],
    ['2xx, 410', [200, 410], [404, 411]],
    ['4xx,5xx', [400, 599], [200, 302]],
  ])('%s', (text, accepted, rejected) => {
    const rule = parseStatusRule(text, '--expect');
    expect(accepted.filter((status) => !rule(status))).toEqual([]);
    expect(rejected.filter(rule)).toEqual([]);
  });

  it.each([
    '',
    ' ',
    '200,',
    ',200',
    '20',
    '2000',
    '2x',
    '2x0',
    '6xx',
    '0xx',
    '099',
    '200-204',
    '200 204',
    'ok',
    '-200',
  ])('%j is none', (text) => {
    expect(() => parseStatusRule(text, '--expect')).toThrow(
      expect.objectContaining({
        name: 'UsageError',
        code: 'BAD_STATUS_RULE',
        message: `--expect: "${text}" is not a status. Write a class (2xx), a status (401), or several with commas (200,204).`,
      }),
    );
  });
});
