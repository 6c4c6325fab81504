import { expect, it } from 'vitest';
import { findRepeatedKey, findRepeatedKeyIn } from '../../src/json/repeatedKey.js';
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

it.each<[string, string, Parameters<typeof findRepeatedKeyIn>[1], string | null]>([
  ['JSON', '{"a":1,"a":2}', undefined, 'a'],
  ['JSON in a form', 'x=1&p=%5B%7B%22a%22%3A1%2C%22a%22%3A2%7D%5D', undefined, 'p[0].a'],
  ['a field that its form reads', 'p=%7B%22a%22%3A1%2C%22a%22%3A2%7D', { kind: 'form', contents: { p: 'js' } }, 'p.a'],
  ['a field that stays a text', 'p=%7B%22a%22%3A1%2C%22a%22%3A2%7D', 'form', null],
  ['Base64', 'p=eyJhIjoxLCJhIjoyfQ%3D%3D', { kind: 'form', contents: { p: ['js', 'base64'] } }, 'p.a'],
  ['a part', '--b\r\nContent-Disposition: form-data; name="j"\r\n\r\n{"a":1,"a":2}\r\n--b--\r\n', undefined, 'j.a'],
  ['a name that comes twice', 'a=1&a=2', undefined, null],
  ['XML', '<a b="1" b="{&quot;a&quot;:1}"/>', undefined, null],
  ['a text', '{"a":1,"a":2}', 'text', null],
])('looks into bodies: %s', (_, body, dialect, path) => {
  expect(findRepeatedKeyIn(Buffer.from(body), dialect)).toBe(path);
});
