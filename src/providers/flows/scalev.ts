import type { Flow } from '../../core/flow.js';

const confirmed = {
  timestamp: '2026-01-14T02:45:02.330918Z',
  'data.status': 'confirmed',
  'data.in_process_time': null,
  'data.ready_time': null,
  'data.shipped_time': null,
  'data.last_updated_at': '2026-01-14T02:45:01Z',
} as const;

const inProcess = {
  ...confirmed,
  timestamp: '2026-01-14T03:10:23.118204Z',
  'data.status': 'in_process',
  'data.in_process_time': '2026-01-14T03:10:22Z',
  'data.last_updated_at': '2026-01-14T03:10:22Z',
} as const;

const ready = {
  ...inProcess,
  timestamp: '2026-01-15T01:02:56.504226Z',
  'data.status': 'ready',
  'data.ready_time': '2026-01-15T01:02:55Z',
  'data.last_updated_at': '2026-01-15T01:02:55Z',
} as const;

const completed = {
  timestamp: '2026-01-17T06:11:40.907441Z',
  'data.status': 'completed',
  'data.completed_time': '2026-01-17T06:11:39Z',
  'data.last_updated_at': '2026-01-17T06:11:39Z',
} as const;

const canceled = {
  timestamp: '2026-01-15T02:31:20.662059Z',
  'data.status': 'canceled',
  'data.confirmed_time': null,
  'data.in_process_time': null,
  'data.ready_time': null,
  'data.shipped_time': null,
  'data.canceled_time': '2026-01-15T02:31:19Z',
  'data.last_updated_at': '2026-01-15T02:31:19Z',
} as const;

/** The gateway pays the money out: the second time that an order counts as paid. */
const settled = {
  'data.payment_status': 'settled',
  'data.settled_time': '2026-01-16T02:44:58Z',
  'data.last_updated_at': '2026-01-16T02:44:58Z',
  'data.payment_status_history[2]': {
    at: '2026-01-16T02:44:58Z',
    by: { avatar: '', email: 'system@senjakopi.example', name: 'System' },
    status: 'settled',
  },
} as const;

/** The order whose payment fails, as it was created. */
const transferred = {
  '019bba57-af94-78dc-8b91-aa872752135b': '019bcb01-0424-7533-9a6e-7aefe759d1ce',
  '260114KQXRTM': '260117TQJSMW',
  '2026-01-14T02:31:07Z': '2026-01-17T08:10:00Z',
} as const;

const byTransfer = {
  timestamp: '2026-01-17T08:10:02.284113Z',
  'data.epayment_provider': null,
  'data.payment_method': 'bank_transfer',
  'data.financial_entity': { code: 'bni', name: 'Bank Negara Indonesia' },
  'data.payment_account_holder': 'PT Senja Kopi Nusantara',
  'data.payment_account_number': '0098812345',
} as const;

const deletedUnpaid = {
  '019bc4f4-3f73-724b-8182-4ff1a939571c': '019bba57-af94-78dc-8b91-aa872752135b',
  '260116PWDZLA': '260114KQXRTM',
  '2026-01-16T03:58:20Z': '2026-01-14T02:31:07Z',
} as const;

const deletedSpam = {
  '019bc4f4-3f73-724b-8182-4ff1a939571c': '019bc7e8-3641-7cc9-93af-9341bb27f4e8',
  '260116PWDZLA': '260117HVNBEC',
  '2026-01-16T03:58:20Z': '2026-01-16T17:44:02Z',
  '2026-01-16T04:05:32Z': '2026-01-16T18:05:32Z',
  '2026-01-16T04:05:33.010472Z': '2026-01-16T18:05:33.010472Z',
} as const;

/** The flows of Scalev. */
export const scalevFlows = [
  {
    name: 'fulfilment',
    title: 'An order is paid, shipped and completed, and its payment settled',
    steps: [
      { event: 'checkout_intent.completed' },
      { event: 'order.created' },
      { event: 'order.epayment_created' },
      { event: 'order.payment_status_changed' },
      { event: 'payment.received' },
      { event: 'order.status_changed', set: confirmed },
      { event: 'order.status_changed', set: inProcess },
      { event: 'order.status_changed', set: ready },
      { event: 'order.status_changed' },
      { event: 'order.updated' },
      { event: 'order.payment_status_changed', set: { timestamp: '2026-01-16T02:44:59.118204Z', ...settled } },
      { event: 'payment.received', set: { timestamp: '2026-01-16T02:44:59.121877Z', ...settled } },
      { event: 'order.status_changed', set: completed },
    ],
  },
  {
    name: 'abandoned-checkout',
    title: 'A buyer leaves a checkout, comes back and orders',
    steps: [
      { event: 'checkout_intent.abandoned' },
      { event: 'checkout_intent.completed' },
      { event: 'order.created' },
      { event: 'order.epayment_created' },
    ],
  },
  {
    name: 'cancellation',
    title: 'An order stays unpaid, is cancelled and deleted',
    steps: [
      { event: 'order.created' },
      { event: 'order.epayment_created' },
      { event: 'order.status_changed', set: canceled },
      { event: 'order.deleted', same: deletedUnpaid },
    ],
  },
  {
    name: 'failed-payment',
    title: 'An order is to be paid by bank transfer, and the payment is in conflict',
    steps: [
      { event: 'order.created', same: transferred, set: byTransfer },
      {
        event: 'order.payment_status_changed',
        same: transferred,
        set: {
          timestamp: '2026-01-17T09:31:48.271904Z',
          'data.payment_status': 'conflict',
          'data.payment_account_id': 311,
          'data.epayment_provider': null,
          'data.payment_method': 'bank_transfer',
          'data.financial_entity': { code: 'bni', name: 'Bank Negara Indonesia' },
          'data.payment_account_holder': 'PT Senja Kopi Nusantara',
          'data.payment_account_number': '0098812345',
          'data.pg_payment_info': null,
          'data.pg_reference_id': null,
          'data.pg_paid_info': null,
          'data.paid_time': null,
          'data.conflict_time': '2026-01-17T09:31:47Z',
          'data.last_updated_at': '2026-01-17T09:31:47Z',
          'data.payment_status_history[1]': {
            at: '2026-01-17T09:31:47Z',
            by: { avatar: '', email: 'rian@senjakopi.example', name: 'Rian Admin' },
            status: 'conflict',
          },
          'data.customer.last_updated_at': '2026-01-14T02:31:07Z',
        },
      },
      { event: 'payment.failed' },
    ],
  },
  {
    name: 'spam',
    title: 'An order looks like spam and is deleted',
    steps: [{ event: 'order.spam_created' }, { event: 'order.deleted', same: deletedSpam }],
  },
] as const satisfies readonly Flow[];
