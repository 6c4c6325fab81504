import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createDelivery } from '../../src/index.js';

const make = (payload: unknown, schema: object) => createDelivery({ provider: 'scalev', payload, schema } as never);

const jsonSchema = {
  type: 'object',
  required: ['event'],
  properties: {
    event: { type: 'string' },
    at: { type: 'string', format: 'date-time' },
    list: { prefixItems: [{ type: 'number' }] },
  },
};

describe('a schema for the payload', () => {
  it('may be a JSON Schema', async () => {
    await expect(make({ event: 'a', at: '2026-01-01T00:00:00Z', list: [1] }, jsonSchema)).resolves.toMatchObject({
      provider: 'scalev',
    });
    await expect(make({ event: 1, at: 'soon', list: ['a'] }, jsonSchema)).rejects.toMatchObject({
      code: 'BAD_PAYLOAD',
      message:
        'The payload of scalev order.created does not satisfy the schema, and was not made.\nevent: must be string\nat: must match format "date-time"\nlist.0: must be number',
    });
    const draft7 = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      properties: { list: { items: [{ type: 'number' }] } },
    };
    await expect(make({ list: ['a'] }, draft7)).rejects.toThrow('list.0: must be number');
    await expect(make({}, { type: 'strng' })).rejects.toMatchObject({ code: 'BAD_SCHEMA' });
  });

  it('may be a Standard Schema, such as one of Zod', async () => {
    const schema = z.object({ event: z.string(), data: z.object({ total: z.number() }) });
    await expect(make({ event: 'a', data: { total: 1 } }, schema)).resolves.toMatchObject({ provider: 'scalev' });
    await expect(make({ event: 'a', data: { total: 'one' } }, schema)).rejects.toThrow(
      'not made.\ndata.total: Invalid input: expected number, received string',
    );
    const late = {
      '~standard': {
        version: 1,
        vendor: 'x',
        validate: async () => ({ issues: [{ message: 'no', path: [{ key: 'a' }, 0] }] }),
      },
    };
    await expect(make({}, late)).rejects.toThrow('\na.0: no');
  });

  it('judges what is sent: the sample with its changes, and a body', async () => {
    await expect(
      createDelivery({ provider: 'scalev', event: 'order.created', set: { event: 3 }, schema: jsonSchema }),
    ).rejects.toThrow('event: must be string');
    await expect(createDelivery({ provider: 'scalev', body: '{}', schema: jsonSchema })).rejects.toThrow(
      "the payload: must have required property 'event'",
    );
    await expect(
      createDelivery({ provider: 'scalev', event: 'order.created', schema: jsonSchema }),
    ).resolves.toBeTruthy();
  });

  it('tells a few complaints and how many more there are', async () => {
    const many = { properties: Object.fromEntries('abcdefgh'.split('').map((name) => [name, { type: 'string' }])) };
    const payload = Object.fromEntries('abcdefgh'.split('').map((name) => [name, 1]));
    await expect(make(payload, many)).rejects.toThrow('e: must be string\nand 3 more.');
  });
});
