import { expect, it } from 'vitest';
import { describeFields } from '../../src/spec/describeFields.js';
import { readSpecification } from '../../src/spec/readSpecification.js';

type Schema = Record<string, unknown>;

/** Returns the described fields of a sample, by a specification with one event. */
function described(sample: unknown, schema: Schema, schemas: Schema = {}) {
  const document = {
    openapi: '3.1.0',
    webhooks: { 'order.paid': { post: { requestBody: { content: { 'application/json': { schema } } } } } },
    components: { schemas },
  };
  const bytes = Buffer.from(JSON.stringify(document));
  const source = { path: '/p/openapi.json', shown: 'openapi.json', bytes, cwd: '/p' };
  const { events, set } = readSpecification(source, { keepsDescriptions: true });
  return describeFields(sample, events[0]!.schema, set);
}

it('describes the places of a sample and the members that it lacks', () => {
  const fields = described(
    { status: 'paid', shipping: null, lines: [{ sku: 'A' }], by: { kind: 'user', name: 'Ayu' }, tags: { a: 1 } },
    {
      type: 'object',
      required: ['status', 'total'],
      properties: {
        status: { enum: ['open', 'paid'], type: 'string', description: 'State.\n\nSecond paragraph.' },
        total: { type: 'integer', description: 'In **cents**.' },
        shipping: { anyOf: [{ $ref: '#/components/schemas/Address' }, { type: 'null' }], description: 'Where to.' },
        lines: {
          type: 'array',
          items: { type: 'object', required: ['sku'], properties: { sku: { type: 'string', format: 'sku' }, n: {} } },
        },
        by: {
          oneOf: [
            { type: 'object', properties: { kind: { const: 'api' }, key: { type: 'string' } }, required: ['kind'] },
            { type: 'object', properties: { kind: { const: 'user' }, name: { type: 'string' } }, required: ['kind'] },
          ],
        },
        tags: { type: 'object', additionalProperties: { type: 'number' } },
      },
    },
    { Address: { type: 'object', description: 'A place.', properties: { city: { type: 'string' } } } },
  );
  const said = Object.fromEntries(
    fields.map(({ path, types, format, values, description, isRequired }) => [
      path,
      [types.join('|'), format, values.join(), description, isRequired],
    ]),
  );
  expect(said).toEqual({
    status: ['string', null, 'open,paid', 'State.', true],
    total: ['integer', null, '', 'In cents.', true],
    shipping: ['object|null', null, '', 'Where to.', false],
    lines: ['array', null, '', null, false],
    'lines[]': ['object', null, '', null, false],
    'lines[].sku': ['string', 'sku', '', null, true],
    'lines[].n': ['', null, '', null, false],
    by: ['object', null, '', null, false],
    'by.kind': ['', null, 'user', null, true],
    'by.name': ['string', null, '', null, false],
    tags: ['object', null, '', null, false],
    'tags.a': ['number', null, '', null, false],
  });
});

it('says in words what numbers, texts and lists are limited to', () => {
  const limits = (schema: Schema, value: unknown = null, schemas: Schema = {}) =>
    described({ it: value }, { properties: { it: schema } }, schemas).find(({ path }) => path === 'it')!.limits;
  expect(limits({ minimum: 1, maximum: 100 })).toEqual(['from 1 to 100']);
  expect(limits({ minimum: 0.5 })).toEqual(['at least 0.5']);
  expect(limits({ maximum: 7, multipleOf: 0.01 })).toEqual(['at most 7', 'a multiple of 0.01']);
  expect(limits({ exclusiveMinimum: 0, exclusiveMaximum: 10 })).toEqual(['more than 0', 'less than 10']);
  expect(limits({ minimum: 3, exclusiveMinimum: 2, maximum: 3 })).toEqual(['3']);
  expect(limits({ minimum: 3, exclusiveMinimum: 3, maximum: 5 })).toEqual(['more than 3', 'at most 5']);
  expect(limits({ minLength: 1, maxLength: 1 })).toEqual(['1 character']);
  expect(limits({ minLength: 1, maxLength: 20 })).toEqual(['1 to 20 characters']);
  expect(limits({ maxLength: 20, pattern: '^a+$' })).toEqual(['at most 20 characters', 'matches ^a+$']);
  expect(limits({ minItems: 2, uniqueItems: true })).toEqual(['2 or more items', 'each item once']);
  expect(limits({ maxItems: 1 })).toEqual(['at most 1 item']);
  expect(limits({ minProperties: 1, maxProperties: 3 })).toEqual(['1 to 3 fields']);
  expect(limits({ allOf: [{ minimum: 1 }, { minimum: 5, maximum: 9 }], maximum: 20 })).toEqual(['from 5 to 9']);
  const nullable = { anyOf: [{ $ref: '#/components/schemas/Code' }, { type: 'null' }] };
  expect(limits(nullable, null, { Code: { type: 'string', minLength: 3 } })).toEqual(['3 or more characters']);
  const either = {
    oneOf: [
      { type: 'string', maxLength: 5 },
      { type: 'integer', maximum: 9 },
    ],
  };
  expect(limits(either, 4)).toEqual(['at most 9']);
  expect(limits(either, 'four')).toEqual(['at most 5 characters']);
  const [matches] = limits({ pattern: `^\u202e${'é'.repeat(500)}$` });
  expect(matches).toMatch(/^matches \^\\u\{202e\}é+…$/);
  expect(matches!.length).toBe('matches '.length + 80);
});

it('stays within bounds, whatever a specification holds', () => {
  const odd = '\u001b[31m\u202e';
  const node = { $ref: '#/components/schemas/Node' };
  const many = Object.fromEntries(Array.from({ length: 3000 }, (_, at) => [`field${at}`, { type: 'string' }]));
  let deep: unknown = {};
  for (let level = 0; level < 300; level++) deep = { next: deep };
  const fields = described(
    { deep, text: 'a', many: {} },
    {
      properties: {
        text: {
          description: `<img src=x onerror=alert(1)>${odd} ${'long '.repeat(1000)}`,
          format: `${odd}f${'x'.repeat(500)}`,
          enum: ['a', `${odd}b`, 'c'.repeat(100), ...Array.from({ length: 500 }, (_, at) => `value ${at}`)],
        },
        [`${odd}name`]: { type: 'string' },
        deep: node,
        many: { type: 'object', properties: many },
      },
    },
    { Node: { type: 'object', allOf: [node], properties: { next: node, other: node } } },
  );
  expect(fields.filter(({ path }) => path.startsWith('many.')).length).toBe(200);
  const present = Object.fromEntries(Object.keys(many).map((name) => [name, '']));
  expect(described(present, { properties: many }).length).toBe(2000);
  expect(JSON.stringify(fields)).not.toMatch(/[\u001b\u202e]|<img|\\u/);
  expect(Math.max(...fields.map(({ path }) => path.split('.').length))).toBe(20);
  const text = fields.find(({ path }) => path === 'text')!;
  expect([text.values.length, text.values.slice(0, 2)]).toEqual([100, ['a', 'value 0']]);
  expect(text.description!.length).toBe(300);
  expect(text.format!.length).toBeLessThanOrEqual(80);
});
