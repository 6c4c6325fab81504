import { describe, expect, it } from 'vitest';
import { parseTemplate } from '../../src/core/template.js';
import { extract } from '../../src/signing/extract.js';
import type { HeaderTemplate } from '../../src/signing/templates.js';

const parse = (source: string) => parseTemplate(source, ['a', 'b', 'c'], 'test');
const header = (each: string, repeated?: { head?: string; join: string }): HeaderTemplate => ({
  name: 'X',
  head: parse(repeated?.head ?? ''),
  each: parse(each),
  join: repeated?.join ?? null,
});

describe('extract', () => {
  it.each<[string, string, [string, string][] | null]>([
    ['{a}', 'anything, at; all', [['a', 'anything, at; all']]],
    ['{a}', '', null],
    ['v0={a}', 'v0=x', [['a', 'x']]],
    ['v0={a}', 'v1=x', null],
    ['v0={a}', 'v0=', null],
    ['v0={a}', 'av0=x', null],
    [
      't={a};s={b}',
      't=2026-01-01 00:00:00;s=x=',
      [
        ['a', '2026-01-01 00:00:00'],
        ['b', 'x='],
      ],
    ],
    ['t={a};s={b}', 't=;s=x', null],
    ['t={a};s={b}', 't=1;s=', null],
    ['t={a};s={b}', 't=1', null],
    ['"{a}"', '"x"', [['a', 'x']]],
    ['"{a}"', '"x"y', null],
    ['"{a}"', '""', null],
    ['fixed', 'fixed', []],
    ['fixed', 'fixed and more', null],
    ['{a}{b}', 'xy', null],
  ])('reads %j in %j', (template, text, found) => {
    expect(extract(header(template), text)).toEqual(found);
  });

  it('reads a repeated value and passes over parts of another form', () => {
    const stripe = header('v1={b}', { head: 't={a},', join: ',' });
    expect(extract(stripe, 't=1,v1=x')).toEqual([
      ['a', '1'],
      ['b', 'x'],
    ]);
    expect(extract(stripe, 't=1,v0=w,v1=x,v1=,v1=y,')).toEqual([
      ['a', '1'],
      ['b', 'x'],
      ['b', 'y'],
    ]);
    expect(extract(stripe, 't=1,v0=w')).toBeNull();
    expect(extract(stripe, 'v1=x')).toBeNull();
    expect(extract(stripe, 't=1,')).toBeNull();
  });
});
