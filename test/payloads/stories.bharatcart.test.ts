import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  changedPaths,
  expectGone,
  expectSameRelations,
  pathsLike,
  type Renewed,
  sampleText,
  sendSamples,
  timesIn,
} from '../support/renewed.js';

const events = [
  'order.created',
  'order.paid',
  'order.shipped',
  'order.delivered',
  'order.cancelled',
  'product.created',
  'product.updated',
  'product.deleted',
  'inventory.low',
];
const identities = ['ORD-2026-00417', 'ORD-2026-00423', '104268', '580214', '7Qm2kd91', 'DLV4410098231'];
const now = '2026-06-01T12:00:00Z';
const send = (names: readonly string[], ...flags: string[]) =>
  sendSamples('bharatcart', names, [...flags, '--seed', '1']);
const named = (bodies: readonly Renewed[], name: string) => bodies.find((body) => body.name === name)!;

describe('BharatCart', () => {
  it('sends the sample as compact text, signed in hex', async () => {
    for (const { name, request } of await send(events, '--exact', '--secret', 'bharat')) {
      const body = JSON.stringify(JSON.parse(sampleText('bharatcart', name)));
      expect(request.body.toString('utf8'), name).toBe(body);
      expect(request.headers.slice(2, 4)).toEqual([
        ['Content-Type', 'application/json'],
        ['X-Webhook-Signature', createHmac('sha256', 'bharat').update(body).digest('hex')],
      ]);
      expect(request.headers).toHaveLength(5);
    }
  });

  it('renews the ids and times of the group, and nothing else', async () => {
    const bodies = await send(events, '--fresh', 'all', '--now', now);
    for (const body of bodies) {
      expect(changedPaths(body), body.name).toEqual(
        pathsLike(/^timestamp$|(order|user|product|payment)Id$|trackingNumber$|deliveredAt$|estimatedDelivery$/, body),
      );
    }
    expectSameRelations(bodies);
    expectGone([...identities, ...timesIn(bodies.map(({ sample }) => sample))], bodies);
  });

  it('keeps the distances between times, with now as the time of the last event', async () => {
    const bodies = await send(events, '--fresh', 'all', '--now', now);
    const at = (name: string) => named(bodies, name).after.get('timestamp');
    expect(at('product.deleted')).toBe(now);
    // 2026-03-01T08:00:00Z − 2026-02-03T09:12:41Z = 25 days, 22:47:19
    expect(at('order.created')).toBe('2026-05-06T13:12:41Z');
    expect(named(bodies, 'order.delivered').after.get('data.deliveredAt')).toBe(at('order.delivered'));
  });

  it('gives each order the year of the day it was placed', async () => {
    const ids = async (names: readonly string[], moment: string) =>
      (await send(names, '--fresh', 'all', '--now', moment))
        .map(({ after }) => after.get('data.orderId'))
        .filter((id) => id !== undefined);
    for (const id of await ids(events, '2027-01-10T00:00:00Z')) expect(id).toMatch(/^ORD-2026-\d{5}$/);
    for (const id of await ids(events, '2027-03-10T00:00:00Z')) expect(id).toMatch(/^ORD-2027-\d{5}$/);
    for (const id of await ids(['order.created'], '2027-01-01T00:00:00Z')) expect(id).toMatch(/^ORD-2027-\d{5}$/);
  });

  it('by default tells the time of now, and a new order only where one is created', async () => {
    for (const body of await send(events, '--now', now)) {
      const expected: Record<string, string[]> = {
        'order.created': ['timestamp', 'data.orderId'],
        'order.shipped': ['timestamp', 'data.tracking.estimatedDelivery'],
        'order.delivered': ['timestamp', 'data.deliveredAt'],
      };
      expect(changedPaths(body), body.name).toEqual(expected[body.name] ?? ['timestamp']);
      expect(body.after.get('timestamp')).toBe(now);
    }
  });
});
