import type { Flow } from '../../core/flow.js';

/** The samples' other order, with its shipment and its customer's steps to it, told as if it were the first one. */
const otherOrder = {
  rZGyhpLoWj: 'NXpoAhkgVM',
  '2548133': '2548107',
  '41c7e9aa05d84f1f9b62d0c3e7f8a915': '8d1b0f6c2e4a4957b3c9a17f50d2e86b',
  TgBhNyjMuk: 'xnqYCpAzkD',
  '2026-02-12T10:01:44.219Z': '2026-02-10T08:15:02.006Z',
  '2026-02-12T10:15:00.940Z': '2026-02-10T08:36:52.114Z',
  '2026-02-12T10:20:05.310Z': '2026-02-10T08:40:12.701Z',
} as const;

/** The flows of Commerce Layer. What its samples destroy are other resources, which here are those of the flow. */
export const commercelayerFlows = [
  {
    name: 'order',
    title: 'A new customer orders, pays, and gets a parcel',
    steps: [
      { event: 'orders.create' },
      { event: 'customers.create' },
      { event: 'customer_subscriptions.create' },
      { event: 'orders.draft' },
      { event: 'orders.pending' },
      { event: 'shipments.create' },
      { event: 'orders.authorize' },
      { event: 'orders.place' },
      { event: 'shipments.upcoming' },
      { event: 'orders.approve' },
      { event: 'customers.acquired' },
      { event: 'orders.pay' },
      { event: 'shipments.on_hold' },
      { event: 'shipments.picking' },
      { event: 'orders.start_fulfilling' },
      { event: 'shipments.packing' },
      { event: 'parcels.create' },
      { event: 'shipments.ready_to_ship' },
      { event: 'shipments.ship' },
      { event: 'orders.fulfill' },
    ],
  },
  {
    name: 'refund',
    title: 'An order is paid and fulfilled, and then refunded',
    steps: [
      { event: 'orders.place' },
      { event: 'orders.approve' },
      { event: 'orders.pay' },
      { event: 'orders.start_fulfilling' },
      { event: 'orders.fulfill' },
      { event: 'orders.refund' },
    ],
  },
  {
    name: 'cancellation',
    title: 'An order is placed, voided and cancelled, and at last deleted',
    steps: [
      { event: 'orders.create' },
      { event: 'shipments.create' },
      { event: 'orders.place' },
      { event: 'shipments.upcoming' },
      { event: 'orders.void', same: otherOrder },
      { event: 'orders.cancel', same: otherOrder },
      { event: 'shipments.cancel', same: otherOrder },
      { event: 'shipments.destroy', after: '30d', same: { WsXeDcRfvT: 'xnqYCpAzkD' } },
      { event: 'orders.destroy', after: '1s', same: { wBXVhKzrQn: 'NXpoAhkgVM' } },
    ],
  },
  {
    name: 'customer',
    title: 'A customer subscribes to a newsletter, forgets a password, orders again, and leaves',
    steps: [
      { event: 'customers.create' },
      { event: 'customer_subscriptions.create' },
      { event: 'customers.acquired' },
      { event: 'customer_password_resets.create' },
      { event: 'customer_password_resets.destroy', after: '2h', same: { YuiGhNmwTe: 'ZxcAtRkqLp' } },
      { event: 'customers.repeat' },
      { event: 'customer_subscriptions.destroy', after: '10d', same: { pRtZhVbqKs: 'LmnAtDrvXz' } },
      { event: 'customers.destroy', after: '1h', same: { QWERhMyoJd: 'kdyRhNYpGe' } },
    ],
  },
  {
    name: 'import',
    title: 'An import is created, runs, and is deleted',
    steps: [
      { event: 'imports.create' },
      { event: 'imports.start' },
      { event: 'imports.complete' },
      { event: 'imports.destroy', after: '1d', same: { MkoPhZxcVb: 'BgRtHnkLpQ' } },
    ],
  },
] as const satisfies readonly Flow[];
