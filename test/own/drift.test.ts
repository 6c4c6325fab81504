import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openApi31 } from '../spec/specifications.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

/** A folder with the provider of a specification, and a later state of that. */
async function projectWith(later: object): Promise<string> {
  const cwd = folderOf({ 'then.json': JSON.stringify(openApi31), 'now.json': JSON.stringify(later) });
  const { exitCode, stderr } = await cli(['provider', 'new', 'acme', '--from', 'then.json'], { cwd });
  expect(exitCode, stderr).toBe(0);
  return cwd;
}

/** Returns the result of the check of the specification. */
async function drift(argv: readonly string[], cwd: string) {
  const { json, exitCode } = await cli(['provider', 'test', ...argv, '--json'], { cwd });
  const { problems } = json.find(({ check }) => check === 'specification');
  return { exitCode, messages: problems.map(({ message }: { message: string }) => message) };
}

/** The unused parts of the specification. */
const unused = [
  'now.json#/webhooks/nothing/post is not compared: it has no body, of which no sample is made; the event is left out.',
  'now.json#/webhooks/odd/post is not compared: its body is text/csv, of which no sample is made; the event is left out.',
];

/** The parts of a specification that a later state has otherwise. */
interface Later {
  webhooks: Record<string, Record<string, LaterOperation>>;
}
interface LaterOperation {
  parameters: object[];
  requestBody: { content: { 'application/json': { schema: { properties: Record<string, LaterField> } } } };
}
interface LaterField {
  type?: string;
  deprecated?: boolean;
  oneOf?: { properties: object }[];
}

describe('provider test --spec', () => {
  it('passes where nothing changed', async () => {
    const cwd = await projectWith(openApi31);
    expect(await drift(['acme', '--spec', 'now.json'], cwd)).toEqual({ exitCode: 0, messages: unused });
  });

  it('names events that are new or gone, samples that are not valid, and fields that are gone', async () => {
    const later = structuredClone(openApi31) as unknown as {
      webhooks: Record<string, unknown>;
      components: { schemas: { Order: { required: string[]; properties: Record<string, unknown> } } };
    };
    later.webhooks['order.refunded'] = JSON.parse(
      JSON.stringify(later.webhooks['order.paid']).replaceAll('order.paid', 'order.refunded'),
    );
    delete later.webhooks['order.created'];
    const { Order } = later.components.schemas;
    Order.required = [...Order.required.filter((name) => name !== 'lines'), 'channel'];
    delete Order.properties.lines;
    const cwd = await projectWith(later);
    const { exitCode, messages } = await drift(['--spec', 'now.json'], cwd);
    expect(exitCode).toBe(1);
    expect(messages.slice(0, -unused.length)).toEqual([
      'order.refunded is new in the specification (now.json#/webhooks/order.refunded/post).',
      'order.created is not in the specification.',
      "is not valid: data must have required property 'channel'.",
      'has changed: the specification does not name data.lines.',
    ]);
  });

  it('compares a provider that ships', async () => {
    const cwd = folderOf({ 'now.json': JSON.stringify(openApi31) });
    const { exitCode, messages } = await drift(['linear', '--spec', 'now.json'], cwd);
    expect(exitCode).toBe(1);
    expect(messages).toContain('Issue.create is not in the specification.');
    expect((await cli(['provider', 'test', 'linear', '--spec', 'none.json'], { cwd })).exitCode).toBe(2);
  });

  it('names what a provider that ships has otherwise: new and gone events, and samples that are not valid or have changed', async () => {
    const sent = (type: string, data: object) => ({
      post: {
        requestBody: {
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['type', 'created_at', 'data'],
                properties: { type: { const: type }, created_at: { type: 'string' }, data },
              },
            },
          },
        },
      },
    });
    const webhooks = {
      'email.sent': sent('email.sent', { type: 'object', required: ['sender'], properties: { sender: {} } }),
      'email.opened': sent('email.opened', { type: 'object' }),
      'email.folded': sent('email.folded', { type: 'object' }),
    };
    const cwd = folderOf({ 'now.json': JSON.stringify({ openapi: '3.1.0', info: {}, webhooks }) });
    const { exitCode, messages } = await drift(['resend', '--spec', 'now.json'], cwd);
    expect(exitCode).toBe(1);
    expect(messages).toEqual(
      expect.arrayContaining([
        'email.folded is new in the specification (now.json#/webhooks/email.folded/post).',
        'email.bounced is not in the specification.',
        "is not valid: data must have required property 'sender'.",
        'has changed: the specification does not name data.email_id.',
      ]),
    );
    expect(messages).not.toContain('email.opened is not in the specification.');
  });

  it('takes a field that is only required for named', async () => {
    const later = structuredClone(openApi31) as unknown as {
      components: { schemas: { Order: { required: string[]; properties: Record<string, unknown> } } };
    };
    const { Order } = later.components.schemas;
    Order.required.push('lines');
    delete Order.properties.lines;
    const cwd = await projectWith(later);
    expect(await drift(['acme', '--spec', 'now.json'], cwd)).toEqual({ exitCode: 0, messages: unused });
  });

  it('judges a sample that is a text, and one that is a JSON string', async () => {
    const schema = { type: 'object', required: ['type'], properties: { type: { const: 'order.paid' } } };
    const webhooks = { 'order.paid': { post: { requestBody: { content: { 'application/json': { schema } } } } } };
    const description = {
      name: 'plain',
      secret: { env: ['PLAIN_SECRET'] },
      headers: { 'X-Sig': '{signature}' },
      signatures: { signature: { scheme: 'hmac', hash: 'sha256', content: '{body}', encoding: 'hex' } },
      events: { 'order.paid': {} },
    };
    const cwd = folderOf({
      'now.json': JSON.stringify({ openapi: '3.1.0', info: { title: 'Plain', version: '1' }, webhooks }),
      'text/provider.json': JSON.stringify({ ...description, dialect: 'text' }),
      'text/events/order.paid.txt': 'hello',
      'json/provider.json': JSON.stringify(description),
      'json/events/order.paid.json': '"hello"',
    });
    for (const folder of ['./text', './json']) {
      expect(await drift([folder, '--spec', 'now.json'], cwd)).toEqual({
        exitCode: 1,
        messages: ['is not valid: the body must be object.'],
      });
    }
  });

  it('does not take for gone what it can not read, and tells it', async () => {
    const later = structuredClone(openApi31) as unknown as { webhooks: Record<string, { post: object }> };
    later.webhooks['order.paid']!.post = { requestBody: { content: { 'application/xml': {} } } };
    const cwd = await projectWith(later);
    const { exitCode, messages } = await drift(['acme', '--spec', 'now.json'], cwd);
    expect(exitCode).toBe(0);
    expect(messages).toContainEqual(
      expect.stringMatching(/order\.paid\/post is not compared: its body is application\/xml/),
    );
    expect(messages).toHaveLength(3);
  });

  it('tells what is sent otherwise, fields that samples lack, and fields that go', async () => {
    const body = {
      type: 'object',
      required: ['type'],
      additionalProperties: false,
      properties: { type: { const: 'order.paid' }, 'a/b': { type: 'integer' }, data: { oneOf: [] as object[] } },
    };
    const order = {
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'string' }, status: { type: 'string' } },
    };
    const refund = { type: 'object', required: ['refund'], properties: { refund: { type: 'string' } } };
    body.properties.data.oneOf = [order, refund];
    const parameters = [
      { in: 'header', name: 'X-Acme-Signature', schema: { type: 'string' } },
      { in: 'header', name: 'X-Acme-Version', schema: { const: '1' } },
    ];
    const webhooks = {
      'order.paid': { post: { parameters, requestBody: { content: { 'application/json': { schema: body } } } } },
    };
    const first = { openapi: '3.1.0', info: { title: 'Acme', version: '1' }, webhooks };
    const cwd = folderOf({ 'then.json': JSON.stringify(first) });
    expect((await cli(['provider', 'new', 'acme', '--from', 'then.json'], { cwd })).exitCode).toBe(0);
    expect(await drift(['acme', '--spec', 'then.json'], cwd)).toEqual({ exitCode: 0, messages: [] });
    const later = structuredClone(first) as unknown as Later;
    const post = later.webhooks['order.paid']!.post!;
    post.parameters = [
      { in: 'header', name: 'X-Acme-Hmac', schema: { type: 'string' } },
      { in: 'header', name: 'X-Acme-Version', schema: { const: '2' } },
      { in: 'header', name: 'X-Acme-Delivery-Id', schema: { type: 'string' } },
    ];
    const schema = post.requestBody.content['application/json'].schema;
    schema.properties['a/b'] = { type: 'string', deprecated: true };
    schema.properties.reference = { type: 'string' };
    schema.properties.data!.oneOf![0]!.properties = { id: { type: 'string' } };
    later.webhooks = { 'order.paid': { put: post } };
    writeFileSync(join(cwd, 'now.json'), JSON.stringify(later));
    expect(await drift(['acme', '--spec', 'now.json'], cwd)).toEqual({
      exitCode: 1,
      messages: [
        'deliveries are sent with POST, and with PUT in the specification.',
        'the header X-Acme-Delivery-Id of the specification is not sent.',
        'the header X-Acme-Hmac of the specification is not sent.',
        'the header X-Acme-Version is 1, and 2 in the specification.',
        'is not valid: a/b must be string.',
        'has changed: the specification does not name data.status.',
        'has not reference, which the specification names.',
        'has a/b, which is deprecated in the specification.',
      ],
    });
  });

  it('is told as not made where the description does not fit, and beside other problems where it does', async () => {
    const cwd = await projectWith(openApi31);
    const file = join(cwd, 'webhooks/acme/provider.yaml');
    const text = readFileSync(file, 'utf8');
    rmSync(join(cwd, 'webhooks/acme/events/order.paid.json'));
    const later = { ...openApi31, webhooks: { 'order.created': openApi31.webhooks['order.created'] } };
    writeFileSync(join(cwd, 'now.json'), JSON.stringify(later));
    const verdicts = async () => {
      const { json } = await cli(['provider', 'test', 'acme', '--spec', 'now.json', '--json'], { cwd });
      return Object.fromEntries(json.slice(0, -1).map(({ check, verdict }) => [check, verdict]));
    };
    expect(await verdicts()).toMatchObject({ samples: 'fail', specification: 'fail' });
    writeFileSync(file, `${text}\nnothing: 1\n`);
    expect(await verdicts()).toMatchObject({ description: 'fail', samples: 'skip', specification: 'skip' });
  });
});
