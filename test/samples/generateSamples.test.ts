import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { generateSamples } from '../../src/samples/generateSamples.js';
import { schemaReference as ref, type SchemaNode, type SchemaSet } from '../../src/samples/jsonSchema.js';

const none: SchemaSet = { $defs: {} };
const object = (properties: Record<string, SchemaNode>, required = Object.keys(properties)): SchemaNode => ({
  type: 'object',
  properties,
  required,
});
const text = { type: 'string' } as const;

/** The sample of one schema, which another instance of ajv has judged. */
async function sampleOf(schema: SchemaNode, event = 'order.paid', set = none, shape?: unknown) {
  const { samples } = await generateSamples(set, [{ event, schema, ...(shape !== undefined && { shape }) }]);
  const ajv = new Ajv2020({ strict: false, logger: false });
  formats.default(ajv);
  ajv.addSchema(set as object, 'set.json');
  expect(ajv.validate(schema as object, samples[0]!.body), JSON.stringify([samples[0], ajv.errors])).toBe(true);
  expect(samples[0]!.complaints).toEqual([]);
  return samples[0]!.body as Record<string, never>;
}

describe('generateSamples', () => {
  it('makes the same samples for the same seed, and others for another', async () => {
    const schema = object({ id: { ...text, format: 'uuid' }, email: text, city: text });
    const generate = async (seed: number) =>
      JSON.stringify(await generateSamples(none, [{ event: 'a.b', schema }], { seed }));
    expect(await generate(3)).toBe(await generate(3));
    expect(await generate(3)).not.toBe(await generate(4));
  });

  it('tells of the same customer, order and currency in all events', async () => {
    const customer = object({ id: text, name: text, email: { ...text, format: 'email' }, currency: text });
    const requests = [
      { event: 'customer.created', schema: object({ type: text, data: customer }) },
      {
        event: 'order.paid',
        schema: object({ data: object({ id: text, customer, customer_id: text, currency: text }) }),
      },
    ];
    const { samples } = await generateSamples(none, requests);
    const [first, second] = samples.map(({ body }) => (body as { data: Record<string, never> }).data);
    expect(second!.customer).toEqual(first);
    expect(second!.customer_id).toBe(first!.id);
    expect(second!.currency).toBe(first!.currency);
    expect(second!.id).not.toBe(first!.id);
  });

  it('writes what people expect of a name', async () => {
    const body = await sampleOf(
      object({
        email: text,
        first_name: text,
        country: text,
        currency: text,
        createdAt: text,
        total_amount: { type: 'integer' },
        amount: { type: 'number' },
        price: text,
        website: { ...text, format: 'uri' },
        is_active: { type: 'boolean' },
        refunded: { type: 'boolean' },
        status: text,
      }),
    );
    expect(body.email).toMatch(/^\w+\.\w+@example\.com$/);
    expect(body.first_name).toMatch(/^[A-Z][a-z]+$/);
    expect(body.country).toMatch(/^[A-Z]{2}$/);
    expect(body.currency).toMatch(/^[A-Z]{3}$/);
    expect(body.createdAt).toMatch(/^2026-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(body.total_amount).toBe(Math.round(Number(body.amount) * 100));
    expect(body.price).toMatch(/^\d+\.\d\d$/);
    expect([body.is_active, body.refunded, body.status]).toEqual([true, false, 'paid']);
    expect(JSON.stringify(body)).not.toMatch(/"(?:string|text|foo|lorem)"/i);
  });

  it('writes amounts that add up, days, addresses and domains as people know them', async () => {
    const whole = { type: 'integer' } as const;
    const invoice = object({
      sub_total_excluding_taxes_amount_cents: whole,
      sub_total_including_taxes_amount_cents: whole,
      total_amount_cents: whole,
      coupons_amount_cents: whole,
      net_payment_term: whole,
      zipcode: text,
    });
    const body: Record<string, unknown> = await sampleOf(invoice, 'invoice.created');
    expect(body.sub_total_including_taxes_amount_cents).toBe(body.total_amount_cents);
    expect(body.sub_total_excluding_taxes_amount_cents).toBeLessThan(Number(body.total_amount_cents));
    expect([body.coupons_amount_cents, body.net_payment_term]).toEqual([0, 30]);
    expect(body.zipcode).toMatch(/\d{4}/);
    const domain = object({ name: text, records: { type: 'array', items: object({ value: text, ttl: text }) } });
    const created: Record<string, unknown> = await sampleOf(object({ data: domain }), 'domain.created');
    expect(created.data).toEqual({ name: 'shop.example.com', records: [{ value: '203.0.113.24', ttl: '3600' }] });
  });

  it('writes totals that are what their own parts add up to', async () => {
    const whole = { type: 'integer' } as const;
    const line = (more: Record<string, SchemaNode> = {}) =>
      object({ title: text, price: whole, quantity: whole, ...more });
    const items = { type: 'array', items: line(), minItems: 1 } as const;
    const totalOf = async (properties: Record<string, SchemaNode>) =>
      (await sampleOf(object(properties))) as unknown as Record<string, number> & { items: Record<string, number>[] };
    const bare = await totalOf({ items, total: whole });
    expect(bare.total).toBe(bare.items[0]!.price! * bare.items[0]!.quantity!);
    const taxed = await totalOf({ items, subtotal: whole, tax: whole, discount: whole, total: whole });
    expect(taxed.subtotal).toBe(taxed.items[0]!.price);
    expect(taxed.total).toBe(taxed.subtotal! + taxed.tax! - taxed.discount!);
    const three = {
      type: 'array',
      items: line({ quantity: { const: 3 }, total: whole, tax: whole }),
      minItems: 2,
    } as const;
    const many = await totalOf({ items: three, shipping: whole, total_price: whole });
    expect(many.items.map(({ price, total }) => total! / price!)).toEqual([3, 3]);
    expect(many.items[0]!.tax).toBeLessThan(many.items[0]!.price!);
    expect(many.total_price).toBe(many.items[0]!.total! + many.items[1]!.total! + many.shipping!);
    const money = object({ amount: text, currency: text });
    const held: Record<string, { amount: string }> = await sampleOf(
      object({ subtotal: money, shipping: money, total: money }),
    );
    expect(Number(held.total!.amount)).toBeCloseTo(Number(held.subtotal!.amount) + Number(held.shipping!.amount), 6);
  });

  it('writes one total for an order, whichever event tells of it', async () => {
    const whole = { type: 'integer' } as const;
    const order = object({ subtotal_price: whole, total_tax: whole, total_price: whole });
    const { samples } = await generateSamples(none, [
      { event: 'order.created', schema: object({ order }) },
      { event: 'payment.succeeded', schema: object({ payment: object({ amount: whole }) }) },
    ]);
    const [created, paid] = samples.map(({ body }) => body as Record<string, Record<string, number>>);
    expect(created!.order!.total_price).toBe(created!.order!.subtotal_price! + created!.order!.total_tax!);
    expect(paid!.payment!.amount).toBe(created!.order!.total_price);
  });

  it('says of what failed that it did', async () => {
    const attempt = object({ response_status_code: { type: 'integer' }, message: text });
    const failing = await sampleOf(object({ attempt }), 'message.attempt.failing');
    expect(failing.attempt).toMatchObject({
      response_status_code: 500,
      message: expect.stringContaining('was rejected'),
    });
    const bounced = await sampleOf(object({ bounce: object({ message: text }) }), 'email.sent');
    expect(JSON.stringify(bounced)).not.toContain('arrived');
    const sent = await sampleOf(object({ attempt }), 'message.attempt.sent');
    expect(sent.attempt).toMatchObject({ response_status_code: 200 });
  });

  it('takes an id with the name of the company before it for that of what has it', async () => {
    const customer = object({ acme_id: text });
    const schema = object({ acme_id: text, acme_customer_id: text, customer });
    const requests = [{ event: 'invoice.created', schema }];
    const { samples } = await generateSamples(none, requests, { vendor: 'Acme API' });
    const body = samples[0]!.body as Record<string, { acme_id: string }>;
    expect(body.acme_customer_id).toBe(body.customer!.acme_id);
    expect(body.acme_id).not.toBe(body.acme_customer_id);
  });

  it.each<[string, SchemaNode]>([
    ['a pattern', { ...text, pattern: '^[A-Z]{3}-\\d{4,6}(?:-[a-f0-9]{2})?$' }],
    ['a short text', { ...text, maxLength: 3 }],
    ['a long text', { ...text, minLength: 300 }],
    ['bounds', { type: 'integer', exclusiveMinimum: 10, maximum: 40, multipleOf: 7 }],
    ['a small number', { type: 'number', minimum: 0, exclusiveMaximum: 0.5 }],
    ['unique items', { type: 'array', items: { enum: ['a', 'b', 'c'] }, minItems: 3, uniqueItems: true }],
    ['a tuple', { type: 'array', prefixItems: [text, { type: 'integer' }], items: false, minItems: 2 }],
    ['contained', { type: 'array', items: text, contains: { const: 'x' } }],
    ['a map', { type: 'object', additionalProperties: { type: 'integer' }, minProperties: 2 }],
    [
      'patterned keys',
      { type: 'object', patternProperties: { '^x-[a-z]{3}$': text }, additionalProperties: false, minProperties: 1 },
    ],
    [
      'any of what is required',
      { ...(object({ a: text, b: text }, []) as object), anyOf: [{ required: ['a'] }, { required: ['b'] }] },
    ],
    ['one and no more', { oneOf: [object({ a: text }), object({ a: text, b: text })] }],
    [
      'a condition',
      {
        ...(object({ kind: { const: 'card' } }) as object),
        if: { properties: { kind: { const: 'card' } } },
        // biome-ignore lint/suspicious/noThenProperty: it is the keyword of JSON Schema.
        then: { required: ['last4'], properties: { last4: { ...text, pattern: '^\\d{4}$' } } },
      },
    ],
    ['all of closed parts', { allOf: [object({ a: text }), { properties: { a: { minLength: 40 } } }] }],
    ['null', { ...(object({ deleted_at: { type: ['string', 'null'], format: 'date-time' } }) as object) }],
    ['nothing said', {}],
  ])('satisfies %s', async (_, schema) => {
    await sampleOf(object({ value: schema }));
  });

  it('follows a discriminator, and takes the branch that the event names', async () => {
    const set: SchemaSet = {
      $defs: {
        Cat: object({ petType: text, lives: { type: 'integer', minimum: 1 } }),
        Dog: object({ petType: text, packSize: { type: 'integer', minimum: 0 } }),
      },
    };
    const pet: SchemaNode = {
      oneOf: [{ $ref: ref('Dog') }, { $ref: ref('Cat') }],
      discriminator: { propertyName: 'petType', mapping: { cat: ref('Cat'), dog: ref('Dog') } },
    };
    expect(await sampleOf(object({ pet }), 'pet.born', set)).toMatchObject({ pet: { petType: 'dog' } });
    const events: SchemaNode = {
      oneOf: [object({ type: { const: 'a.b' } }), object({ type: { const: 'c.d' }, n: { type: 'integer' } })],
    };
    expect(await sampleOf(events, 'c.d')).toMatchObject({ type: 'c.d' });
  });

  it('ends where schemas lead back to themselves, and stays small', async () => {
    const set: SchemaSet = {
      $defs: {
        Node: object(
          { id: text, parent: { $ref: ref('Node') }, children: { type: 'array', items: { $ref: ref('Node') } } },
          ['id', 'children'],
        ),
        Wide: object(
          Object.fromEntries(
            Array.from({ length: 40 }, (_, at) => [`part_${at}`, { $ref: ref(at % 2 ? 'Wide' : 'Node') }]),
          ),
          [],
        ),
      },
    };
    const body = await sampleOf(
      object({ tree: { $ref: ref('Node') }, wide: { $ref: ref('Wide') } }),
      'tree.grown',
      set,
    );
    expect(JSON.stringify(body).length).toBeLessThan(20_000);
  });

  it('names what no sample can satisfy, and makes the nearest', async () => {
    const schema: SchemaNode = {
      allOf: [{ properties: { a: text }, additionalProperties: false }, object({ b: text })],
    };
    const { samples } = await generateSamples(none, [{ event: 'x', schema }]);
    expect(samples[0]!.complaints).toMatchObject([{ pointer: '' }]);
  });

  it('takes no text of an example but its shape', async () => {
    const schema = object(
      {
        id: { ...text, example: 'cus_9f8Hq2LmNp' },
        note: { ...text, example: 'Please call Bob Miller' },
        day: { ...text, example: '2020-02-01' },
        extra: text,
      },
      ['id'],
    );
    const shape = { id: 'cus_9f8Hq2LmNp', note: 'Please call Bob Miller', day: '2020-02-01' };
    const body = await sampleOf(schema, 'customer.created', none, shape);
    expect(Object.keys(body)).toEqual(['id', 'note', 'day']);
    expect(body.id).toMatch(/^cus_[A-Za-z0-9]{12}$/);
    expect(body.day).toMatch(/^2026-\d\d-\d\d$/);
    expect(JSON.stringify(body)).not.toMatch(/9f8Hq2LmNp|Miller|2020/);
  });

  it('takes no number of an example but how it is written', async () => {
    const given = { zorp: 48_213, zarp: 7.25, zirp: -913.5, zerp: 7, flag: 1, none: 0 };
    const number = (value: number) => ({ type: 'number', example: value });
    const schema = object(Object.fromEntries(Object.entries(given).map(([name, value]) => [name, number(value)])));
    const sample: Record<string, number> = await sampleOf(schema);
    const digits = (value: number) => String(value).replace(/\d/g, '#');
    for (const [name, value] of Object.entries(given)) expect(digits(sample[name]!)).toBe(digits(value));
    for (const name of ['zorp', 'zarp', 'zirp', 'zerp'] as const) expect(sample[name]).not.toBe(given[name]);
    expect(await sampleOf(object({ zorp: { type: 'integer', default: 48_213 } }))).toEqual({ zorp: 48_213 });
    const shown: Record<string, number> = await sampleOf(object({ zorp: { type: 'integer' } }), 'order.paid', none, {
      zorp: 48_213,
    });
    expect(String(shown.zorp)).toMatch(/^(?!48213)\d{5}$/);
  });

  it('is not stopped by a pattern on which an engine never ends', async () => {
    const body = await sampleOf(object({ slug: { ...text, minLength: 60, description: 'hostile' } }));
    expect(body.slug).toHaveLength(60);
    const { samples } = await generateSamples(none, [
      { event: 'x', schema: object({ a: { ...text, pattern: '^(a+)+$', minLength: 60 } }) },
    ]);
    expect(samples[0]!.complaints).toEqual([]);
  });

  it.each<[string, SchemaNode, Record<string, SchemaNode>]>([
    [
      'members that double at each level',
      { $ref: ref('D0') },
      Object.fromEntries(
        Array.from({ length: 23 }, (_, at) => [
          `D${at}`,
          at === 22 ? text : object({ a: { $ref: ref(`D${at + 1}`) }, b: { $ref: ref(`D${at + 1}`) } }),
        ]),
      ),
    ],
    [
      'long lists in long lists',
      [1, 2, 3, 4].reduce<SchemaNode>((items) => ({ type: 'array', minItems: 100, items }), text),
      {},
    ],
    [
      'many branches that nothing satisfies',
      { $ref: ref('L0') },
      Object.fromEntries(
        Array.from({ length: 10 }, (_, at) => [
          `L${at}`,
          at === 9 ? false : { anyOf: Array.from({ length: 12 }, () => ({ $ref: ref(`L${at + 1}`) })) },
        ]),
      ),
    ],
  ])('ends soon with %s', async (_, schema, $defs) => {
    const { samples } = await generateSamples({ $defs }, [{ event: 'x', schema }]);
    expect(samples[0]!.complaints).toEqual([expect.objectContaining({ message: 'is too large for a sample' })]);
  });
});
