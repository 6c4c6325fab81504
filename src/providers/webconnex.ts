import type { Provider } from '../core/provider.js';

const docs = 'https://docs.webconnex.io/api/v2/';

/**
 * Webconnex (RegFox, TicketSpice, GivingFuel, RedPodium; USA). Facts from the pages "Webhook" and "Webhooks Events" of
 * its API v2. That the delivery hash is a UUID without dashes is inferred from both examples.
 */
export const webconnex = {
  name: 'webconnex',
  title: 'Webconnex',
  docs,
  defaultEvent: 'registration',
  secret: {
    label: 'Signing Secret (on the settings page of the webhook)',
    env: ['WEBCONNEX_SIGNING_SECRET'],
    shape: { pattern: '^[0-9a-f]{32}$', description: '32 hexadecimal digits' },
    sample: 'feedfacefeedfacefeedfacefeedface',
  },
  method: 'POST',
  headers: [
    ['Content-Type', 'application/json'],
    ['User-Agent', 'Webconnex-Divvy'],
    ['X-Webconnex-Delivery', '{delivery}'],
    ['X-Webconnex-Event', '{event}'],
    ['X-Webconnex-Signature', '{signature}'],
  ],
  values: { delivery: { kind: 'uuid4hex' } },
  signatures: {
    signature: { scheme: 'hmac', hash: 'sha256', content: '{body}', encoding: 'hex' },
  },
  dialect: 'go',
  verifiesOver: 'raw',
  eventAt: 'eventType',
  events: {
    registration: {
      title: 'New registration or order',
      trigger: 'A registration on a form is successful.',
      certainty: 'documented',
      note: 'eventId, lookupId, transactionReference and meta are in the tables of the documents, not in their example.',
      variants: {
        ticketspice: {
          title: 'An order of TicketSpice, with tickets in place of registrants',
          certainty: 'inferred',
          note: '`tickets` is documented, its members are not: they are those of the tickets API.',
        },
      },
    },
    subscription: {
      title: 'Subscription',
      trigger: 'A recurring payment or a deposit is completed.',
      certainty: 'documented',
    },
    sms_subscription: {
      title: 'Recurring SMS donation (beta)',
      trigger: 'A recurring donation by SMS is completed.',
      certainty: 'placeholder',
      note: 'The event is documented without its name on the wire, which is unknown; this one is ours. The payload is that of subscription.',
    },
    publish: {
      title: 'Form published',
      trigger: 'A form is published.',
      certainty: 'documented',
      note: 'eventId, eventEnd, registrationStart, registrationEnd and lookupId are in the tables of the documents, not in their example.',
    },
    inventory_80: {
      title: 'Inventory 80 % sold',
      trigger: 'An inventory item is sold to 80 %.',
      certainty: 'documented',
    },
    inventory_90: {
      title: 'Inventory 90 % sold',
      trigger: 'An inventory item is sold to 90 %.',
      certainty: 'documented',
    },
    inventory_100: {
      title: 'Inventory sold out',
      trigger: 'An inventory item is sold to 100 %.',
      certainty: 'documented',
    },
    coupon: {
      title: 'Coupon',
      trigger: 'A coupon is created, updated or redeemed.',
      certainty: 'documented',
      note: 'The formId beside eventType is in the tables of the documents, not in their example.',
    },
    test: { title: 'Test', trigger: 'A webhook is tested.', certainty: 'documented' },
    ping: {
      title: 'Ping',
      trigger: 'A webhook is pinged from the control panel.',
      certainty: 'inferred',
      note: 'The event is seen in the logs of the documents and by receivers; the shape of its payload is that of test.',
    },
  },
  // test and ping are in no group: their ids are random numbers that stand for nothing.
  identities: [
    {
      name: 'conference',
      title: 'Lake Conference opens, Maya registers, and it sells out',
      events: ['publish', 'coupon', 'registration', 'inventory_80', 'inventory_90', 'inventory_100'],
      ids: [
        { kind: 'digits', literal: '602117' },
        { kind: 'digits', literal: '880017', deduplicates: true },
        { kind: 'digits', literal: '3376418' },
        { kind: 'digits', literal: '743105' },
        { kind: 'digits', literal: '902113' },
        { kind: 'digits', literal: '9182744' },
        { kind: 'digits', literal: '884120', deduplicates: true },
        { kind: 'nanoseconds', literal: '1775748151464127571', at: '2026-04-09T15:22:31Z', deduplicates: true },
        { kind: 'nanoseconds', literal: '1775748151470200000', at: '2026-04-09T15:22:31Z', deduplicates: true },
        { kind: 'digits', literal: '7704412', deduplicates: true },
        { kind: 'code', literal: 'LAKECONF-ACM-1184062', pattern: 'LAKECONF-ACM-1######', deduplicates: true },
        { kind: 'alphanumeric', literal: '4XbQ9mTz0RwK', deduplicates: true },
        { kind: 'digits', literal: '605443' },
        { kind: 'digits', literal: '884901', deduplicates: true },
        { kind: 'nanoseconds', literal: '1777745035120774310', at: '2026-05-02T18:03:55Z', deduplicates: true },
        { kind: 'nanoseconds', literal: '1777745035131000001', at: '2026-05-02T18:03:55Z', deduplicates: true },
        { kind: 'nanoseconds', literal: '1777745035131000002', at: '2026-05-02T18:03:55Z', deduplicates: true },
        { kind: 'digits', literal: '7781930', deduplicates: true },
        { kind: 'digits', literal: '9910071', deduplicates: true },
        { kind: 'digits', literal: '9910072', deduplicates: true },
        { kind: 'code', literal: 'RIVERFEST-ACM-1052718', pattern: 'RIVERFEST-ACM-1######', deduplicates: true },
        { kind: 'alphanumeric', literal: '8LdN3vKc6YpJ', deduplicates: true },
      ],
      times: ['iso-seconds'],
      eventTime: ['data.registrationTimestamp', 'data.dateUpdated', 'data.datePublished'],
    },
    {
      name: 'giving',
      title: 'Otto gives every month, by card and by text message',
      events: ['subscription', 'sms_subscription'],
      // The ids of the order stay with its dateCreated; each payment has an event and a transaction of its own.
      ids: [
        { kind: 'digits', literal: '4412093' },
        { kind: 'digits', literal: '518772' },
        { kind: 'digits', literal: '886302', deduplicates: true },
        { kind: 'nanoseconds', literal: '1768242991292954807', at: '2026-01-12T18:36:31Z' },
        { kind: 'code', literal: 'HARBORGIVE-ACM-1007344', pattern: 'HARBORGIVE-ACM-1######' },
        { kind: 'digits', literal: '346127' },
        { kind: 'alphanumeric', literal: '1HsG7tFa5QeV', deduplicates: true },
        { kind: 'digits', literal: '518806' },
        { kind: 'digits', literal: '887415', deduplicates: true },
        { kind: 'nanoseconds', literal: '1771622042310455002', at: '2026-02-20T21:14:02Z' },
        { kind: 'code', literal: 'HARBORSMS-ACM-1003961', pattern: 'HARBORSMS-ACM-1######' },
        { kind: 'digits', literal: '350288' },
        { kind: 'alphanumeric', literal: '6ZuC2xMi9BoW', deduplicates: true },
      ],
      times: ['iso-seconds'],
      eventTime: ['data.subscription.dateUpdated', 'data.subscription.dateLast'],
    },
  ],
  policy: {
    timeLimit: null,
    success: { value: '2xx', certainty: 'inferred', source: docs },
    retry: null,
    resend: { value: [], certainty: 'documented', source: docs },
    disabling: null,
  },
} as const satisfies Provider;
