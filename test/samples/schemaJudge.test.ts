import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schemaReference as ref, type SchemaNode, type SchemaSet } from '../../src/samples/jsonSchema.js';
import { SchemaJudge } from '../../src/samples/schemaJudge.js';

const named = ['A', 'B'];

const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, true, false, 0, 1, 7, 2.5, -3, '', 'a', 'ab', 'abc', '2026-01-31', 'x@example.com', '𝒳𝒳'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', 'x-1'), tie('value'), { maxKeys: 3 }),
  ),
})).value;

const schemas = fc.letrec<{ schema: SchemaNode }>((tie) => {
  const inner = tie('schema');
  const list = fc.array(inner, { minLength: 1, maxLength: 3 });
  const count = fc.integer({ min: 0, max: 3 });
  const limit = fc.constantFrom(-3, 0, 1, 2.5, 7);
  const map = fc.dictionary(fc.constantFrom('a', 'b', 'c'), inner, { minKeys: 1, maxKeys: 3 });
  const type = fc.constantFrom('string', 'number', 'integer', 'boolean', 'null', 'array', 'object');
  const keywords = {
    type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 })),
    const: values,
    enum: fc.uniqueArray(values, {
      minLength: 1,
      maxLength: 3,
      comparator: (a, b) => JSON.stringify(a) === JSON.stringify(b),
    }),
    minimum: limit,
    maximum: limit,
    exclusiveMinimum: limit,
    exclusiveMaximum: limit,
    multipleOf: fc.constantFrom(1, 0.5, 7),
    minLength: count,
    maxLength: count,
    pattern: fc.constantFrom('^a', 'b$', '^\\d+$', '.'),
    format: fc.constantFrom('date', 'email', 'uuid', 'int32', 'double', 'unheard-of'),
    minItems: count,
    maxItems: count,
    uniqueItems: fc.constant(true),
    items: inner,
    prefixItems: list,
    contains: inner,
    minContains: count,
    minProperties: count,
    maxProperties: count,
    required: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 2 }),
    properties: map,
    patternProperties: fc.dictionary(fc.constantFrom('^x-', '[ab]'), inner, { minKeys: 1, maxKeys: 2 }),
    additionalProperties: inner,
    propertyNames: inner,
    dependentRequired: fc.constantFrom({ a: ['b'] }, { a: ['b', 'c'], c: ['a'] }),
    dependentSchemas: map,
    not: inner,
    anyOf: list,
    oneOf: list,
    allOf: list,
    if: inner,
    // biome-ignore lint/suspicious/noThenProperty: it is the keyword of JSON Schema.
    then: inner,
    else: inner,
    $ref: fc.constantFrom(...named.map(ref)),
    unevaluatedProperties: inner,
  };
  const some = Object.entries(keywords).map(([key, arbitrary]) =>
    (arbitrary as fc.Arbitrary<unknown>).map((value) => ({ [key]: value })),
  );
  return {
    schema: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      fc.constantFrom<SchemaNode>({ type: 'string' }, { type: 'integer' }, {}, true, false),
      fc.array(fc.oneof(...some), { minLength: 1, maxLength: 4 }).map((parts) => Object.assign({}, ...parts)),
    ),
  };
}).schema;

/** Returns ajv's complaints about a value, in any order. */
function complaintsOfAjv(set: SchemaSet, schema: SchemaNode, value: unknown): string[] {
  const ajv = new Ajv2020({ allErrors: true, strict: false, logger: false, validateSchema: false });
  formats.default(ajv);
  ajv.addSchema(set as object, 'set.json');
  const validate = ajv.compile(schema);
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, keyword, message }) => `${instancePath} ${keyword} ${message}`);
}

describe('SchemaJudge', () => {
  it('says of any value by any schema what ajv says', () => {
    const counts = [0, 0];
    fc.assert(
      fc.property(schemas, schemas, schemas, values, (given, A, B, held) => {
        const [schema, value] = JSON.parse(JSON.stringify([given, held])) as [SchemaNode, unknown];
        const set: SchemaSet = { $defs: { A, B: typeof B === 'object' ? { ...B, $ref: undefined as never } : B } };
        const text = JSON.parse(JSON.stringify(set)) as SchemaSet;
        let wanted: string[];
        try {
          wanted = complaintsOfAjv(text, schema, value);
        } catch (error) {
          // Schemas that lead back to themselves at the same value have no end for ajv.
          fc.pre(!(error instanceof RangeError));
          throw error;
        }
        fc.pre(wanted.length <= 200);
        const judge = new SchemaJudge(text);
        const found = judge.complaints(schema, value).map((each) => `${each.pointer} ${each.keyword} ${each.message}`);
        expect(found.sort()).toEqual(wanted.sort());
        expect(judge.accepts(schema, value)).toBe(wanted.length === 0);
        counts[wanted.length === 0 ? 0 : 1]!++;
      }),
      { numRuns: 120, seed: 18 },
    );
    // Neither answer is rare.
    expect(Math.min(...counts)).toBeGreaterThan(20);
  });

  it('names where something is wrong, also below keys with signs of their own', () => {
    const set: SchemaSet = { $defs: {} };
    const judge = new SchemaJudge(set);
    const schema: SchemaNode = { additionalProperties: { items: { type: 'integer' } } };
    expect(judge.complaints(schema, { 'a/b~c': [1, 'two'] })).toEqual([
      { pointer: '/a~1b~0c/1', keyword: 'type', message: 'must be integer', params: { type: 'integer' } },
    ]);
  });

  it('ends where schemas lead back to themselves and nothing else', () => {
    const set: SchemaSet = { $defs: { A: { allOf: [{ $ref: ref('B') }, { $ref: ref('B') }] }, B: { $ref: ref('A') } } };
    expect(new SchemaJudge(set).accepts({ $ref: ref('A') }, 'x')).toBe(true);
  });
});
