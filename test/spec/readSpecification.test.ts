import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { generateSamples } from '../../src/samples/generateSamples.js';
import { isSpecification } from '../../src/spec/isSpecification.js';
import { readSpecification } from '../../src/spec/readSpecification.js';
import { folderOf } from '../support/folder.js';
import { openApi30, openApi31 } from './specifications.js';

/** Reads the first of some files, or the folder of them. */
function read(files: Readonly<Record<string, string | object>>, isFolder = false) {
  const texts = Object.fromEntries(
    Object.entries(files).map(([name, data]) => [name, typeof data === 'string' ? data : JSON.stringify(data)]),
  );
  const cwd = folderOf(texts);
  const [file = ''] = Object.keys(files);
  const path = isFolder ? cwd : join(cwd, file);
  return readSpecification({ path, shown: isFolder ? '.' : file, bytes: isFolder ? null : readFileSync(path), cwd });
}

async function complaintsOf(specification: ReturnType<typeof read>) {
  const { samples } = await generateSamples(
    specification.set,
    specification.events.map(({ name, schema }) => ({ event: name, schema })),
  );
  return samples.flatMap(({ complaints }) => complaints);
}

const schema = (type: string, data: object = {}) => ({
  type: 'object',
  required: ['type'],
  properties: { type: { const: type }, ...data },
});

describe('readSpecification', () => {
  it('reads the webhooks of OpenAPI 3.1, and tells what it can not use', async () => {
    const found = read({ 'openapi.json': openApi31 });
    expect(found).toMatchObject({
      title: 'Acme Shop API',
      docs: 'https://acme.example.com/docs',
      eventAt: 'type',
      wire: null,
    });
    expect(found.events.map(({ name }) => name)).toEqual(['order.created', 'order.paid', 'pet.adopted']);
    expect(found.events[1]).toMatchObject({
      title: 'The money has come',
      trigger: 'Sent for order.paid.',
      successes: ['204'],
      security: [],
    });
    expect(found.events[0]!.headers.map(({ name }) => name)).toEqual([
      'X-Acme-Signature',
      'X-Acme-Delivery-ID',
      'X-ACME-Event',
      'X-Acme-Version',
      'X-Acme-Odd',
    ]);
    expect(found.problems.map(({ place }) => place)).toEqual([
      'openapi.json#/webhooks/nothing/post',
      'openapi.json#/webhooks/odd/post',
    ]);
    expect(await complaintsOf(found)).toEqual([]);
  });

  it('reads x-webhooks and callbacks of OpenAPI 3.0 in YAML', async () => {
    const found = read({ 'openapi.yaml': openApi30 });
    expect(found.events.map(({ name }) => name)).toEqual(['account.opened', 'account.closed']);
    expect(found.eventAt).toBe('type');
    expect(found.events[0]!.security).toEqual([{ kind: 'basic', header: null }]);
    expect(await complaintsOf(found)).toEqual([]);
    const { samples } = await generateSamples(
      found.set,
      found.events.map(({ name, schema: node }) => ({ event: name, schema: node })),
    );
    expect(samples[0]!.body).toMatchObject({ type: 'account.opened', data: { closed_at: null } });
  });

  it('makes an event of each word of an enum, and of each branch', async () => {
    const body = {
      type: 'object',
      required: ['event'],
      properties: { event: { enum: ['file.added', 'file.removed'] } },
    };
    const branches = { oneOf: [schema('a.one'), { $ref: '#/$defs/Two' }], $defs: { Two: schema('a.two') } };
    const many = read({
      's.json': {
        openapi: '3.1.0',
        webhooks: { hook: { post: { requestBody: { content: { 'application/json': { schema: body } } } } } },
      },
    });
    expect(many.events.map(({ name }) => name)).toEqual(['file.added', 'file.removed']);
    const inBranches = read({
      'events.json': { $schema: 'https://json-schema.org/draft/2020-12/schema', ...branches },
    });
    expect(inBranches.events.map(({ name }) => name)).toEqual(['a.one', 'a.two']);
    expect([...(await complaintsOf(many)), ...(await complaintsOf(inBranches))]).toEqual([]);
  });

  it('reads a folder of JSON Schemas that refer to each other', async () => {
    const found = read(
      {
        'order/paid.schema.json': {
          $schema: 'http://json-schema.org/draft-07/schema#',
          title: 'Order paid',
          ...schema('order.paid', { order: { $ref: '../shared/order.json#/definitions/Order' } }),
        },
        'refund/made.yaml':
          'type: object\nproperties: { type: { const: refund.made }, order: { $ref: ../shared/order.json } }',
        'shared/order.json': {
          definitions: { Order: { type: 'object', properties: { id: { type: 'string' } } } },
          $ref: '#/definitions/Order',
        },
        'notes.json': '[1, 2]',
      },
      true,
    );
    expect(found.events.map(({ name, title }) => [name, title])).toEqual([
      ['order.paid', 'Order paid'],
      ['refund.made', null],
    ]);
    expect(found.problems).toEqual([]);
    expect(await complaintsOf(found)).toEqual([]);
  });

  it('fetches nothing, reads nothing outside, and goes on without what is missing', () => {
    const properties = {
      a: { $ref: 'https://example.com/x.json' },
      b: { $ref: '../../../etc/passwd' },
      c: { $ref: '#/nowhere' },
      d: { $ref: 'missing.yaml#/X' },
      e: { type: 'string', pattern: '^(a+)+$' },
      f: { type: 'strnig' },
    };
    const found = read({ 's.json': { ...schema('a.b'), properties: { type: { const: 'a.b' }, ...properties } } });
    expect(found.problems.map(({ place }) => place)).toEqual(
      ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `s.json#/properties/${name}`),
    );
    expect(found.problems[0]!.message).toMatch(/nothing is fetched/);
    expect(found.problems[1]!.message).toMatch(/leads out of the folder/);
  });

  it('follows no link out of the folder', () => {
    const outside = folderOf({
      'secret.json': JSON.stringify({ type: 'object', properties: { k: { const: 'HIDDEN' } } }),
    });
    const properties = {
      a: { $ref: 'link.json' },
      b: { $ref: 'folder/secret.json' },
      c: { $ref: join(outside, 'secret.json') },
      d: { $ref: pathToFileURL(join(outside, 'secret.json')).href },
      e: { $ref: 'inside.json' },
    };
    const cwd = folderOf({
      's.json': JSON.stringify({ ...schema('a.b'), properties: { type: { const: 'a.b' }, ...properties } }),
      'real.json': '{ "const": "shown" }',
    });
    symlinkSync(join(outside, 'secret.json'), join(cwd, 'link.json'));
    symlinkSync(outside, join(cwd, 'folder'));
    symlinkSync(join(cwd, 'real.json'), join(cwd, 'inside.json'));
    const bytes = readFileSync(join(cwd, 's.json'));
    const found = readSpecification({ path: join(cwd, 's.json'), shown: 's.json', bytes, cwd });
    expect(found.problems.map(({ place }) => place)).toEqual(
      ['a', 'b', 'c', 'd'].map((name) => `s.json#/properties/${name}`),
    );
    expect(found.problems[3]!.message).toContain('is a file URL');
    expect(JSON.stringify(found.set)).not.toContain('HIDDEN');
    expect(JSON.stringify(found.set)).toContain('shown');
    const ofFolder = readSpecification({ path: cwd, shown: '.', bytes: null, cwd });
    expect(ofFolder.problems).toContainEqual({
      place: 'link.json',
      message: 'link.json leads out of the folder of the specification, and is not read.',
    });
    expect(JSON.stringify(ofFolder)).not.toContain('HIDDEN');
  });

  it.each([
    ['no webhooks', '{"openapi":"3.1.0","paths":{}}', /describes no webhooks/],
    ['AsyncAPI', '{"asyncapi":"3.0.0"}', /AsyncAPI/],
    ['OpenAPI 2', 'swagger: "2.0"', /That version has no webhooks: convert it to OpenAPI 3/],
    ['broken JSON', '{"openapi":"3.1.0",,}', /s\.json:1:20: is not JSON/],
    ['broken YAML', 'openapi: 3.1.0\nwebhooks: [', /s\.json:\d+:\d+: is not YAML/],
    [
      'an alias bomb',
      `openapi: 3.1.0\na: &a [1,1,1,1,1,1,1,1,1]\n${Array.from({ length: 9 }, (_, at) => `x${at}: &x${at} [${Array(9).fill(at === 0 ? '*a' : `*x${at - 1}`)}]`).join('\n')}`,
      /is not YAML/,
    ],
  ])('says what is wrong with %s', (_, text, message) => {
    expect(() => read({ 's.json': text })).toThrow(message);
  });

  it('ends with schemas that lead back to themselves, or are nested deep', async () => {
    const deep = Array.from({ length: 3000 }).reduce<object>((inner) => ({ type: 'array', items: inner }), {
      type: 'string',
    });
    const found = read({
      's.json': {
        ...schema('a.b', { self: { $ref: '#' }, loop: { $ref: '#/$defs/One' }, deep }),
        $defs: { One: { $ref: '#/$defs/Two' }, Two: { $ref: '#/$defs/One' } },
      },
    });
    expect(await complaintsOf(found)).toEqual([]);
  });
});

describe('a discriminator that maps words to schemas', () => {
  const branch = (member: string) => ({
    type: 'object',
    required: ['event_type', member],
    properties: { event_type: { type: 'string' }, [member]: { type: 'integer' } },
  });
  const document = {
    openapi: '3.0.3',
    info: { title: 'x', version: '1' },
    webhooks: {
      all: {
        post: {
          requestBody: {
            content: {
              'application/json': {
                schema: {
                  oneOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }],
                  discriminator: {
                    propertyName: 'event_type',
                    mapping: { 'thing.a': 'A', 'thing.b': '#/components/schemas/B' },
                  },
                },
              },
            },
          },
        },
      },
    },
    components: { schemas: { A: { ...branch('a'), required: ['event_type'] }, B: branch('b') } },
  };

  it('makes an event of each word, with a sample of the schema that it names', async () => {
    const specification = read({ 'openapi.json': document });
    expect(specification.eventAt).toBe('event_type');
    const { samples } = await generateSamples(
      specification.set,
      specification.events.map(({ name, schema }) => ({ event: name, schema })),
    );
    expect(samples.map(({ body }) => body)).toEqual([
      { event_type: 'thing.a', a: 1 },
      { event_type: 'thing.b', b: 1 },
    ]);
    expect(samples.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});

it('leaves out an event whose schema is missing, and names the others by their field all the same', () => {
  const webhook = (schema: object) => ({ post: { requestBody: { content: { 'application/json': { schema } } } } });
  const { events, unread, problems } = read({
    'openapi.json': {
      openapi: '3.1.0',
      info: { title: 'x', version: '1' },
      webhooks: {
        paid: webhook(schema('order.paid')),
        gone: webhook(schema('order.gone')),
        broken: webhook({ $ref: '#/components/schemas/Nope' }),
      },
    },
  });
  expect(events.map(({ name }) => name)).toEqual(['order.paid', 'order.gone']);
  expect(unread).toEqual(['broken']);
  expect(problems.map(({ message }) => message)).toEqual([
    '$ref: there is no #/components/schemas/Nope.',
    'its schema is missing; the event is left out.',
  ]);
});

describe('names of two parts', () => {
  it('have the action as the body has it, whatever the id of the operation makes of it', () => {
    const webhook = (operationId: string, action?: string) => ({
      post: {
        operationId,
        parameters: [{ name: 'X-Acme-Event', in: 'header', schema: { type: 'string' } }],
        requestBody: {
          content: {
            'application/json': {
              schema: { type: 'object', properties: { ...(action && { action: { enum: [action] } }) } },
            },
          },
        },
      },
    });
    const openapi = {
      openapi: '3.1.0',
      webhooks: {
        'pull-request-opened': webhook('pull-request/opened', 'opened'),
        'dispatch-sample-collected': webhook('app-dispatch/sample-collected', 'sample.collected'),
        push: webhook('push'),
      },
    };
    const { events, wire } = read({ 'openapi.json': openapi });
    expect(wire).toEqual({ split: '.', header: 'X-Acme-Event', body: 'action' });
    expect(events.map(({ name }) => name)).toEqual(['pull_request.opened', 'app_dispatch.sample.collected', 'push']);
  });

  it('are those of the operation where the action may be any text, which the sample then has', async () => {
    const webhook = (operationId: string, action: object) => ({
      post: {
        operationId,
        parameters: [{ name: 'X-Acme-Event', in: 'header', schema: { type: 'string' } }],
        requestBody: { content: { 'application/json': { schema: { type: 'object', properties: { action } } } } },
      },
    });
    const acting = Array.from({ length: 10 }, (_, at) => `thing-${at}/opened`);
    const webhooks = Object.fromEntries([
      ...acting.map((id) => [id, webhook(id, { const: 'opened' })]),
      ['free', webhook('app-dispatch/sample.job-done', { type: 'string' })],
    ]);
    const found = read({ 'openapi.json': { openapi: '3.1.0', webhooks } });
    const event = found.events.find(({ name }) => name === 'app_dispatch.sample.job_done')!;
    const { samples } = await generateSamples(found.set, [{ event: event.name, schema: event.schema }]);
    expect(samples[0]!.body).toEqual({ action: 'sample.job_done' });
  });
});

describe('a schema that leads back to itself', () => {
  const node = (name: string) => ({ type: 'object', properties: { id: { type: 'string' }, next: { $ref: name } } });

  it('is an event in a folder, and among definitions', () => {
    const names = (files: Record<string, object>, isFolder = false) =>
      read(files, isFolder).events.map(({ name }) => name);
    expect(names({ 'node.json': node('#') }, true)).toEqual(['node']);
    expect(names({ 'one.json': node('two.json'), 'two.json': node('one.json') }, true)).toEqual(['one', 'two']);
    expect(names({ 'one.json': node('two.json'), 'two.json': node('#') }, true)).toEqual(['one']);
    expect(names({ 's.json': { $defs: { Node: node('#/$defs/Node'), Other: node('#/$defs/Node') } } })).toEqual([
      'Other',
    ]);
    expect(names({ 's.json': { $defs: { Node: node('#/$defs/Node') } } })).toEqual(['Node']);
  });
});

describe('what has to be there beside something else', () => {
  it('is in samples, in the words of all versions', async () => {
    const contains = { items: { enum: ['x', 'q', 'y'] }, type: 'array', contains: { const: 'x' } };
    const body = schema('a.b', {
      card: { type: 'string' },
      plan: { type: 'string' },
      three: { ...contains, minItems: 4, minContains: 3 },
      none: { ...contains, minItems: 1, minContains: 0 },
      one: { ...contains, minItems: 3, maxContains: 1 },
    });
    const found = read({
      's.json': {
        ...body,
        dependentRequired: { card: ['zip'], zip: ['door'] },
        dependencies: { plan: ['seats'], three: { required: ['extra'] } },
      },
    });
    expect(await complaintsOf(found)).toEqual([]);
    const { samples } = await generateSamples(found.set, [{ event: 'a.b', schema: found.events[0]!.schema }]);
    const sample = samples[0]!.body as Record<string, string[]>;
    expect(Object.keys(sample)).toEqual(expect.arrayContaining(['card', 'zip', 'door', 'seats', 'extra']));
    expect(sample.three!.filter((item) => item === 'x').length).toBeGreaterThanOrEqual(3);
    expect(sample.one!.filter((item) => item === 'x')).toHaveLength(1);
  });
});

describe('the values of an enum', () => {
  it('are used up to a number, which is told', async () => {
    const kind = { enum: Array.from({ length: 20_000 }, (_, at) => `v${at}`) };
    const found = read({ 's.json': schema('a.b', { kind }) });
    expect(found.problems).toEqual([
      { place: 's.json#/properties/kind', message: 'enum: only the first 10000 of its 20000 values are used.' },
    ]);
    expect(await complaintsOf(found)).toEqual([]);
  });
});

describe('isSpecification', () => {
  it.each([
    ['JSON', JSON.stringify(openApi31), true],
    ['members in another order', '{"components":{},"openapi":"3.1.0"}', true],
    ['YAML', openApi30, true],
    ['a JSON Schema', '{"type":"object","properties":{}}', true],
    ['HTTP', 'POST / HTTP/1.1\r\nHost: x\r\n\r\n{"openapi":"3.1.0"}', false],
    ['a HAR', '{"log":{"entries":[]}}', false],
    ['curl', 'curl -d \'{"openapi":"3.0.0"}\' http://localhost', false],
    ['a body that speaks of one', '{"data":{"openapi":"3.0.0"}}', false],
  ])('knows %s', (_, text, is) => {
    expect(isSpecification(Buffer.from(text))).toBe(is);
  });
});
