import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonSyntaxError, parseJson } from '../../src/json/parse.js';
import { type Json, JsonNumber, toJson } from '../../src/json/value.js';
import { expectLinear } from '../support/expectLinear.js';

/** Returns what JSON.parse makes of the same text. */
function plain(value: Json): unknown {
  if (value instanceof JsonNumber) return Number(value.text);
  if (Array.isArray(value)) return value.map(plain);
  if (!(value instanceof Map)) return value;
  const object = {};
  for (const [key, member] of value) {
    Object.defineProperty(object, key, { value: plain(member), enumerable: true, configurable: true, writable: true });
  }
  return object;
}

function attempt<T>(parse: () => T): { value: T } | undefined {
  try {
    return { value: parse() };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof JsonSyntaxError) return undefined;
    throw error;
  }
}

function agrees(text: string): void {
  const theirs = attempt(() => JSON.parse(text));
  const ours = attempt(() => plain(parseJson(text)));
  if (!isDeepStrictEqual(ours, theirs)) expect(ours).toEqual(theirs);
  expect(JSON.stringify(ours)).toBe(JSON.stringify(theirs));
}

const fragments = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '\\',
  'null',
  'true',
  'false',
  '0',
  '1',
  '-',
  '+',
  '.',
  'e',
  'E5',
];
const others = [
  ' ',
  '\t',
  '\n',
  '\r',
  '\f',
  '\u00a0',
  '\ufeff',
  '\\u00e9',
  '\\uD83D',
  '\\x',
  '\0',
  '\u2028',
  'é',
  '😀',
  'NaN',
];

describe('parseJson agrees with JSON.parse', () => {
  it('on valid documents, however they are spaced', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary' }), fc.integer({ min: 0, max: 4 }), (text, indent) => {
        agrees(JSON.stringify(JSON.parse(text), null, indent).replaceAll('\n', '\r\n\t'));
      }),
      { numRuns: 300 },
    );
  });

  it('on documents with a character lost, added or changed', () => {
    const change = fc.tuple(fc.nat(), fc.nat(2), fc.constantFrom('', ...fragments, ...others));
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), fc.array(change, { minLength: 1, maxLength: 3 }), (json, changes) => {
        let text = json;
        for (const [place, removed, added] of changes) {
          const at = place % (text.length + 1);
          text = text.slice(0, at) + added + text.slice(at + removed);
        }
        agrees(text);
      }),
      { numRuns: 1000 },
    );
  });

  it('on loose pieces of JSON', () => {
    const piece = fc.constantFrom(...fragments, ...others);
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => agrees(pieces.join(''))),
      { numRuns: 1000 },
    );
  });

  it.each(['', ' ', '01', '-', '1.', '.5', '+1', '1e', '[1,]', '{"a":1,}', "'a'", '"\\u12"', '"\t"', '1 2', '\ufeff1'])(
    'on %j',
    (text) => {
      expect(() => JSON.parse(text)).toThrow(SyntaxError);
      expect(() => parseJson(text)).toThrow(JsonSyntaxError);
    },
  );
});

describe('parseJson keeps', () => {
  it.each(['73.0', '-0', '1E+2', '0.10', '9007199254740993', '1e400'])('the text of the number %s', (text) => {
    expect(parseJson(` ${text} `)).toEqual(new JsonNumber(text));
  });

  it('the order of keys, of those too that look like an index or a prototype', () => {
    const document = parseJson('{"b":1,"10":2,"2":3,"__proto__":{"x":4},"constructor":5,"":6}');
    expect([...(document as Map<string, Json>).keys()]).toEqual(['b', '10', '2', '__proto__', 'constructor', '']);
    expect(Object.getPrototypeOf(document)).toBe(Map.prototype);
  });

  it('the last of repeated keys, where the first one stands', () => {
    expect([...(parseJson('{"a":1,"b":2,"a":3}') as Map<string, Json>)]).toEqual([
      ['a', new JsonNumber('3')],
      ['b', new JsonNumber('2')],
    ]);
  });

  it('half surrogate pairs, and joins two halves', () => {
    expect(parseJson(String.raw`["\ud83d","\ud83d\ude00","\/"]`)).toEqual(['\ud83d', '😀', '/']);
  });
});

describe('errors name the place', () => {
  it.each([
    ['', 'expected a value, found the end of the text at line 1, column 1'],
    ['{"a":1,\n  "b":,}', 'expected a value, found "," at line 2, column 7'],
    ['{"a":True}', 'expected a value, found "T" at line 1, column 6'],
    ["{'a':1}", 'expected a key in quotes, found "\'" at line 1, column 2'],
    ['{"a" 1}', 'expected ":" after the key, found "1" at line 1, column 6'],
    ['[1\r\n2]', 'expected "," or "]", found "2" at line 2, column 1'],
    ['{"a":1', 'expected "," or "}", found the end of the text at line 1, column 7'],
    ['[]\n\n x', 'unexpected "x" after the end of the document at line 3, column 2'],
    ['["abc', 'a string without an end at line 1, column 6'],
    ['["a\nb"]', 'a control character in a string at line 1, column 4'],
    ['["\\x"]', 'an escape that JSON does not have at line 1, column 3'],
    ['["\\u00g0"]', 'an escape that JSON does not have at line 1, column 3'],
    ['\ufeff{}', 'expected a value, found U+FEFF at line 1, column 1'],
    ['[\u00a01]', 'expected a value, found U+00A0 at line 1, column 2'],
    ['[\u009b]', 'expected a value, found U+009B at line 1, column 2'],
    ['[😀]', 'expected a value, found "😀" at line 1, column 2'],
  ])('%j', (text, message) => {
    expect(() => parseJson(text)).toThrow(expect.objectContaining({ code: 'BAD_JSON', message }));
  });

  it('as numbers, too', () => {
    expect(() => parseJson('[\n1,\n oops]')).toThrow(expect.objectContaining({ line: 3, column: 2 }));
  });
});

describe('size', () => {
  const nested = (depth: number, inner = '1') => '['.repeat(depth) + inner + ']'.repeat(depth);

  it('512 levels are read, one more is an error', () => {
    expect(plain(parseJson(nested(512)))).toEqual(JSON.parse(nested(512)));
    expect(plain(parseJson(nested(512, '')))).toEqual(JSON.parse(nested(512, '')));
    expect(() => parseJson(nested(513))).toThrow('more than 512 levels of nesting at line 1, column 513');
    expect(() => parseJson(nested(513, ''))).toThrow('more than 512 levels of nesting at line 1, column 513');
    expect(() => parseJson('{"a":'.repeat(100_000))).toThrow('more than 512 levels of nesting');
  });

  it.each<[string, (size: number) => string]>([
    ['many members', (size) => `{${Array.from({ length: size / 25 }, (_, i) => `"key${i}":"value ${i}"`).join(',')}}`],
    ['many items', (size) => `[${'12.50,true,"a",'.repeat(size / 15)}null]`],
    ['many escapes', (size) => `"${'\\n\\u00e9ab'.repeat(size / 10)}"`],
    ['one long string', (size) => `"${'x'.repeat(size)}"`],
  ])('%s take time in proportion to their length', async (_, make) => {
    const parsing = (size: number) => {
      const text = `[${make(size)}]`;
      return () => expect(parseJson(text)).toHaveLength(1);
    };
    await expectLinear(parsing(100_000), parsing(1_000_000), 10);
  });

  it('the place of an error behind many lines is found in time in proportion to them', async () => {
    const parsing = (lines: number) => {
      const text = `[\n${'1,\n'.repeat(lines)}2] 3`;
      const place = expect.objectContaining({ line: lines + 2, column: 4 });
      return () => expect(() => parseJson(text)).toThrow(place);
    };
    await expectLinear(parsing(20_000), parsing(200_000), 10);
  });
});

describe('toJson', () => {
  it('makes Json of plain values', () => {
    expect(toJson({ a: [1.5, null, true, 'x'] })).toEqual(new Map([['a', [new JsonNumber('1.5'), null, true, 'x']]]));
  });

  it('makes null of what JSON has no number for, as JSON.stringify does', () => {
    expect(toJson([Number.NaN, Number.POSITIVE_INFINITY])).toEqual([null, null]);
  });
});
