import { describe, expect, it } from 'vitest';
import type { Provider } from '../../src/core/provider.js';
import { seededRandom } from '../../src/core/random.js';
import { timeShape } from '../../src/core/time.js';
import { compileDeliverySync } from '../../src/delivery/compile.js';
import { buildHandshake } from '../../src/handshake/handshake.js';
import { parseBody, writeJson } from '../../src/json/dialect.js';
import { allPaths, formatPath, getPath, parsePath } from '../../src/json/path.js';
import { type Json, JsonNumber } from '../../src/json/value.js';
import { compilePayload, fillPayload } from '../../src/payloads/compiled.js';
import { type Freshness, findIdentityGroup, IdentityRenewal } from '../../src/payloads/identityRenewal.js';
import { exampleProvider, exampleSample } from '../support/exampleProviders.js';

/** The facts of an example: certainty is `documented` unless stated. */
interface Facts {
  /** In the order of the vendor's page or of a recorded request; null for what differs from delivery to delivery. */
  readonly headers: readonly (readonly [name: string, value: string | null])[];
  readonly timeLimit: string | null;
  readonly success: string;
  readonly retry: {
    readonly max?: number;
    readonly delays?: readonly string[] | null;
    readonly for?: string;
    readonly on?: string;
    readonly obeysRetryAfter?: boolean;
  } | null;
  readonly disabling?: unknown;
  readonly notDocumented: Readonly<Partial<Record<'timeLimit' | 'success' | 'retry' | 'disabling', string>>>;
  /** Of events what is fresh in each delivery, by path; what all of these have in common is so in all others. */
  readonly fresh: Readonly<Record<string, readonly string[]>>;
}

const notification = 'notificationItems[0].NotificationRequestItem';

/** Returns the values that are fresh in events of Adyen: the time, the reference, and some more members. */
function freshOfAdyen(events: readonly string[], more: readonly string[]): Record<string, readonly string[]> {
  const paths = ['eventDate', 'pspReference', ...more].map((name) => `${notification}.${name}`);
  return Object.fromEntries(events.map((event) => [event, paths]));
}

/** Of each example what its vendor's pages say, or recorded requests show. */
const examples: Readonly<Record<string, Facts>> = {
  // docs.aws.amazon.com/sns/latest/dg: SendMessageToHttp.prepare, http-header, SendMessageToHttp.retry
  'aws-sns': {
    headers: [
      ['x-amz-sns-message-type', null],
      ['x-amz-sns-message-id', null],
      ['x-amz-sns-topic-arn', 'arn:aws:sns:ap-southeast-1:123456789012:senja-orders'],
      [
        'x-amz-sns-subscription-arn',
        'arn:aws:sns:ap-southeast-1:123456789012:senja-orders:7f3d1c52-8a4e-4b6f-9d20-5e1b7c94a3f8',
      ],
      ['Content-Type', 'text/plain; charset=UTF-8'],
      ['User-Agent', 'Amazon Simple Notification Service Agent'],
    ],
    timeLimit: '15s',
    success: '2xx',
    retry: { max: 3, delays: ['20s', '20s', '20s'], on: '5xx,429,timed_out,broken,unreachable' },
    notDocumented: { success: 'a 4xx counts as delivered by the page, which would hide it here' },
    fresh: { Notification: ['MessageId', 'Timestamp'], UnsubscribeConfirmation: ['MessageId', 'Timestamp'] },
  },
  // developer.paddle.com/webhooks/respond-to-webhooks; headers in 16 of 16 requests of hookdeck/webhook-samples
  paddle: {
    headers: [
      ['User-Agent', 'Paddle'],
      ['Accept', 'application/json'],
      ['Content-Type', 'application/json'],
      ['Paddle-Signature', null],
      ['Paddle-Version', '1'],
    ],
    timeLimit: '5s',
    success: '200',
    retry: { max: 60, for: '3d' },
    notDocumented: {},
    fresh: {
      'transaction.completed': ['event_id', 'notification_id', 'occurred_at'],
      'customer.created': ['event_id', 'notification_id', 'occurred_at'],
      'subscription.created': ['event_id', 'notification_id', 'occurred_at'],
    },
  },
  // razorpay/markdown-docs webhooks/best-practices.md and validate-test.md; delays and headers as LokarajR/Raze measured them
  razorpay: {
    headers: [
      ['User-Agent', 'Razorpay-Webhook/v1'],
      ['Content-Type', 'application/json'],
      ['Request-Id', null],
      ['X-Razorpay-Event-Id', null],
      ['X-Razorpay-Signature', null],
    ],
    timeLimit: '5s',
    success: '2xx',
    retry: {
      max: 15,
      delays: '200ms 6s 13s 20s 43s 82s 162s 324s 643s 1283s 2563s 5127s 10241s 20481s 40964s'.split(' '),
    },
    disabling: { afterFailing: '24h', counts: null, per: 'endpoint', by: 'disabling' },
    notDocumented: { retry: 'observed' },
    fresh: {
      'payment.captured': ['created_at'],
      'payment.authorized': ['created_at'],
      'payment.failed': ['created_at'],
      'order.paid': ['created_at'],
      'refund.processed': ['created_at'],
    },
  },
  // docs.adyen.com/development-resources/webhooks/troubleshoot; headers in 7 of 7 requests of hookdeck/webhook-samples
  adyen: {
    headers: [
      ['Content-Type', 'application/json; charset=utf-8'],
      ['User-Agent', 'Adyen HttpClient 1.0'],
    ],
    timeLimit: '10s',
    success: '2xx',
    retry: { max: 12, delays: '9s 9s 9s 2m 5m 10m 15m 30m 1h 2h 4h 8h'.split(' ') },
    notDocumented: {},
    fresh: {
      ...freshOfAdyen(['AUTHORISATION', 'EXPIRE', 'OFFER_CLOSED', 'ORDER_OPENED', 'PAYOUT_THIRDPARTY'], []),
      ...freshOfAdyen(
        `AUTHORISATION_ADJUSTMENT AUTORESCUE CANCELLATION CANCEL_AUTORESCUE CANCEL_OR_REFUND CAPTURE CAPTURE_FAILED
        DISPUTE_DEFENSE_PERIOD_ENDED INFORMATION_SUPPLIED ISSUER_COMMENTS ISSUER_RESPONSE_TIMEFRAME_EXPIRED
        MANUAL_REVIEW_ACCEPT MANUAL_REVIEW_REJECT NOTIFICATION_OF_FRAUD PAIDOUT_REVERSED PAYOUT_DECLINE PAYOUT_EXPIRE
        POSTPONED_REFUND PREARBITRATION_ACCEPTED PREARBITRATION_DECLINED PREARBITRATION_ISSUER_WITHDRAWN
        PREARBITRATION_LOST PREARBITRATION_OPEN PREARBITRATION_WON REFUND REFUNDED_REVERSED REFUND_FAILED
        REFUND_WITH_DATA REQUEST_FOR_INFORMATION SCHEME_ARBITRATION SCHEME_ARBITRATION_LOST SCHEME_ARBITRATION_WON
        SECOND_CHARGEBACK TECHNICAL_CANCEL VOID_PENDING_REFUND`.split(/\s+/),
        ['originalReference'],
      ),
      ...freshOfAdyen(
        ['CHARGEBACK', 'CHARGEBACK_REVERSED', 'NOTIFICATION_OF_CHARGEBACK'],
        ['originalReference', 'additionalData.capturePspReference'],
      ),
      ...freshOfAdyen(['ORDER_CLOSED'], ['additionalData.order-1-pspReference']),
      ...freshOfAdyen(
        ['RECURRING_CONTRACT'],
        ['originalReference', 'additionalData["recurring.recurringDetailReference"]'],
      ),
      REPORT_AVAILABLE: [`${notification}.eventDate`],
    },
  },
  // chargebee.com/docs/2.0 FAQ on the rate of webhook calls, and its page on a failure email
  chargebee: {
    headers: [
      ['Content-Type', 'application/json'],
      ['Authorization', null],
    ],
    timeLimit: '60s',
    success: '2xx',
    retry: { max: 7, delays: ['2m', '6m', '30m', '1h', '5h', '1d', '2d'] },
    notDocumented: { timeLimit: 'inferred' },
    fresh: {
      customer_created: ['content.customer.created_at', 'content.customer.updated_at', 'id', 'occurred_at'],
      subscription_created: [
        'content.customer.updated_at',
        'content.invoice.date',
        'content.invoice.due_date',
        'content.invoice.generated_at',
        'content.invoice.line_items[0].date_from',
        'content.subscription.activated_at',
        'content.subscription.created_at',
        'content.subscription.current_term_start',
        'content.subscription.started_at',
        'content.subscription.updated_at',
        'id',
        'occurred_at',
      ],
      payment_succeeded: [
        'content.invoice.linked_payments[0].applied_at',
        'content.invoice.linked_payments[0].txn_date',
        'content.invoice.paid_at',
        'content.invoice.updated_at',
        'content.transaction.date',
        'content.transaction.linked_invoices[0].applied_at',
        'content.transaction.updated_at',
        'id',
        'occurred_at',
      ],
    },
  },
  // documentation.mailgun.com/docs/mailgun/user-manual/webhooks: webhook-retries, webhook-payloads
  mailgun: {
    headers: [
      ['Content-Type', 'application/json'],
      ['Accept', '*/*'],
      ['User-Agent', 'mailgun/treq-16.12.0'],
    ],
    timeLimit: null,
    success: '200',
    retry: {
      max: 6,
      delays: ['5m', '10m', '15m', '1h', '2h', '4h'],
      on: '1xx,2xx,3xx,400,401,402,403,404,405,407,408,409,410,411,412,413,414,415,416,417,418,421,422,423,424,425,426,428,429,431,451,5xx,timed_out,broken,unreachable',
    },
    notDocumented: {},
    fresh: {
      delivered: ['event-data.id', 'event-data.timestamp'],
      opened: ['event-data.id', 'event-data.timestamp'],
      clicked: ['event-data.id', 'event-data.timestamp'],
      failed: ['event-data.id', 'event-data.timestamp'],
    },
  },
  // plaid.com/docs/api/webhooks
  plaid: {
    headers: [
      ['Content-Type', 'application/json'],
      ['Plaid-Verification', null],
    ],
    timeLimit: '10s',
    success: '200',
    retry: { max: 6, delays: ['30s', '2m', '8m', '32m', '128m', '512m'], obeysRetryAfter: true },
    notDocumented: {},
    fresh: {
      'TRANSACTIONS.SYNC_UPDATES_AVAILABLE': [],
      'ITEM.ERROR': [],
      'ITEM.USER_PERMISSION_REVOKED': [],
      'ITEM.PENDING_DISCONNECT': [],
    },
  },
  // developers.hubspot.com/docs/api-reference/legacy/webhooks/guide; headers as two public captures of 2026 have them, sorted
  hubspot: {
    headers: [
      ['Accept', '*/*'],
      ['Content-Type', 'application/json'],
      [
        'User-Agent',
        'HubSpot Connect 2.0 (http://dev.hubspot.com/) (namespace: webhooks-nio-http-client) - WebhooksExecutorDaemon-executor',
      ],
      ['X-HubSpot-Request-Timestamp', null],
      ['X-HubSpot-Signature', null],
      ['X-HubSpot-Signature-v3', null],
      ['X-HubSpot-Signature-Version', 'v1'],
      ['X-HubSpot-Timeout-Millis', '10000'],
    ],
    timeLimit: '5s',
    success: '2xx',
    retry: { max: 10, for: '24h' },
    notDocumented: { success: 'inferred' },
    fresh: {
      'contact.creation': ['[0].eventId', '[0].occurredAt'],
      'contact.propertyChange': ['[0].eventId', '[0].occurredAt', '[1].eventId', '[1].occurredAt'],
      'contact.deletion': ['[0].eventId', '[0].occurredAt'],
      'deal.propertyChange': ['[0].eventId', '[0].occurredAt'],
    },
  },
  // Headers as sendgrid/sendgrid-nodejs#1193 shows them
  sendgrid: {
    headers: [
      ['User-Agent', 'SendGrid Event API'],
      ['Content-Type', 'application/json;charset=utf-8'],
      ['X-Twilio-Email-Event-Webhook-Signature', null],
      ['X-Twilio-Email-Event-Webhook-Timestamp', null],
    ],
    timeLimit: '10s',
    success: '2xx',
    retry: { for: '24h' },
    notDocumented: { timeLimit: 'inferred' },
    fresh: {
      delivered: ['[0].sg_event_id', '[0].timestamp', '[1].sg_event_id', '[1].timestamp'],
      open: ['[0].sg_event_id', '[0].timestamp'],
      click: ['[0].sg_event_id', '[0].timestamp'],
      bounce: ['[0].sg_event_id', '[0].timestamp'],
    },
  },
  // standard-webhooks/standard-webhooks spec/standard-webhooks.md
  'standard-webhooks': {
    headers: [
      ['content-type', 'application/json'],
      ['webhook-id', null],
      ['webhook-timestamp', null],
      ['webhook-signature', null],
    ],
    timeLimit: '15s',
    success: '2xx',
    retry: { max: 9, delays: '5s 5m 30m 2h 5h 10h 14h 20h 24h'.split(' '), obeysRetryAfter: true },
    disabling: { on: '410', counts: null, per: 'endpoint', by: 'disabling' },
    notDocumented: {},
    fresh: { 'contact.created': ['timestamp'], 'contact.updated': ['timestamp'] },
  },
};

const leafText = (value: Json | undefined) => (value instanceof JsonNumber ? value.text : value);

/** The places of a sample whose text another delivery, a day later, does not have. */
function freshPlaces(provider: Provider, event: string, fresh: Freshness): string[] {
  const sample = exampleSample(provider, event);
  const { dialect, identities } = provider;
  const bytes = Buffer.from(writeJson(sample, dialect));
  const payload = compilePayload({
    sample,
    bytes,
    identityGroup: findIdentityGroup(identities, event),
    fresh,
    dialect,
  });
  const now = parseBody(bytes, dialect);
  const later = parseBody(fillPayload(payload, new IdentityRenewal(86_400_000, seededRandom(5))), dialect);
  return allPaths(now)
    .filter((path) => {
      const [before, after] = [now, later].map((body) => leafText(getPath(body, path)));
      return (typeof before === 'string' || typeof before === 'boolean') && before !== after;
    })
    .map(formatPath)
    .sort();
}

const times = (['iso-seconds', 'iso-millis', 'iso-micros', 'iso-offset', 'unix-seconds', 'unix-millis'] as const).map(
  (kind) => new RegExp(`^${timeShape(kind)}$`),
);

/** The places of a sample at which a time stands; ids of HubSpot have as many digits as one. */
function timePlaces(sample: Json): string[] {
  return allPaths(sample)
    .filter((path) => times.some((shape) => shape.test(String(leafText(getPath(sample, path))))))
    .map(formatPath)
    .filter((path) => !/(event|object|portal|subscription)Id$/.test(path));
}

describe.each(Object.entries(examples))('the facts of %s', (name, facts) => {
  const provider = exampleProvider(name);
  const { policy } = provider;
  const secrets = [{ value: provider.secret.sample, source: 'sample', isSample: true }];
  const source = { provider, url: 'http://127.0.0.1:3000/', secrets, headers: [] };
  const known = (headers: readonly (readonly [string, string])[]) =>
    headers.map(([header, value], at) => [header, facts.headers[at]?.[1] === null ? null : value]);

  it.each(Object.keys(provider.events))('%s has the headers that are sent, in order and letter case', (event) => {
    const body = Buffer.from(writeJson(exampleSample(provider, event), provider.dialect));
    const make = compileDeliverySync({ ...source, event, variant: null });
    expect(known(make({ now: Date.now(), random: seededRandom(1), body }).headers)).toEqual(facts.headers);
  });

  it('has the policy of its documents, each fact with its source', () => {
    const { timeLimit, success, retry, disabling } = policy;
    expect(timeLimit?.value ?? null).toBe(facts.timeLimit);
    expect(success.value).toBe(facts.success);
    expect(retry?.value ?? null).toEqual(facts.retry);
    expect(disabling?.value ?? null).toEqual(facts.disabling ?? null);
    for (const [key, fact] of Object.entries({ timeLimit, success, retry, disabling })) {
      if (!fact) continue;
      const isDocumented = !(key in facts.notDocumented);
      expect(fact.certainty === 'documented', key).toBe(isDocumented);
      expect(fact.source).toMatch(/^https:\/\//);
    }
  });

  it('tells of each event what is fresh in each delivery', () => {
    const inEach = Object.values(facts.fresh).reduce((some, paths) => some.filter((path) => paths.includes(path)));
    for (const event of Object.keys(provider.events).filter((name) => !(name in facts.fresh)))
      expect(freshPlaces(provider, event, 'ids'), event).toEqual(expect.arrayContaining([...inEach]));
    for (const [event, paths] of Object.entries(facts.fresh)) {
      const all = new Set([...paths, ...timePlaces(exampleSample(provider, event))]);
      expect(freshPlaces(provider, event, 'ids'), event).toEqual([...all].sort());
    }
  });

  it('tells no time that stays for ever', () => {
    for (const event of Object.keys(provider.events)) {
      const sample = exampleSample(provider, event);
      const fresh = freshPlaces(provider, event, 'all');
      expect(timePlaces(sample).filter((path) => !fresh.includes(path))).toEqual([]);
    }
  });
});

it('a confirmation of Amazon SNS tells no subscription, which it is for', async () => {
  const provider = exampleProvider('aws-sns');
  const secrets = [{ value: provider.secret.sample, source: 'sample', isSample: true }];
  const moment = { now: Date.now(), random: seededRandom(1) };
  const source = { provider, url: 'http://127.0.0.1:3000/', secrets, headers: [] };
  const { delivery } = await buildHandshake(provider.handshakes![0]!, source, moment);
  const body = parseBody(delivery.body, provider.dialect);
  expect(delivery.headers).toEqual([
    ['x-amz-sns-message-type', 'SubscriptionConfirmation'],
    ['x-amz-sns-message-id', getPath(body, parsePath('MessageId'))],
    ['x-amz-sns-topic-arn', 'arn:aws:sns:ap-southeast-1:123456789012:senja-orders'],
    ['Content-Type', 'text/plain; charset=UTF-8'],
    ['User-Agent', 'Amazon Simple Notification Service Agent'],
  ]);
});
