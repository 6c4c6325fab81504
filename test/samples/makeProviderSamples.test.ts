import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeProviderSamples } from '../../build/samples/makeProviderSamples.js';
import { writeJson } from '../../src/json/dialect.js';
import { readSampleFile } from '../../src/payloads/readSampleFile.js';

const run = promisify(execFile);
const native = join(import.meta.dirname, '../../node_modules/@typescript/native/bin/tsc');
const declarations = join(import.meta.dirname, '../fixtures/declarations');

// biome-ignore lint/suspicious/noExplicitAny: what is in a sample is what is tested.
type Body = any;

/** A folder for a provider, and how its samples are made and read. */
function providerFolder(plan?: string) {
  const packages = mkdtempSync(join(tmpdir(), 'webhook-sim-samples-'));
  onTestFinished(() => rmSync(packages, { recursive: true, force: true }));
  const folder = join(packages, 'shop');
  const events = join(folder, 'events');
  mkdirSync(events, { recursive: true });
  for (const name of ['shop.d.ts', 'wire.d.ts']) cpSync(join(declarations, name), join(packages, name));
  if (plan !== undefined) writeFileSync(join(folder, 'samples.yaml'), plan);
  const types = join(packages, 'shop.d.ts');
  return {
    folder,
    events,
    make: (type?: readonly string[], more = {}) =>
      makeProviderSamples({ folder, packages, compiler: ts, isForced: false, ...(type && { types, type }), ...more }),
    read: (event: string): Body => JSON.parse(writeJson(readSampleFile(events, `${event}.json`), 'js')),
    files: () => readdirSync(events).sort(),
  };
}

describe('makeProviderSamples', () => {
  it('makes samples that the compiler takes for values of the declared types', async () => {
    const shop = providerFolder();
    const lines = await shop.make(['Shop.Event']);
    expect(lines[0]).toMatch(/^3 events; 3 samples written/);
    expect(lines.join('\n')).not.toContain('not valid');
    const judged = ['order.paid', 'order.canceled', 'customer.created'].map((event) => {
      const text = JSON.stringify(shop.read(event));
      return `export const ${event.replace('.', '_')}: Wire<Extract<Shop.Event, { type: '${event}' }>> = ${text};`;
    });
    const file = join(shop.folder, '../judged.ts');
    writeFileSync(
      file,
      ["import type Shop from './shop.js';", "import type { Wire } from './wire.js';", ...judged, ''].join('\n'),
    );
    const flags = '--ignoreConfig --noEmit --strict --skipLibCheck --module nodenext --target es2022 --types'.split(
      ' ',
    );
    const output = await run(process.execPath, [native, ...flags, '', file]).then(
      () => '',
      ({ stdout }: { stdout: string }) => stdout,
    );
    expect(output).toBe('');
  });

  it('makes members that may be left out down to a depth', async () => {
    const sizes: number[] = [];
    for (const plan of ['depth: 0', undefined, 'depth: 9']) {
      const shop = providerFolder(plan);
      const output = await shop.make(['Shop.Event']);
      expect(output.join('\n')).not.toContain('not valid');
      sizes.push(JSON.stringify(shop.read('order.paid')).length);
    }
    const [none, usual, all] = sizes as [number, number, number];
    expect(usual).toBeGreaterThan(none);
    expect(all).toBeGreaterThanOrEqual(usual);
  });

  it('writes each kind of type as it is on the wire', async () => {
    const shop = providerFolder();
    await shop.make(['Shop.Event']);
    const { data } = shop.read('order.paid');
    const order = data.object;
    expect(order).toMatchObject({
      object: 'order',
      status: 'paid',
      placedAt: expect.stringMatching(/^2026-01-\d\dT/),
      total: expect.any(Number),
      price: expect.any(String),
      reference: expect.stringMatching(/^ORD-\d+$/),
      carrier: 'parcel_one',
      point: [expect.any(Number), expect.any(Number)],
      metadata: { order_reference: expect.any(String) },
      mode: 'live',
      method: { type: 'card', card: { last4: '4242', brand: 'visa' }, transfer_data: { a: expect.any(String) } },
    });
    expect(Object.keys(order.method as object)).not.toContain('transfer');
    expect(Object.keys(order)).not.toContain('refund');
    expect(Object.keys(order)).not.toContain('old');
    // What extends another has its members first.
    expect(Object.keys(order).slice(0, 3)).toEqual(['id', 'object', 'customer']);
    expect(Object.keys(shop.read('order.paid')).slice(0, 2)).toEqual(['id', 'created']);
  });

  it('has one customer in all events, by id where the type allows both', async () => {
    const shop = providerFolder('ids: { customer: cus_8hQ2mVtRe5sKd7, order: ord_ }\nstart: 2026-03-01T08:00:00Z\n');
    await shop.make(['Shop.Event']);
    const paid = shop.read('order.paid');
    const created = shop.read('customer.created');
    expect(paid.data.object.customer).toBe('cus_8hQ2mVtRe5sKd7');
    expect(created.data.object.id).toBe('cus_8hQ2mVtRe5sKd7');
    expect(paid.data.object.id).toMatch(/^ord_\w{16}$/);
    expect(new Date(paid.created * 1000).toISOString().slice(0, 13)).toBe('2026-03-01T08');
  });

  it('takes maps of events, names further down, and single types', async () => {
    const map = providerFolder();
    await map.make(['ByName']);
    expect(map.files()).toEqual(['cart.left.json', 'cart.opened.json']);
    const nested = providerFolder('eventAt: event.type\n');
    await nested.make(['Nested']);
    expect(nested.files()).toEqual(['item.added.json', 'item.gone.json']);
    expect(nested.read('item.gone')).toMatchObject({ event: { type: 'item.gone' } });
    const single = providerFolder();
    await single.make(['note.written=Plain', 'note.read=Plain']);
    expect(single.files()).toEqual(['note.read.json', 'note.written.json']);
    await expect(single.make(['Missing'])).rejects.toThrow(/has no type Missing/);
  });

  it('does with members what the plan says, where the types allow it', async () => {
    const plan = `types: shop
omit: [ changed, id ]
empty: [ .api_version, customer, total ]
values: { livemode: false, gift: 'no boolean' }
skip: [ customer.* ]
handmade: [ order.paid ]
events:
  order.canceled: { set: { data.object.method.card.last4: '1881' }, unset: [ data.object.metadata.order_reference ] }
`;
    const shop = providerFolder(plan);
    writeFileSync(join(shop.events, 'order.paid.json'), '{"mine":true}');
    const output = await shop.make(['Shop.Event'], { isForced: true });
    expect(output.join('\n')).not.toContain('not valid');
    expect(shop.files()).toEqual(['order.canceled.json', 'order.paid.json']);
    expect(shop.read('order.paid')).toEqual({ mine: true });
    const { data, ...envelope } = shop.read('order.canceled');
    expect(envelope).toMatchObject({ id: expect.any(String), livemode: false, api_version: null });
    expect(envelope).not.toHaveProperty('changed');
    expect(data).toMatchObject({
      object: { customer: null, total: expect.any(Number), metadata: {}, method: { card: { last4: '1881' } } },
    });
  });

  it('begins with a sample made by hand where the plan says so', async () => {
    const shop = providerFolder('handmade: [ order.paid ]\nevents: { order.canceled: { like: order.paid } }\n');
    writeFileSync(join(shop.events, 'order.paid.json'), '{"type":"order.paid","mine":true}');
    const output = await shop.make(['Shop.Event']);
    expect(shop.read('order.canceled')).toEqual({ type: 'order.canceled', mine: true });
    expect(output.join('\n')).toContain('not valid: order.canceled: the body must have required property');
  });

  it('keeps what is there unless it is forced, and puts what comes again into resources', async () => {
    const shop = providerFolder('omit: [ changed ]\n');
    const asked = { types: join(shop.folder, '../shop.d.ts'), type: ['Shop.Event'] };
    await shop.make(undefined, asked);
    expect(readdirSync(join(shop.folder, 'resources'))).toEqual(['order.json']);
    expect(readFileSync(join(shop.events, 'order.canceled.json'), 'utf8')).toContain('"$use": "order"');
    const whole = shop.read('order.canceled');
    writeFileSync(join(shop.events, 'order.canceled.json'), '{"mine":true}');
    const output = await shop.make(undefined, asked);
    expect(output[0]).toContain('0 samples written, 0 left as made by hand, 3 kept');
    expect(shop.read('order.canceled')).toEqual({ mine: true });
    await shop.make(undefined, { ...asked, isForced: true });
    expect(shop.read('order.canceled')).toEqual(whole);
  });

  it('counts what is there already as made by hand, and says what provider.yaml lacks', async () => {
    const shop = providerFolder();
    writeFileSync(join(shop.events, 'order.paid.json'), '{"mine":true}');
    const output = (await shop.make(['Shop.Event'])).join('\n');
    expect(shop.read('order.paid')).toEqual({ mine: true });
    expect(readFileSync(join(shop.folder, 'samples.yaml'), 'utf8')).toContain('order.paid');
    expect(output).toContain('order.canceled: { title: Order canceled }');
    expect(output).toContain('eventAt: type');
    expect(output).toContain('identities:');
  });

  it('takes OpenAPI documents and folders of JSON Schemas, too', async () => {
    const shop = providerFolder();
    const schemas = join(shop.folder, '../schemas');
    mkdirSync(schemas);
    for (const event of ['cart.opened', 'cart.left']) {
      const type = {
        type: 'object',
        required: ['type'],
        properties: { type: { const: event }, email: { type: 'string' } },
      };
      writeFileSync(join(schemas, `${event}.json`), JSON.stringify(type));
    }
    await shop.make(undefined, { spec: schemas });
    expect(shop.read('cart.left')).toEqual({ type: 'cart.left', email: expect.stringMatching(/@example\.com$/) });
    expect(existsSync(join(shop.folder, 'resources'))).toBe(false);
  });

  it('refuses a plan with a key that there is none of', async () => {
    await expect(providerFolder('typs: shop\n').make(['Plain'])).rejects.toThrow(/typs: unknown key/);
  });
});
