import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import {
  changedPaths,
  expectGone,
  expectSameRelations,
  pathsLike,
  sampleText,
  sendSamples,
  timesIn,
} from '../support/renewed.js';

const events = [
  'CollectionCreated',
  'CollectionDeleted',
  'CollectionUpdated',
  'ProductCreated',
  'ProductHidden',
  'ProductShown',
  'ProductUpdated',
  'OrderPlaced',
  'OrderConfirmed',
  'OrderFulfilled',
];
const identities = [
  'df9df5cd-30f2-4a6f-8936-0077d3a6804a',
  '0a276d92-0f28-441b-9125-a163ef274a25',
  'ba3a093b-bb6b-407e-ab2b-c6fcb445fd42',
  '99bc54f1-f4f4-4254-ac7a-6d1c70390b05',
  'bb19b7db-410d-4b73-9c24-9a537929856e',
  'eddfbf1b-9e3f-4c87-8d96-f1716652bbad',
  '1048223',
  'nw-gift-229174',
  'a089da0a-9a05-4044-88ee-fd9d42e3240c',
  '5a44f456-dbce-4953-9df4-e8b58187604b',
  '1ZA77E030312345671',
  '1ZA77E030312345672',
];
const uuid4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const now = '2026-06-01T12:00:00Z';
const send = (...flags: string[]) => sendSamples('covver', events, [...flags, '--seed', '1']);

describe('Covver', () => {
  it('sends what JSON.stringify writes, signed in base64', async () => {
    for (const { name, request } of await send('--exact', '--secret', 'covver')) {
      const body = JSON.stringify(JSON.parse(sampleText('covver', name)));
      expect(request.body.toString('utf8'), name).toBe(body);
      expect(request.headers.slice(2, 5)).toEqual([
        ['Content-Type', 'application/json'],
        ['covverSignature', createHmac('sha256', 'covver').update(body).digest('base64')],
        ['covverIdempotencyKey', expect.stringMatching(uuid4)],
      ]);
      expect(request.headers).toHaveLength(6);
    }
  });

  it('renews to bodies that its own verifier, which hashes the parsed body, still accepts', async () => {
    for (const { name, request } of await send('--fresh', 'all', '--secret', 'covver')) {
      const payload = JSON.parse(request.body.toString('utf8'));
      const signature = createHmac('sha256', 'covver').update(JSON.stringify(payload), 'utf8').digest('base64');
      expect(request.header('covverSignature'), name).toBe(signature);
    }
  });

  it('renews the ids and times of the group, and nothing else', async () => {
    const bodies = await send('--fresh', 'all', '--now', now);
    for (const body of bodies) {
      expect(changedPaths(body), body.name).toEqual(
        pathsLike(/(?<!company)(?:\bid|Id)$|orderNumber$|tracking(Number|Url)$|createdAt$|hiddenAt$/, body),
      );
    }
    expectSameRelations(bodies);
    expectGone([...identities, ...timesIn(bodies.map(({ sample }) => sample))], bodies);
  });

  it("keeps the receiver's own account, the distance between times, and the number in each tracking URL", async () => {
    const bodies = await send('--fresh', 'all', '--now', now);
    const body = (name: string) => bodies.find((candidate) => candidate.name === name)!.after;
    expect(body('CollectionCreated').get('data.companyId')).toBe('0a9caf7e-c4b8-490c-a891-4698ed2c2c4b');
    expect(body('CollectionCreated').get('data.companySlug')).toBe('northwind-labs');
    expect(body('OrderPlaced').get('data.createdAt')).toBe('2026-06-01 12:00:00.000364');
    // 2026-03-12T09:41:07.218 − 2026-03-10T12:04:11.318 = 1 day, 21:36:55.900
    expect(body('ProductHidden').get('data.hiddenAt')).toBe('2026-05-30T14:23:04.100Z');
    for (const i of [0, 1]) {
      const number = body('OrderFulfilled').get(`data.orderLineItems[${i}].trackingNumber`);
      expect(number).toMatch(/^1ZA77E03\d{10}$/);
      expect(body('OrderFulfilled').get(`data.orderLineItems[${i}].trackingUrl`)).toBe(
        `https://track.example.com/${number}`,
      );
    }
  });

  it('by default renews only the time of the event: the id that receivers de-duplicate on is in a header', async () => {
    for (const body of await send('--now', now)) {
      expect(changedPaths(body), body.name).toEqual(pathsLike(/createdAt$|hiddenAt$/, body));
    }
  });

  it('gives each delivery an idempotency key of its own', async () => {
    const server = await captureServer();
    await cli(['send', 'covver', 'OrderPlaced', '--count', '50', '--seed', '1', '--to', server.url]);
    const keys = server.requests.map((request) => request.header('covverIdempotencyKey'));
    expect(keys).toHaveLength(50);
    expect(new Set(keys).size).toBe(50);
    for (const key of keys) expect(key).toMatch(uuid4);
  });
});
