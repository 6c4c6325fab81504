import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parseJson } from '../../src/json/parse.js';
import { leaves } from '../contract/samples.js';
import { cli } from '../support/cli.js';
import { commercelayer } from '../support/providers.js';
import { areInstalled, load } from './packages.js';

const topics = Object.keys(commercelayer.events);
const included = Object.entries(commercelayer.events).flatMap(([topic, spec]) => ('variants' in spec ? topic : []));
const secret = '00112233445566778899aabbccddeeff';

/** A delivery as the provider's own package verified and parsed it. */
interface Received {
  readonly topic: string;
  readonly body: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
  readonly resource: any;
}

interface Webhooks {
  checkSignature(body: string, headers: object, secret: string): { ok: boolean; topic?: string; message?: string };
  readonly parse: Readonly<Record<string, (body: string) => unknown>>;
}

let webhooks: Webhooks;
beforeAll(async () => {
  if (areInstalled) ({ webhooks } = await load<{ webhooks: Webhooks }>('@commercelayer/sdk-utils'));
});

/** Topics' resources that the package has no parser for, or one that takes another name. */
const withoutParser = ['flex_promotions', 'line_item_options', 'price_list_schedulers'];

function parseResource(type: string, body: string): unknown {
  return withoutParser.includes(type) ? JSON.parse(body).data : webhooks.parse[type]!(body);
}

/** A receiver built on the provider's own package; it answers 401 to what that package does not accept. */
async function officialReceiver(): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const status = webhooks.checkSignature(body, request.headers as Record<string, string>, secret);
    if (!status.ok || !status.topic) return response.writeHead(401).end(status.message);
    const type = status.topic.split('.')[0]!;
    received.push({ topic: status.topic, body, resource: parseResource(type, body) });
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

async function deliver(...flags: string[]): Promise<Received[]> {
  const { url, received } = await officialReceiver();
  const { exitCode, stdout } = await cli(['send', 'commercelayer', '--to', url, '--secret', secret, ...flags]);
  expect(exitCode, stdout).toBe(0);
  return received;
}

const ids = /\/api\/\w+\/([A-Za-z]{10})\b/g;
const named = /"(?:number|token|reset_password_token|tracking_number)":"#?(\w+)/g;
const times = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z/g;

/** The ids and times of a body, found by their places and not by the provider's description. */
function literals(body: string): string[] {
  return [
    ...[...body.matchAll(ids)].map((match) => match[1]!),
    ...[...body.matchAll(named)].map((match) => match[1]!),
    ...(body.match(times) ?? []),
  ];
}

describe.skipIf(!areInstalled)('Commerce Layer', () => {
  it('has 186 topics, which its dashboard lists', () => {
    expect(topics).toHaveLength(186);
    // In documents of 2020 and 2021 only; not in the list of commercelayer/dashboard-apps of 2026.
    for (const gone of ['shipments.create', 'shipments.destroy']) expect(topics).not.toContain(gone);
  });

  it('is sent with the headers of its recorded requests', () => {
    // Seven of seven in hookdeck/webhook-samples.
    expect(commercelayer.headers.slice(0, 2)).toEqual([
      ['User-Agent', 'CommerceLayer Module'],
      ['Content-Type', 'application/json'],
    ]);
  });

  it.each([
    ['as they are by default', [], topics],
    ['with all of the ids and times fresh', ['--fresh', 'all'], topics],
    ['as the samples are', ['--exact'], topics],
    ['with included resources', ['--variant', 'included'], included],
    ['with included resources, all fresh', ['--variant', 'included', '--fresh', 'all'], included],
  ])('sends topics that its own package verifies and parses, %s', async (_, flags, expected) => {
    const received = await deliver('--all', ...flags);
    expect(received.map(({ topic }) => topic)).toEqual(expected);
    for (const { body, resource } of received) expect(resource.id).toBe(JSON.parse(body).data.id);
  });

  it('is rejected by its own package with another secret', async () => {
    const { url, received } = await officialReceiver();
    const { exitCode } = await cli(['send', 'commercelayer', 'orders.place', '--to', url, '--secret', 'f'.repeat(32)]);
    expect(exitCode).toBe(1);
    expect(received).toEqual([]);
  });

  it('includes the resources that belong to an order and to a shipment', async () => {
    const received = await deliver('orders.place', 'shipments.ship', '--variant', 'included', '--exact');
    const [order, shipment] = received.map(({ resource }) => resource);
    expect(order.customer.email).toBe(order.customer_email);
    expect(order.line_items.map((item: { quantity: number }) => item.quantity)).toEqual([2, 1]);
    expect(shipment.order).toMatchObject({ id: order.id, number: order.number, fulfillment_status: 'in_progress' });
    expect(shipment.shipping_address).toEqual(order.shipping_address);
    expect(shipment.stock_location.name).toBe('Torino warehouse');
    expect(shipment.parcels.map((parcel: { number: string }) => parcel.number)).toEqual([`${shipment.number}/P/001`]);
  });

  it('includes what its relationships point to, and nothing else', async () => {
    for (const { topic, body } of await deliver('--all', '--variant', 'included', '--fresh', 'all')) {
      const document = JSON.parse(body);
      const name = ({ type, id }: { type: string; id: string }) => `${type}/${id}`;
      const pointed = Object.values(document.data.relationships as Record<string, { data?: never }>)
        .flatMap(({ data }) => data ?? [])
        .map(name);
      expect(document.included.map(name).sort(), topic).toEqual(pointed.sort());
      for (const resource of document.included) {
        expect(Object.keys(resource)).toEqual(['id', 'type', 'links', 'attributes', 'relationships', 'meta']);
        expect(resource.links.self).toBe(`/api/${name(resource)}`);
      }
    }
  });

  it('sends the tag with what was tagged', async () => {
    const received = await deliver('*.tagged');
    expect(received.length).toBeGreaterThan(10);
    for (const { body } of received) {
      const { data, included } = JSON.parse(body);
      expect(data.relationships.tags.data).toEqual([{ type: 'tags', id: included[0].id }]);
      expect(included).toEqual([
        expect.objectContaining({ type: 'tags', attributes: expect.objectContaining({ name: expect.any(String) }) }),
      ]);
    }
  });

  it('has parsers for all other resources', () => {
    const resources = new Set(topics.map((topic) => topic.split('.')[0]!));
    expect([...resources].filter((type) => !(type in webhooks.parse))).toEqual(withoutParser);
  });

  it('fills only the id of what was destroyed', async () => {
    const received = await deliver('*.destroy');
    expect(received).toHaveLength(28);
    for (const { body } of received) {
      const { id, attributes } = JSON.parse(body).data;
      expect(id).toMatch(/^[A-Za-z]{10}$/);
      expect(new Set(Object.values(attributes))).toEqual(new Set([null]));
    }
  });

  it('writes numbers as its own server does, and tells now as the time of the event', async () => {
    const [place] = await deliver('orders.place', '--now', '2026-06-01T10:00:00.123Z');
    expect(place!.body).toContain('"total_amount_float":80.0,"formatted_total_amount":"€80,00"');
    expect(place!.resource.updated_at).toBe('2026-06-01T10:00:00.123Z');
  });

  it.each([[[]], [['--variant', 'included']]])('keeps no id and no time when all is fresh %j', async (variant) => {
    const before = await deliver('--all', '--exact', ...variant);
    const after = (await deliver('--all', '--fresh', 'all', ...variant)).map(({ body }) => body).join('\n');
    const originals = new Set(before.flatMap(({ body }) => literals(body)));
    expect(originals.size).toBeGreaterThan(20);
    expect([...originals].filter((literal) => after.includes(literal))).toEqual([]);
  });

  it.each([[[]], [['--variant', 'included']]])(
    'keeps the relations between all events of a group %j',
    async (variant) => {
      const before = await deliver('--all', '--exact', ...variant);
      const after = await deliver('--all', '--fresh', 'all', ...variant);
      for (const { events } of commercelayer.identities) {
        const inGroup = ({ topic }: Received) => (events as readonly string[]).includes(topic);
        const texts = (all: readonly Received[]) => all.filter(inGroup).flatMap(({ body }) => leaves(parseJson(body)));
        const renewed = texts(after);
        const pairs = texts(before).map((text, at) => [text, renewed[at]!] as const);
        const distinct = new Set(pairs.map(([a, b]) => JSON.stringify([a, b]))).size;
        expect(new Set(pairs.map(([a]) => a)).size, 'what was equal is equal').toBe(distinct);
        expect(new Set(pairs.map(([, b]) => b)).size, 'what was different is different').toBe(distinct);
        const moved = pairs.filter(([a]) => a.match(times)).map(([a, b]) => Date.parse(b) - Date.parse(a));
        expect(new Set(moved).size, 'all times move by the same distance').toBeLessThanOrEqual(1);
      }
    },
  );
});
