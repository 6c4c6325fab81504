import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../src/json/parse.js';
import { allPaths, formatPath, getPath, type PathStep, parsePath, setPath, unsetPath } from '../../src/json/path.js';
import { type Json, JsonNumber } from '../../src/json/value.js';

const sample = () =>
  parseJson('{"data":{"price":"9.50","items":[{"sku":"A","qty":1},{"sku":"B","qty":2}],"none":null,"empty":[]}}');
const failure = (code: string, message: string) => expect.objectContaining({ name: 'UsageError', code, message });

describe('parsePath', () => {
  it.each<[string, PathStep[]]>([
    ['data', ['data']],
    ['data.items[0].price', ['data', 'items', 0, 'price']],
    ['[2][0]', [2, 0]],
    ['data["a.b"]["c[0]"].d', ['data', 'a.b', 'c[0]', 'd']],
    ['["say \\"hi\\" \\u00e9"]', ['say "hi" é']],
    ['a b.$ref.dc:title', ['a b', '$ref', 'dc:title']],
    ['__proto__.constructor', ['__proto__', 'constructor']],
    ['items.0', ['items', '0']],
    ['[""]', ['']],
  ])('%s', (text, steps) => {
    expect(parsePath(text)).toEqual(steps);
  });

  it.each([
    ['a..b', '..b'],
    ['a.', '.'],
    ['a[', '['],
    ['a[-1]', '[-1]'],
    ['a[1.5]', '[1.5]'],
    ['a[0]b', 'b'],
    ['a["x]', '["x]'],
    ['a["\\x"]', '["\\x"]'],
    ['a["\\u12"]', '["\\u12"]'],
    ['a["\n"]', '["\n"]'],
    ['a]', ']'],
    ['a[9999999999999999]', '[9999999999999999]'],
  ])('%j is not a path', (text, rest) => {
    const message = `"${text}" is not a path: unexpected text at "${rest}". Write data.items[0].price.`;
    expect(() => parsePath(text)).toThrow(failure('BAD_PATH', message));
  });

  it('an empty path is an error', () => {
    expect(() => parsePath('')).toThrow(failure('BAD_PATH', 'A path must not be empty. Write data.items[0].price.'));
  });
});

describe('formatPath', () => {
  const key = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'ab.[]"\\=:01 \n') }));
  const step = fc.oneof(key, fc.nat());

  it('writes what parsePath reads', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), (steps) => {
        expect(parsePath(formatPath(steps))).toEqual(steps);
      }),
      { numRuns: 2000 },
    );
  });

  it.each<[PathStep[], string]>([
    [['data', 'items', 0, 'price'], 'data.items[0].price'],
    [['a.b', 'c', 'd"e'], '["a.b"].c["d\\"e"]'],
    [['a=b', 'dc:title', 'x:', ''], '["a=b"].dc:title["x:"][""]'],
  ])('%j is %s', (steps, text) => {
    expect(formatPath(steps)).toBe(text);
  });
});

describe('documents', () => {
  it('getPath finds members and items, and nothing else', () => {
    const at = (path: string) => getPath(sample(), parsePath(path));
    expect(at('data.price')).toBe('9.50');
    expect(at('data.items[1].sku')).toBe('B');
    expect(at('data.none')).toBeNull();
    for (const path of ['x', 'data.items[2]', 'data.items.length', 'data.price.length', 'data.none.x', 'size']) {
      expect(at(path)).toBeUndefined();
    }
  });

  it('allPaths names parents before children', () => {
    expect(allPaths(parseJson('{"a":[1,{"b":2}],"c":{}}')).map(formatPath)).toEqual([
      'a',
      'a[0]',
      'a[1]',
      'a[1].b',
      'c',
    ]);
  });

  it('every path of a document leads to a value that can be set and unset', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), (text) => {
        for (const path of allPaths(parseJson(text))) {
          const document = parseJson(text);
          const size = allPaths(document).length;
          expect(getPath(document, path)).not.toBeUndefined();
          setPath(document, path, 'new');
          expect(getPath(document, path)).toBe('new');
          unsetPath(document, path);
          expect(allPaths(document).length).toBeLessThan(size);
        }
      }),
    );
  });

  it('setPath adds a member, and an item at the end', () => {
    const document = parseJson('{"a":[1]}');
    setPath(document, ['a', 1], 'two');
    setPath(document, ['b'], null);
    expect(document).toEqual(
      new Map<string, Json>([
        ['a', [new JsonNumber('1'), 'two']],
        ['b', null],
      ]),
    );
  });

  it('unsetPath moves later items up', () => {
    const document = parseJson('["a","b","c"]');
    unsetPath(document, [1]);
    expect(document).toEqual(['a', 'c']);
  });

  it.each([
    ['data.items[3]', 'The payload has no data.items[3]: the last item is data.items[1].'],
    ['data.empty[1]', 'The payload has no data.empty[1]: data.empty is an empty array.'],
    [
      'data.items.sku',
      'The payload has no data.items.sku: data.items is an array. Write an index, such as data.items[0].',
    ],
    ['data.price.cents', 'The payload has no data.price.cents: data.price is a string, without a member cents.'],
    [
      'data.items[0].qty.x',
      'The payload has no data.items[0].qty.x: data.items[0].qty is a number, without a member x.',
    ],
    ['data.none.x', 'The payload has no data.none.x: data.none is null, without a member x.'],
    ['dta.price', 'The payload has no dta. Did you mean data?'],
    ['data.itmes[0]', 'The payload has no data.itmes. Did you mean data.items?'],
    [
      'customer.name',
      'The payload has no customer. It has: data, data.price, data.items, data.items[0], data.items[0].sku, data.items[0].qty, data.items[1], data.items[1].sku, ….',
    ],
  ])('setting %s says why not', (path, message) => {
    const steps = parsePath(path);
    expect(() => setPath(sample(), steps, 'x')).toThrow(failure('UNKNOWN_PATH', message));
  });

  it.each([
    ['data.prise', 'The payload has no data.prise. Did you mean data.price?'],
    ['data.items[2]', 'The payload has no data.items[2]: the last item is data.items[1].'],
  ])('unsetting %s says why not', (path, message) => {
    expect(() => unsetPath(sample(), parsePath(path))).toThrow(failure('UNKNOWN_PATH', message));
  });

  it('a payload without members says so', () => {
    expect(() => unsetPath(new Map(), ['a'])).toThrow(
      failure('UNKNOWN_PATH', 'The payload has no a: the payload is empty.'),
    );
    expect(() => setPath('text', ['a'], null)).toThrow(
      failure('UNKNOWN_PATH', 'The payload has no a: the payload is a string, without a member a.'),
    );
  });
});
