import type { Flow } from '../../core/flow.js';

/** The flows of Webconnex. */
export const webconnexFlows = [
  {
    name: 'sell-out',
    title: 'A form opens with a coupon, somebody registers with it, and the last place is sold',
    steps: [
      { event: 'publish' },
      {
        event: 'coupon',
        set: { 'data.dateUpdated': '2026-03-31T12:00:28Z', 'data.redeemed': 0, 'data.codes[0].redeemed': 0 },
      },
      { event: 'registration' },
      { event: 'coupon', set: { 'data.redeemed': 1, 'data.codes[0].redeemed': 1 } },
      { event: 'inventory_80' },
      { event: 'inventory_90' },
      { event: 'inventory_100' },
    ],
  },
  {
    name: 'giving',
    title: 'Somebody begins to give every month, and two more payments follow',
    steps: [
      {
        event: 'subscription',
        set: {
          'data.subscription.dateLast': '2026-01-12T18:36:31Z',
          'data.subscription.dateUpdated': '2026-01-12T18:36:31Z',
          'data.subscription.dateNext': '2026-02-12T10:00:00Z',
        },
      },
      {
        event: 'subscription',
        set: {
          'data.subscription.dateLast': '2026-02-12T10:00:05Z',
          'data.subscription.dateUpdated': '2026-02-12T10:00:05Z',
          'data.subscription.dateNext': '2026-03-12T10:00:00Z',
        },
      },
      {
        event: 'subscription',
        set: {
          'data.subscription.dateLast': '2026-03-12T10:00:06Z',
          'data.subscription.dateUpdated': '2026-03-12T10:00:06Z',
          'data.subscription.dateNext': '2026-04-12T10:00:00Z',
        },
      },
    ],
  },
  {
    name: 'text-giving',
    title: 'Somebody begins to give by text message, and another payment follows',
    steps: [
      {
        event: 'sms_subscription',
        set: {
          'data.subscription.dateLast': '2026-02-20T21:14:02Z',
          'data.subscription.dateUpdated': '2026-02-20T21:14:02Z',
          'data.subscription.dateNext': '2026-03-20T10:00:00Z',
        },
      },
      {
        event: 'sms_subscription',
        set: {
          'data.subscription.dateLast': '2026-03-20T10:00:03Z',
          'data.subscription.dateUpdated': '2026-03-20T10:00:03Z',
          'data.subscription.dateNext': '2026-04-20T10:00:00Z',
        },
      },
    ],
  },
  {
    name: 'set-up',
    title: 'A webhook is pinged and tested, and the form that it is for is published',
    steps: [{ event: 'ping' }, { event: 'test', after: '40s' }, { event: 'publish', after: '1h' }],
  },
] as const satisfies readonly Flow[];
