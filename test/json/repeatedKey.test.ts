import { expect, it } from 'vitest';
import { findRepeatedKey } from '../../src/json/repeatedKey.js';
import { expectLinear } from '../support/expectLinear.js';

it.each<[string, string | null]>([
  ['{"a":1,"a":2}', 'a'],
  ['{"a":{"b":1,"c":[{"d":1},{"d":2,"e":{},"d":3}]}}', 'a.c[1].d'],
  [String.raw`{"\u0061":1,"a":2}`, 'a'],
  [String.raw`{"x\"y":1,"b":"x\"y","x\"y":2}`, String.raw`["x\"y"]`],
  ['[{"id":1},{"id":2}]', null],
  ['{"a":{"id":1},"b":{"id":1},"id":[["id"],"id"]}', null],
  ['{"a":"a","b":["a","a"],"c":{}}', null],
  ['{"__proto__":1,"constructor":2}', null],
  ['7', null],
])('%s has the key %j twice', (text, path) => {
  expect(findRepeatedKey(text)).toBe(path);
});

it('reads texts of any length, and what is never closed', async () => {
  const long = 'a'.repeat(20_000_000);
  expect(findRepeatedKey(`{"a":"${long}","b":1,"a":2}`)).toBe('a');
  expect(findRepeatedKey(`{"a":1,"${long}`)).toBe(null);
  const unclosed = (times: number) => `["${'\\"'.repeat(times)}`;
  await expectLinear(
    () => findRepeatedKey(unclosed(20_000)),
    () => findRepeatedKey(unclosed(200_000)),
    10,
  );
});
