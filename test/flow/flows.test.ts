import { createHmac } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Flow } from '../../src/core/flow.js';
import type { Provider } from '../../src/core/provider.js';
import { idLike } from '../../src/payloads/identityRenewal.js';
import { flowsOf } from '../../src/providers/flows.js';
import { flowSchema } from '../../src/providers/policySchema.js';
import { notIdentities } from '../contract/notIdentities.js';
import { fiveProviders } from '../support/providers.js';
import { leavesOf, sampleText } from '../support/renewed.js';
import { type SentEvent, sentFlow } from './sentFlow.js';

const providers: readonly Provider[] = fiveProviders;
const flows = providers.flatMap((provider) =>
  flowsOf(provider).map((flow): [string, string, Flow] => [provider.name, flow.name, flow]),
);

/** Events that are in no flow, each with the reason. */
const outsideFlows: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  scalev: { 'business.test_event': 'is sent when settings are saved' },
};

/** The values that all events of a flow have to agree on: places, each with its one value in the flow. By hand, from the samples. */
const agreements: Readonly<Record<string, readonly (string | readonly string[])[]>> = {
  'scalev fulfilment': [
    ['data.order.id', 'data.id'],
    ['data.order.order_id', 'data.order_id'],
    'data.secret_slug',
    ['data.customer_id', 'data.customer.id'],
    'data.created_at',
    'data.pending_time',
    'data.paid_time',
    'data.pg_reference_id',
  ],
  'scalev abandoned-checkout': ['data.order_id', 'data.started_at', 'data.source_url'],
  'scalev cancellation': ['data.id', 'data.order_id', 'data.created_at', 'data.pending_time'],
  'scalev failed-payment': [
    'data.id',
    'data.order_id',
    ['data.customer_id', 'data.customer.id'],
    'data.created_at',
    'data.unpaid_time',
    'data.payment_method',
  ],
  'scalev spam': ['data.id', 'data.order_id', 'data.created_at'],
  'bharatcart order': ['data.orderId'],
  'bharatcart cancellation': ['data.orderId'],
  'bharatcart product': ['data.productId'],
  'covver order': [
    'data.id',
    'data.orderNumber',
    'data.externalId',
    'data.createdAt',
    'data.orderLineItems[1].productId',
  ],
  'covver collection': ['data.collectionId', 'data.id', 'data.variants[0].id'],
  'webconnex sell-out': [
    'formId',
    'data.couponId',
    'data.formLookupId',
    'data.lookupId:inventory',
    'data.dateCreated:inventory',
  ],
  'webconnex giving': [
    'formId',
    'data.customerId',
    'data.id',
    'data.orderNumber',
    'data.subscription.id',
    'data.subscription.dateCreated',
  ],
  'webconnex text-giving': ['formId', 'data.customerId', 'data.id', 'data.orderNumber', 'data.subscription.id'],
  'webconnex set-up': [],
  'commercelayer order': [
    'data.id:orders',
    'data.id:shipments',
    'data.id:customers',
    'data.attributes.token:orders',
    'data.attributes.number:orders',
    'data.attributes.created_at:orders',
    'data.attributes.created_at:shipments',
    'data.attributes.placed_at:orders',
  ],
  'commercelayer refund': [
    'data.id',
    'data.attributes.token',
    'data.attributes.placed_at',
    'data.attributes.created_at',
  ],
  'commercelayer cancellation': [
    'data.id:orders',
    'data.id:shipments',
    'data.attributes.token:orders',
    'data.attributes.number:orders',
    'data.attributes.number:shipments',
    'data.attributes.created_at:orders',
    'data.attributes.created_at:shipments',
    'data.attributes.placed_at:orders',
  ],
  'commercelayer customer': [
    'data.id:customers.',
    'data.id:customer_subscriptions',
    'data.id:customer_password_resets',
  ],
  'commercelayer import': ['data.id', 'data.attributes.created_at'],
  'commercelayer payment': [
    'data.id:orders',
    'data.attributes.token:orders',
    ['data.id:transactions.create', 'data.id:authorizations.create', 'data.id:authorizations.succeeded'],
    ['data.id:transactions.refused', 'data.id:authorizations.failed'],
    ['data.attributes.number:transactions.create', 'data.attributes.number:authorizations.succeeded'],
    ['data.id:captures.create', 'data.id:captures.succeeded'],
  ],
  'commercelayer void': [
    'data.id:orders',
    ['data.id:voids.create', 'data.id:voids.succeeded'],
    'data.attributes.placed_at',
  ],
  'commercelayer editing': [
    'data.id:orders',
    'data.attributes.number:orders',
    'data.attributes.placed_at:orders',
    'data.relationships.tags.data[0].id',
  ],
  'commercelayer stock-transfer': ['data.id', 'data.attributes.number', 'data.attributes.created_at'],
  'commercelayer stock-transfer-cancelled': ['data.id'],
  'commercelayer delivery': [
    'data.id:parcels',
    'data.id:shipments',
    'data.attributes.number:parcels',
    'data.attributes.tracking_number:parcels',
    'data.attributes.number:shipments',
  ],
  'commercelayer parcel-returned': ['data.id', 'data.attributes.tracking_number'],
  'commercelayer fulfillment-cancelled': ['data.id:orders', 'data.id:parcels'],
  'commercelayer return': [
    'data.id:orders',
    'data.id:returns',
    ['data.id:refunds.create', 'data.id:refunds.succeeded'],
  ],
  'commercelayer return-rejected': ['data.id'],
  'commercelayer account': [
    'data.id:customers.',
    'data.id:customer_addresses',
    'data.id:customer_password_resets',
    'data.attributes.created_at:customers.',
  ],
  'commercelayer anonymization': ['data.id', 'data.attributes.created_at'],
  'commercelayer anonymization-cancelled': ['data.id', 'data.attributes.created_at'],
  'commercelayer subscription': [
    'data.id:orders',
    'data.id:order_subscriptions',
    'data.attributes.number:order_subscriptions',
    ['data.id:recurring_order_copies.create', 'data.id:recurring_order_copies.complete'],
    'data.attributes.subscription_created_at',
  ],
  'commercelayer order-copy': ['data.id'],
  'commercelayer order-copy-failed': ['data.id'],
  'commercelayer import-interrupted': ['data.id', 'data.attributes.created_at'],
  'commercelayer export': ['data.id'],
  'commercelayer export-interrupted': ['data.id', 'data.attributes.created_at'],
  'commercelayer cleanup': ['data.id'],
  'commercelayer cleanup-interrupted': ['data.id', 'data.attributes.created_at'],
  'commercelayer promotions': [
    'data.id:promotions',
    'data.id:percentage_discount_promotions',
    'data.id:external_promotions',
    'data.relationships.tags.data[0].id',
  ],
  'commercelayer gift-card': ['data.id', 'data.attributes.code'],
  'commercelayer gift-card-blocked': ['data.id', 'data.attributes.code'],
  'commercelayer catalogue': [
    'data.id:price_volume_tiers',
    'data.id:price_list_schedulers',
    'data.relationships.tags.data[0].id',
  ],
  'commercelayer in-stock': ['data.id'],
  'commercelayer in-stock-cancelled': ['data.id', 'data.attributes.created_at'],
};

/** The places where providers put the time of an event. */
const eventTimes =
  /^(timestamp|data\.attributes\.updated_at|data\.dateUpdated|data\.registrationTimestamp|data\.datePublished|data\.subscription\.dateUpdated|data\.createdAt|data\.hiddenAt)$/;
const now = '2026-06-01T12:00:00Z';

const timesOf = (sent: readonly SentEvent[]) =>
  sent.map(({ leaves }) => {
    const [, time] = [...leaves].find(([path, value]) => eventTimes.test(path) && value !== null) ?? [];
    return time === undefined ? null : Date.parse(String(time).replace(/ (.*)$/, 'T$1Z'));
  });

function sampleTexts(provider: string): string[] {
  const folder = join(import.meta.dirname, '../../payloads', provider, 'events');
  return readdirSync(folder).map((file) => sampleText(provider, file.replace(/\.json$/, '')));
}

const idsAndTimes = new Map<string, readonly string[]>();

/** Returns the values that a flow must renew: the ids and times of all samples of a provider. */
function idsAndTimesOf(provider: string): readonly string[] {
  const known = idsAndTimes.get(provider);
  if (known) return known;
  const texts = sampleTexts(provider);
  const kept = notIdentities[provider] ?? {};
  const ids = texts
    .flatMap((text) => [...leavesOf(text).values()].flatMap((leaf) => idLike(String(leaf))))
    .filter((id) => !(id in kept));
  const times = texts.flatMap((text) => text.match(/\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}[.\dZ]*/g) ?? []);
  const found = [...new Set([...ids, ...times])];
  idsAndTimes.set(provider, found);
  return found;
}

/** Whether a text stands for another in several steps, of which not all need hold it. */
function isShared(literal: string, steps: Flow['steps']): boolean {
  return steps.filter(({ same }) => same && literal in same).length > 1;
}

describe('the flows', () => {
  it.each(providers.map(({ name }) => name))('of %s are as their schema says, and have nearly all events', (name) => {
    const provider = providers.find((each) => each.name === name)!;
    const own = flowsOf(provider);
    for (const flow of own) expect(flowSchema.parse(JSON.parse(JSON.stringify(flow)))).toEqual(flow);
    expect(own.length).toBeGreaterThanOrEqual(2);
    expect(new Set(own.map((flow) => flow.name)).size).toBe(own.length);
    const played = new Set(own.flatMap(({ steps }) => steps.map(({ event }) => event)));
    const reasons = Object.keys(outsideFlows[name] ?? {});
    expect(
      Object.keys(provider.events)
        .filter((event) => !played.has(event))
        .sort(),
    ).toEqual(reasons.sort());
  });

  it.each(flows)(
    '%s %s: nothing of the samples is left, and later events have later times',
    async (provider, name, flow) => {
      const sent = await sentFlow(provider, name, '--seed', '1', '--now', now);
      expect(sent.map(({ event }) => event)).toEqual(flow.steps.map(({ event }) => event));

      const inSamples = idsAndTimesOf(provider);
      for (const { event, body } of sent) {
        expect(
          inSamples.filter((text) => body.includes(text)),
          event,
        ).toEqual([]);
      }

      const times = timesOf(sent).filter((ms) => ms !== null);
      expect(times, 'the times of the events').toEqual([...times].sort((a, b) => a - b));
      for (const ms of times) expect(ms).toBeLessThanOrEqual(Date.parse(now));
    },
  );

  it.each(flows)('%s %s: changes only what the samples have', (provider, _, { steps }) => {
    for (const { event, variant, same = {}, set = {} } of steps) {
      const text = sampleText(provider, `${event}${variant === undefined ? '' : `--${variant}`}`);
      expect(Object.keys(same).filter((literal) => !text.includes(literal) && !isShared(literal, steps))).toEqual([]);
      const paths = [...leavesOf(text).keys()];
      for (const path of Object.keys(set)) {
        const item = /^(.*)\[([1-9])\]$/.exec(path);
        // An array may grow at its end.
        const place = item ? `${item[1]}[${Number(item[2]) - 1}]` : path;
        expect(
          paths.filter((each) => each === place || each.startsWith(`${place}.`)),
          `${event}: ${place}`,
        ).not.toEqual([]);
      }
    }
  });

  it.each(flows)('%s %s: is about the same things throughout', async (provider, name) => {
    const sent = await sentFlow(provider, name);
    const places = agreements[`${provider} ${name}`];
    expect(places, 'say in this file what the events agree on').toBeDefined();
    for (const place of places!) {
      const paths = [place].flat();
      const values = sent.flatMap(({ event, leaves }) =>
        paths.flatMap((each) => {
          const [path = '', only = ''] = each.split(':');
          // A checkout has an id of its own.
          if (!event.startsWith(only) || (path === 'data.id' && event.startsWith('checkout_intent'))) return [];
          return leaves.get(path) ?? [];
        }),
      );
      expect(values.length, `${place}`).toBeGreaterThan(1);
      expect(new Set(values.map(String)).size, `${place}: ${values.join(', ')}`).toBe(1);
    }
  });

  it.each(flows)('%s %s: is about other things the next time', async (provider, name) => {
    const [first, second] = [await sentFlow(provider, name), await sentFlow(provider, name)];
    const idsIn = (sent: readonly SentEvent[]) =>
      new Set(sent.flatMap(({ leaves }) => [...leaves.values()].flatMap((leaf) => idLike(String(leaf)))));
    const again = [...idsIn(first)].filter((id) => idsIn(second).has(id) && !(id in (notIdentities[provider] ?? {})));
    expect(again).toEqual([]);
  });

  it.each(flows)('%s %s: each delivery is signed for its own body', async (provider, name) => {
    const secret = '00112233445566778899aabbccddeeff';
    for (const { event, request, body } of await sentFlow(provider, name, '--secret', secret)) {
      const hmac = createHmac('sha256', secret).update(body);
      const [header, encoding] = (
        {
          scalev: ['X-Scalev-Hmac-Sha256', 'base64'],
          bharatcart: ['X-Webhook-Signature', 'hex'],
          covver: ['covverSignature', 'base64'],
          webconnex: ['X-Webconnex-Signature', 'hex'],
          commercelayer: ['X-CommerceLayer-Signature', 'base64'],
        } as const
      )[provider]!;
      expect(request.header(header), event).toBe(hmac.digest(encoding));
    }
  });

  it.each([
    ['scalev', 'fulfilment', 'data.payment_status', ['unpaid', 'unpaid', 'paid', 'paid', 'paid', 'settled', 'settled']],
    [
      'scalev',
      'fulfilment',
      'data.status',
      ['completed', 'pending', 'pending', 'confirmed', 'in_process', 'ready', 'shipped', 'shipped', 'completed'],
    ],
    ['scalev', 'cancellation', 'data.status', ['pending', 'pending', 'canceled']],
    ['scalev', 'failed-payment', 'data.payment_status', ['unpaid', 'conflict', 'conflict']],
    ['webconnex', 'sell-out', 'data.inventory.sold', [160, 180, 200]],
    ['webconnex', 'sell-out', 'data.codes[0].redeemed', [0, 1]],
    [
      'commercelayer',
      'refund',
      'data.attributes.payment_status',
      ['authorized', 'authorized', 'paid', 'paid', 'paid', 'refunded'],
    ],
    [
      'commercelayer',
      'cancellation',
      'data.attributes.status',
      ['draft', 'placed', 'upcoming', 'placed', 'cancelled', 'cancelled', null],
    ],
    ['commercelayer', 'import', 'data.attributes.status', ['pending', 'in_progress', 'completed', null]],
  ])('%s %s goes through %s', async (provider, name, path, expected) => {
    const sent = await sentFlow(provider, name);
    expect(sent.flatMap(({ leaves }) => (leaves.has(path) ? [leaves.get(path)] : []))).toEqual(expected);
  });

  it('give an event that comes again an id of its own, by which receivers tell the two apart', async () => {
    const scalev = await sentFlow('scalev', 'fulfilment');
    expect(new Set(scalev.map(({ leaves }) => leaves.get('unique_id'))).size).toBe(13);
    const giving = await sentFlow('webconnex', 'giving');
    for (const path of ['eventId', 'data.transactionReference']) {
      expect(new Set(giving.map(({ leaves }) => leaves.get(path))).size, path).toBe(3);
    }
  });

  it('are as far apart as the samples, and end now', async () => {
    const sent = await sentFlow('bharatcart', 'order', '--now', now);
    expect(sent.map(({ leaves }) => leaves.get('timestamp'))).toEqual([
      // 2026-02-07T13:05:52Z − 2026-02-03T09:12:41Z = 4 days, 03:53:11
      '2026-05-28T08:06:49Z',
      '2026-05-28T08:08:13Z',
      '2026-05-29T10:39:28Z',
      '2026-06-01T12:00:00Z',
    ]);
    expect(sent.at(-1)!.leaves.get('data.deliveredAt')).toBe('2026-06-01T12:00:00Z');
  });
});
