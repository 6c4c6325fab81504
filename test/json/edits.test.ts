import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeJson } from '../../src/json/dialect.js';
import { parseJson } from '../../src/json/parse.js';
import { formatPath } from '../../src/json/path.js';
import { applyEdits, parseSet, parseUnset } from '../../src/payloads/edit.js';

const sample = '{"id":"A1","price":73.0,"paid":false,"note":null,"tags":["x"],"buyer":{"name":"Eva","a.b":1,"a=b":2}}';
const failure = (code: string, message: string) => expect.objectContaining({ name: 'UsageError', code, message });

function edited(sets: readonly string[], unsets: readonly string[] = [], text = sample): string {
  return writeJson(
    applyEdits(parseJson(text), [...sets.map((text) => parseSet(text, '--set')), ...unsets.map(parseUnset)]),
    'ascii',
  );
}

describe('--set', () => {
  it.each([
    ['id=42', '"id":"42"'],
    ['id=', '"id":""'],
    ['id=a=b:=c', '"id":"a=b:=c"'],
    ['id=two\nlines', '"id":"two\\nlines"'],
    ['price=80', '"price":80,'],
    ['price=80.10', '"price":80.10,'],
    ['price=-1e3', '"price":-1e3,'],
    ['paid=true', '"paid":true'],
    ['note=hello', '"note":"hello"'],
    ['tags[0]=y', '"tags":["y"]'],
    ['buyer["a.b"]=7', '"a.b":7'],
    ['buyer["a=b"]=7', '"a=b":7'],
    ['id:=42', '"id":42'],
    ['id:= {"a": [1.0]} ', '"id":{"a":[1.0]}'],
    ['tags[1]:="z"', '"tags":["x","z"]'],
    ['tags:=[]', '"tags":[]'],
    ['buyer["a=b"]:=[]', '"a=b":[]'],
    ['buyer.age:=30', '"a=b":2,"age":30}'],
    ['buyer.dc:title:=true', '"dc:title":true'],
    ['buyer["x:"]:=true', '"x:":true'],
  ])('%j writes %s', (set, part) => {
    expect(edited([set])).toContain(part);
  });

  it('changes nothing else, keeps the place, and leaves the payload alone', () => {
    const payload = parseJson(sample);
    const changed = applyEdits(payload, [parseSet('buyer.name=Max', '--set'), parseSet('tags[1]:=1', '--set')]);
    expect(writeJson(changed, 'ascii')).toBe(sample.replace('Eva', 'Max').replace('["x"]', '["x",1]'));
    expect(writeJson(payload, 'ascii')).toBe(sample);
  });

  it('edits are made in order, a value is not shared between them', () => {
    const value = parseSet('new:={"a":1}', '--set');
    const sets = [value, { ...value, path: ['other'] }, parseSet('new.a=2', '--set')];
    expect(writeJson(applyEdits(parseJson('{}'), sets), 'js')).toBe('{"new":{"a":2},"other":{"a":1}}');
  });

  const withoutPlaceholders = fc.string().filter((text) => !/\{\{.*\}\}/.test(text));

  it('finds any key, written as formatPath writes it', () => {
    const key = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'a.[]"\\=: \n') }));
    fc.assert(
      fc.property(key, key, withoutPlaceholders, (outer, inner, value) => {
        const document = JSON.stringify([['old']]).replace('["old"]', `{${JSON.stringify(outer)}:{}}`);
        const path = formatPath([0, outer, inner]);
        const created = edited([`${path}:=null`, `${path}=${value}`], [], document);
        const entry = `{${JSON.stringify(inner)}:${JSON.stringify(value)}}`;
        expect(JSON.parse(created)).toEqual(JSON.parse(`[{${JSON.stringify(outer)}:${entry}}]`));
      }),
      { numRuns: 500 },
    );
  });

  it('keys of prototypes are keys like any other', () => {
    expect(
      edited(['__proto__:={"polluted":1}', 'constructor:={}', 'constructor.prototype:={"polluted":1}'], [], '{}'),
    ).toBe('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    for (const set of ['__proto__.polluted=1', 'constructor.prototype.polluted:=1', 'tags.__proto__.polluted:=1']) {
      expect(() => edited([set])).toThrow(expect.objectContaining({ code: 'UNKNOWN_PATH' }));
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it.each([
    ['price', 'BAD_SET', '--set "price" has no "=". Write --set path=value or --set path:=json.'],
    ['=1', 'BAD_PATH', 'A path must not be empty. Write data.items[0].price.'],
    [':=1', 'BAD_PATH', 'A path must not be empty. Write data.items[0].price.'],
    ['tags[-1]=x', 'BAD_PATH', '"tags[-1]" is not a path: unexpected text at "[-1]". Write data.items[0].price.'],
    ['tags[0:=1', 'BAD_PATH', '"tags[0" is not a path: unexpected text at "[0". Write data.items[0].price.'],
    ['prise=1', 'UNKNOWN_PATH', 'The payload has no prise. Did you mean price?'],
    ['buyer.nmae=Max', 'UNKNOWN_PATH', 'The payload has no buyer.nmae. Did you mean buyer.name?'],
    ['tags[1]=y', 'UNKNOWN_PATH', 'The payload has no tags[1]: the last item is tags[0].'],
    ['tags[2]:="y"', 'UNKNOWN_PATH', 'The payload has no tags[2]: the last item is tags[0].'],
    ['price=cheap', 'BAD_SET', 'price is a number, and "cheap" is not one. For text write price:="cheap".'],
    ['price=', 'BAD_SET', 'price is a number, and "" is not one. For text write price:="".'],
    ['price=0x10', 'BAD_SET', 'price is a number, and "0x10" is not one. For text write price:="0x10".'],
    ['buyer["a=b"]=x', 'BAD_SET', 'buyer["a=b"] is a number, and "x" is not one. For text write buyer["a=b"]:="x".'],
    ['paid=yes', 'BAD_SET', 'paid is a boolean: write paid=true or paid=false, or paid:="yes" for another type.'],
    ['tags=x', 'BAD_SET', 'tags is an array: set a member of it, or all of it with tags:=json.'],
    ['buyer=x', 'BAD_SET', 'buyer is an object: set a member of it, or all of it with buyer:=json.'],
    [
      'id:=abc',
      'BAD_SET',
      '--set id:= needs JSON: expected a value, found "a" at line 1, column 1. For plain text write id=value.',
    ],
    [
      'id:=',
      'BAD_SET',
      '--set id:= needs JSON: expected a value, found the end of the text at line 1, column 1. For plain text write id=value.',
    ],
  ])('%j is an error', (set, code, message) => {
    expect(() => edited([set])).toThrow(failure(code, message));
  });
});

describe('--unset', () => {
  it('removes members and items', () => {
    expect(edited([], ['buyer', 'tags[0]', 'note'])).toBe('{"id":"A1","price":73.0,"paid":false,"tags":[]}');
  });

  it('an unknown path is an error', () => {
    expect(() => edited([], ['buyr'])).toThrow(failure('UNKNOWN_PATH', 'The payload has no buyr. Did you mean buyer?'));
    expect(() => edited([], ['id', 'id'])).toThrow(expect.objectContaining({ code: 'UNKNOWN_PATH' }));
  });
});
