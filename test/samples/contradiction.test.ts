import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findContradiction } from '../../src/samples/contradiction.js';
import { generateSamples } from '../../src/samples/generateSamples.js';
import { schemaReference as ref, type SchemaNode, type SchemaSet } from '../../src/samples/jsonSchema.js';

const text = { type: 'string' } as const;

/** Judges by another instance of ajv than the code under test. */
function judgeOf({ $defs }: SchemaSet, schema: SchemaNode) {
  const ajv = new Ajv2020({ strict: false, logger: false });
  ajv.addSchema({ $defs } as object, 'set.json');
  return ajv.compile(schema as object);
}

async function sampleOf(set: SchemaSet, schema: SchemaNode) {
  const { samples } = await generateSamples(set, [{ event: 'user.made', schema }]);
  return samples[0]!.body;
}

const session = (more: object): SchemaNode => ({
  type: 'object',
  properties: { id: text },
  required: ['id'],
  ...more,
});
const named = (more: object): SchemaSet => ({ $defs: { Session: session(more) } });
const withUser = (required: string[]): SchemaNode => ({
  type: 'object',
  required: ['data'],
  properties: { data: { allOf: [{ $ref: ref('Session') }, { type: 'object', properties: { user: text }, required }] } },
});
const author = (first: SchemaNode, second: SchemaNode): SchemaNode => ({
  type: 'object',
  allOf: [{ properties: { author: first }, required: ['author'] }, { properties: { author: second } }],
});
const object = { type: 'object' } as const;
const nothing = { type: 'null' } as const;
const none: SchemaSet = { $defs: {} };

/** Contradictions as public specifications have them; then the same with one of the two rules taken away, or the other. */
const shapes: [string, SchemaSet, SchemaNode, { pointer: string; reason: string }, [SchemaSet, SchemaNode][]][] = [
  [
    'a closed schema and a member that it does not have',
    named({ additionalProperties: false }),
    withUser(['user']),
    {
      pointer: '/data',
      reason:
        'required member user (data.allOf[1]) is not among the properties of a closed schema (Session, additionalProperties: false)',
    },
    [
      [named({}), withUser(['user'])],
      [named({ additionalProperties: false }), withUser([])],
    ],
  ],
  [
    'null and an object',
    none,
    author({ oneOf: [object, { type: 'array' }] }, nothing),
    {
      pointer: '/author',
      reason:
        'type null (allOf[1].author) and type object (allOf[0].author.oneOf[0]) exclude each other; the same is true of each oneOf (allOf[0].author)',
    },
    [
      [none, author({ oneOf: [object, nothing] }, nothing)],
      [none, author({ oneOf: [object, { type: 'array' }] }, true)],
    ],
  ],
  [
    'two values',
    none,
    author({ const: 'a' }, { enum: ['b', 'c'] }),
    {
      pointer: '/author',
      reason: 'the values "a" (allOf[0].author) and "b", "c" (allOf[1].author) exclude each other',
    },
    [[none, author({ const: 'b' }, { enum: ['b', 'c'] })]],
  ],
  [
    'a value and a type',
    none,
    author({ enum: ['1'] }, { type: 'integer' }),
    {
      pointer: '/author',
      reason: 'the values "1" (allOf[0].author) and type integer (allOf[1].author) exclude each other',
    },
    [[none, author({ enum: [1] }, { type: 'integer' })]],
  ],
  [
    'bounds of the items of a list',
    none,
    { type: 'array', minItems: 1, items: { type: 'string', minLength: 4, allOf: [{ maxLength: 3 }] } },
    { pointer: '/0', reason: 'minLength 4 (items) and maxLength 3 (items.allOf[0]) exclude each other' },
    [[none, { type: 'array', minItems: 0, items: { type: 'string', minLength: 4, allOf: [{ maxLength: 3 }] } }]],
  ],
  [
    'what is not allowed at all',
    none,
    author(false, text),
    { pointer: '/author', reason: 'no value is allowed (allOf[0].author is false)' },
    [[none, author(true, text)]],
  ],
];

describe('a schema that takes nothing', () => {
  it.each(shapes)('is named with the two rules: %s', async (_, set, schema, expected, mended) => {
    expect(findContradiction(schema, set)).toEqual(expected);
    const judge = judgeOf(set, schema);
    expect(judge(await sampleOf(set, schema))).toBe(false);
    fc.assert(
      fc.property(fc.jsonValue(), (value) => !judge(value)),
      { numRuns: 30 },
    );
    for (const [other, possible] of mended) {
      expect(findContradiction(possible, other)).toBeNull();
      const valid = judgeOf(other, possible);
      expect(valid(await sampleOf(other, possible)), JSON.stringify(valid.errors)).toBe(true);
    }
  });

  it('leads back to itself without an end, and is not called a contradiction', () => {
    const node = { type: 'object', properties: { next: { $ref: ref('Node') } }, required: ['next'] };
    expect(findContradiction({ $ref: ref('Node') }, { $defs: { Node: node } })).toBeNull();
  });
});

/** All values of three levels that small schemas can tell apart. */
const scalars = [null, true, 0, 1, 'a', 'bb', ''];
const flat = [
  {},
  [],
  ...scalars.flatMap((one) => [[one], { a: one }, { b: one }]),
  ...scalars.flatMap((one) => scalars.map((other) => ({ a: one, b: other }))),
];
const universe = [...scalars, ...flat, ...flat.flatMap((value) => [{ a: value }, { a: value, b: 'a' }, [value]])];

const { schema: anySchema } = fc.letrec((tie) => {
  const member = fc.oneof({ maxDepth: 2, withCrossShrink: true }, fc.boolean(), tie('schema'));
  const list = fc.array(member, { minLength: 1, maxLength: 2 });
  return {
    schema: fc.record(
      {
        type: fc.constantFrom('object', 'array', 'string', 'null', 'integer', 'number', ['object', 'null']),
        properties: fc.dictionary(fc.constantFrom('a', 'b'), member, { maxKeys: 2 }),
        required: fc.subarray(['a', 'b']),
        additionalProperties: member,
        enum: fc.uniqueArray(fc.constantFrom(...scalars), { minLength: 1, maxLength: 2 }),
        minLength: fc.nat(2),
        maxLength: fc.nat(2),
        minItems: fc.nat(1),
        items: member,
        allOf: list,
        anyOf: list,
        oneOf: list,
      },
      { requiredKeys: [] },
    ),
  };
});

it('names no schema that takes a value', () => {
  let count = 0;
  fc.assert(
    fc.property(anySchema, (schema) => {
      if (findContradiction(schema as SchemaNode, none) === null) return;
      count++;
      const judge = judgeOf(none, schema as SchemaNode);
      expect(universe.filter((value) => judge(value))).toEqual([]);
    }),
    { numRuns: 60 },
  );
  expect(count).toBeGreaterThan(1);
});
