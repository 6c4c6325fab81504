import { describe, expect, it } from 'vitest';
import type { Dialect } from '../../src/core/provider.js';
import { writeJson } from '../../src/json/dialect.js';
import { dialectNames } from '../../src/json/encodeJson.js';
import { parseJson } from '../../src/json/parse.js';
import { documents } from './encoders/documents.js';
import { encode, has } from './encoders/encode.js';

const seed = 20_240_607;
const count = 2000;

/** The texts for which a dialect and the real encoder differ; at most five, to be read. */
function differences(dialect: Dialect, texts: readonly string[], wanted: readonly string[]) {
  expect(wanted).toHaveLength(texts.length);
  return texts
    .map((text, i) => ({ text, ours: writeJson(parseJson(text), dialect), theirs: wanted[i] }))
    .filter(({ ours, theirs }) => ours !== theirs)
    .slice(0, 5);
}

const every = (lines: readonly string[], step: number, from: number) => lines.filter((_, i) => i % step === from);

describe('each dialect writes what its encoder writes', () => {
  it('js and pretty: JSON.stringify', () => {
    // An object of JavaScript's moves keys such as "1" to the front; a sample keeps them where they are.
    const texts = documents({ lone: true, key: (key) => !/^\d+$/.test(key) }, count, seed);
    const values = texts.map((text) => JSON.parse(text));
    expect(
      differences(
        'js',
        texts,
        values.map((value) => JSON.stringify(value)),
      ),
    ).toEqual([]);
    expect(
      differences(
        'pretty',
        texts,
        values.map((value) => JSON.stringify(value, null, 2)),
      ),
    ).toEqual([]);
  });

  it('python and ascii: json.dumps', () => {
    const texts = documents({ lone: true }, count, seed);
    const lines = encode(['python3'], 'encode.py', texts);
    expect(differences('python', texts, every(lines, 2, 0))).toEqual([]);
    expect(differences('ascii', texts, every(lines, 2, 1))).toEqual([]);
  });

  it.skipIf(!has('ruby'))('ruby and rails: JSON.generate and ActiveSupport', () => {
    const texts = documents({}, count, seed);
    const [version = '', ...lines] = encode(['ruby'], 'encode.rb', texts);
    const [major = 0, minor = 0] = version.split('.').map(Number);
    // From 2.11 on the gem writes floats in its own way instead of Float#to_s.
    const newer = major > 2 || (major === 2 && minor >= 11);
    const comparable = texts.map((text) => !newer || !/\d[.eE]/.test(text));
    const keep = <T>(items: readonly T[]) => items.filter((_, i) => comparable[i]);
    expect(differences('ruby', keep(texts), keep(every(lines, 2, 0)))).toEqual([]);
    expect(differences('rails', keep(texts), keep(every(lines, 2, 1)))).toEqual([]);
  });

  it.skipIf(!has('php'))('php: json_encode', () => {
    // PHP has no object member whose name starts with a zero byte.
    const texts = documents({ key: (key) => !key.startsWith('\0') }, count, seed);
    expect(differences('php', texts, encode(['php'], 'encode.php', texts))).toEqual([]);
  });

  it.skipIf(!has('go', 'version'))('go: encoding/json', { timeout: 120_000 }, () => {
    const texts = documents({ lone: true, sorted: true }, count, seed);
    // Before Go 1.22, \b and \f were written as \u0008 and \u000c.
    const newer = (line: string) =>
      line.replace(/\\(u0008|u000c|.)/g, (found) => ({ '\\u0008': '\\b', '\\u000c': '\\f' })[found] ?? found);
    const lines = encode(['go', 'run'], 'encode.go', texts).map(newer);
    expect(differences('go', texts, lines)).toEqual([]);
  });
});

describe('numbers, by dialect', () => {
  const order = ['js', 'ascii', 'python', 'ruby', 'go', 'php'] as const;
  it.each([
    ['73.0', '73', '73.0', '73.0', '73.0', '73', '73'],
    ['-0', '0', '-0', '0', '0', '-0', '0'],
    ['-0.0', '0', '-0.0', '-0.0', '-0.0', '-0', '-0'],
    ['1e14', '100000000000000', '1e14', ...Array(2).fill('100000000000000.0'), ...Array(2).fill('100000000000000')],
    ['1e15', '1000000000000000', '1e15', '1000000000000000.0', '1.0e+15', ...Array(2).fill('1000000000000000')],
    ['1e16', '10000000000000000', '1e16', '1e+16', '1.0e+16', '10000000000000000', '10000000000000000'],
    ['1e17', '100000000000000000', '1e17', '1e+17', '1.0e+17', '100000000000000000', '1.0e+17'],
    ['1e21', '1e+21', '1e21', '1e+21', '1.0e+21', '1e+21', '1.0e+21'],
    ['1234567890123456.5', '1234567890123456.5', ...Array(5).fill('1234567890123456.5')],
    ['0.0001', '0.0001', '0.0001', '0.0001', '0.0001', '0.0001', '0.0001'],
    ['0.00001', '0.00001', '0.00001', '1e-05', '1.0e-05', '0.00001', '1.0e-5'],
    ['1.5E-7', '1.5e-7', '1.5E-7', '1.5e-07', '1.5e-07', '1.5e-7', '1.5e-7'],
    ['9007199254740993', '9007199254740992', ...Array(5).fill('9007199254740993')],
    ['9223372036854775808', '9223372036854776000', ...Array(4).fill('9223372036854775808'), '9.223372036854776e+18'],
    // Python alone writes what no JSON parser has to read; the others reject it, so that its text is the best there is.
    ['1e400', 'null', '1e400', 'Infinity', '1e400', '1e400', '1e400'],
    ['-1e400', 'null', '-1e400', '-Infinity', '-1e400', '-1e400', '-1e400'],
  ])('%s', (text, ...wanted) => {
    expect(order.map((dialect) => writeJson(parseJson(text), dialect))).toEqual(wanted);
  });
});

describe('strings, by dialect', () => {
  const text = String.raw`"\u0000\b\f\n\"\\\/<é>&\u007f\u2028😀\ud800"`;
  it.each([
    ['js', String.raw`"\u0000\b\f\n\"\\/<é>&${'\u007f\u2028'}😀\ud800"`],
    ['ruby', String.raw`"\u0000\b\f\n\"\\/<é>&${'\u007f\u2028'}😀\ud800"`],
    ['ascii', String.raw`"\u0000\b\f\n\"\\/<\u00e9>&\u007f\u2028\ud83d\ude00\ud800"`],
    ['python', String.raw`"\u0000\b\f\n\"\\/<\u00e9>&\u007f\u2028\ud83d\ude00\ud800"`],
    ['rails', String.raw`"\u0000\b\f\n\"\\/\u003cé\u003e\u0026${'\u007f'}\u2028😀\ud800"`],
    ['go', String.raw`"\u0000\b\f\n\"\\/\u003cé\u003e\u0026${'\u007f'}\u2028😀${'\ufffd'}"`],
    ['php', String.raw`"\u0000\b\f\n\"\\\/<\u00e9>&${'\u007f'}\u2028\ud83d\ude00\ud800"`],
  ] as const)('%s', (dialect, wanted) => {
    expect(writeJson(parseJson(text), dialect)).toBe(wanted);
  });

  it('a backslash before a letter is no escape', () => {
    for (const dialect of dialectNames) expect(writeJson('\\b\\f', dialect).trimEnd()).toBe(String.raw`"\\b\\f"`);
  });
});

it('lines has CRLF behind each item of the outermost list, and at the end', () => {
  const wanted = [
    ['[{"a":[1,2]},{"b":"x"}]', '[{"a":[1,2]},\r\n{"b":"x"}]\r\n'],
    ['[{"a":1}]', '[{"a":1}]\r\n'],
    ['[]', '[]\r\n'],
    ['{"a":[1,2]}', '{"a":[1,2]}\r\n'],
  ] as const;
  for (const [text, written] of wanted) expect(writeJson(parseJson(text), 'lines')).toBe(written);
});

it('keys stay where the sample has them', () => {
  const text = '{"b":1,"2":{},"__proto__":[],"1":null}';
  expect(writeJson(parseJson(text), 'js')).toBe(text);
  expect(writeJson(parseJson(text), 'python')).toBe('{"b": 1, "2": {}, "__proto__": [], "1": null}');
});
