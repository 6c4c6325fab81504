import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addJsonItem,
  moveJsonItem,
  removeJsonItem,
  renameJsonMember,
  setJsonValue,
} from '../../../src/web/page/parts/jsonEdits.js';
import { type JsonNode, parseJsonText } from '../../../src/web/page/parts/jsonText.js';

function parse(text: string): JsonNode {
  const { node, problem } = parseJsonText(text);
  expect(problem).toBeNull();
  return node!;
}

const member = (node: JsonNode, at: number) => (node.kind === 'object' ? node.members[at]!.value : fail());
const fail = (): never => {
  throw new Error('no object');
};

/** With what a parser would lose: the form of numbers, a name twice, an odd layout. */
const odd = '{ "b": 1.10,\n\t"a":[1,  2e3 ,-0],"a" : {"x":"\\u00e9\\/"} }\n';

describe('edits of a JSON text', () => {
  it('keep all else to the byte', () => {
    expect(setJsonValue(odd, member(parse(odd), 0), '2.50')).toBe(odd.replace('1.10', '2.50'));
    expect(renameJsonMember(odd, parse(odd), 2, 'c "d"')).toBe(odd.replace('"a" :', '"c \\"d\\"" :'));
    expect(moveJsonItem(odd, member(parse(odd), 1), 0, 1)).toBe(odd.replace('1,  2e3', '2e3,  1'));
    expect(moveJsonItem(odd, parse(odd), 1, -1)).toBe('{ "a":[1,  2e3 ,-0],\n\t"b": 1.10,"a" : {"x":"\\u00e9\\/"} }\n');
    expect(removeJsonItem(odd, member(parse(odd), 1), 1)).toBe(odd.replace('2e3 ,', ''));
    expect(removeJsonItem(odd, member(parse(odd), 1), 2)).toBe(odd.replace(' ,-0', ''));
  });

  it('keep the type: a text stays a text, and what is no JSON becomes one', () => {
    const text = '{"id":"12","count":3,"on":true}';
    const typed = (at: number, value: string) => JSON.parse(setJsonValue(text, member(parse(text), at), value));
    expect(typed(0, '13')).toMatchObject({ id: '13' });
    expect(typed(0, 'null')).toMatchObject({ id: 'null' });
    expect(typed(1, '-4.5e2')).toMatchObject({ count: -450 });
    expect(typed(1, 'three')).toMatchObject({ count: 'three' });
    expect(typed(1, '')).toMatchObject({ count: '' });
    expect(typed(2, 'null')).toMatchObject({ on: null });
  });

  it('add what is laid out as its neighbours', () => {
    const pretty = '{\n  "a": 1,\n  "b": {}\n}';
    expect(addJsonItem(pretty, parse(pretty))).toBe('{\n  "a": 1,\n  "b": {},\n  "new": ""\n}');
    expect(addJsonItem(pretty, member(parse(pretty), 1))).toBe('{\n  "a": 1,\n  "b": {"new": ""}\n}');
    expect(addJsonItem('{"new":1}', parse('{"new":1}'))).toBe('{"new":1,"new2": ""}');
    expect(addJsonItem('[1,2]', parse('[1,2]'))).toBe('[1,2,""]');
  });

  it('leave JSON behind that has one thing less, or the same in another order', () => {
    const value = fc.array(fc.jsonValue({ maxDepth: 2 }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(value, fc.nat(5), fc.constantFrom(undefined, 2, '\t'), (items, nat, indent) => {
        const text = JSON.stringify(items, null, indent);
        const list = JSON.parse(text) as unknown[];
        const at = nat % list.length;
        expect(JSON.parse(removeJsonItem(text, parse(text), at))).toEqual(list.toSpliced(at, 1));
        const moved = [...list];
        if (at + 1 < list.length) moved.splice(at, 2, list[at + 1], list[at]);
        expect(JSON.parse(moveJsonItem(text, parse(text), at, 1))).toEqual(moved);
        expect(JSON.parse(addJsonItem(text, parse(text)))).toEqual([...list, '']);
      }),
    );
  });
});

describe('a JSON text that is read', () => {
  it('is judged as JSON.parse judges it', () => {
    const texts = fc.oneof(
      fc.json(),
      fc.string({
        unit: fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '1', '-', '.', 'e', ' ', '\\', 'true', 'null', 'u12'),
      }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        expect(parseJsonText(text).problem === null).toBe(isJson);
      }),
      { numRuns: 500 },
    );
  });

  it('says where it is broken', () => {
    expect(parseJsonText('{\n "a": 1\n "b": 2\n}').problem).toEqual({
      message: 'A comma or } has to stand here.',
      at: 11,
      line: 3,
    });
    expect(parseJsonText('[1,]').problem).toMatchObject({ message: 'A value has to stand here.', line: 1 });
    expect(parseJsonText(' ').problem).toMatchObject({ message: 'A value is missing at the end.' });
    expect(parseJsonText('['.repeat(100_000)).problem?.message).toBe('Values stand in each other more than 200 deep.');
  });
});
