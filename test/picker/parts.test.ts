import { describe, expect, it } from 'vitest';
import { changesBetween } from '../../src/cli/commands/pick/changes.js';
import { word } from '../../src/cli/commands/pick/command.js';
import { find } from '../../src/cli/prompts/searchFor.js';
import { writeFaithfully } from '../../src/json/dialect.js';
import { parseJson } from '../../src/json/parse.js';
import { applyEdits, parseSet, parseUnset } from '../../src/payloads/edit.js';

describe('find', () => {
  const items = [
    { name: 'orders.place', text: 'Order placed. A customer places an order.' },
    { name: 'returns.ship', text: 'Return shipped. The order comes back.' },
    { name: 'shipments.ship', text: 'Shipment shipped.' },
  ];
  const names = (term: string) => find(items, term).map(({ name }) => name);

  it('wants every word, and puts names first', () => {
    expect(names('')).toHaveLength(3);
    expect(names('ship')).toEqual(['shipments.ship', 'returns.ship']);
    expect(names('order')).toEqual(['orders.place', 'returns.ship']);
    expect(names('CUSTOMER order')).toEqual(['orders.place']);
    expect(names('refund')).toEqual([]);
  });
});

describe('changesBetween', () => {
  it.each([
    ['{"a":"x","b":1}', '{"a":"x","b":1}', [], []],
    ['{"a":"x","b":1}', '{"a":"y","b":2.50}', ['a=y', 'b=2.50'], []],
    ['{"a":"x"}', '{"a":"{{uuid}}"}', ['a:="{{uuid}}"'], []],
    ['{"a":null,"b":true}', '{"a":1,"b":false}', ['a:=1', 'b:=false'], []],
    ['{"a":{"b":1,"c.d":2}}', '{"a":{"b":1,"e=f":[1]}}', ['a["e=f"]:=[1]'], ['a["c.d"]']],
    ['{"a":[{"b":1},2]}', '{"a":[{"b":3},2]}', ['a[0].b=3'], []],
    ['{"a":[1,2]}', '{"a":[1]}', ['a:=[1]'], []],
  ])('%s to %s', (before, after, set, unset) => {
    const changes = changesBetween(parseJson(before), parseJson(after));
    expect(changes).toEqual({ set, unset });
    const edits = [...changes.set.map((text) => parseSet(text)), ...changes.unset.map(parseUnset)];
    expect(writeFaithfully(applyEdits(parseJson(before), edits), 'js')).toBe(after);
  });

  it('has no words for a new root', () => {
    expect(() => changesBetween(parseJson('{}'), parseJson('[]'))).toThrow('another value');
  });
});

it('a word of a shell is quoted where it has to be', () => {
  const words = ['a.b=c', ':3000/x', "it's", 'a b', '=x', '$HOME', '', 'a[0]=1', 'http://h/?a=1&b'].map(word);
  expect(words).toEqual([
    'a.b=c',
    ':3000/x',
    "'it'\\''s'",
    "'a b'",
    "'=x'",
    "'$HOME'",
    "''",
    "'a[0]=1'",
    "'http://h/?a=1&b'",
  ]);
});
