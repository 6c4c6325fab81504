import { describe, expect, it } from 'vitest';
import { writeJson } from '../../src/json/dialect.js';
import { getPath, parsePath } from '../../src/json/path.js';
import { scannerPatterns } from '../../src/providers/scannerPatterns.js';
import { exampleProvider, exampleSample } from '../support/exampleProviders.js';

/** Members that a vendor's schema or page has, of each event by the path of their object; and the values that it allows. */
interface Shape {
  readonly members: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly values?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

const item = 'notificationItems[0].NotificationRequestItem';
const itemOfAdyen = 'pspReference merchantReference merchantAccountCode eventDate eventCode amount success';
const adyen = { '': 'live notificationItems', [`${item}.amount`]: 'value currency' };
const membersOfAdyen = (events: string, members: string) =>
  Object.fromEntries(events.split(/\s+/).map((event) => [event, { ...adyen, [item]: members }]));
const payment = `id entity amount currency status order_id invoice_id international method amount_refunded refund_status captured
  description card_id bank wallet vpa email contact notes fee tax error_code error_description error_source error_step
  error_reason acquirer_data created_at`;
const order = 'id entity amount amount_paid amount_due currency receipt offer_id status attempts notes created_at';
const ofRazorpay = { '': 'entity account_id event contains payload created_at' };
const ofPayment = { ...ofRazorpay, 'payload.payment.entity': payment };
const ofMailgun = `account domain event id timestamp log-level recipient recipient-domain tags message user-variables`;
const mailgun = {
  '': 'signature event-data',
  signature: 'timestamp token signature',
  'event-data.message.headers': 'to message-id from subject',
};
const engaged = { ...mailgun, 'event-data': `${ofMailgun} ip geolocation client-info` };
const sent = {
  ...mailgun,
  'event-data': `${ofMailgun} delivery-status envelope flags storage`,
  'event-data.delivery-status': 'attempt-no code message mx-host session-seconds tls utf8 certificate-verified',
};
const itemOfPlaid = 'webhook_type webhook_code item_id environment';
const ofHubspot = 'eventId subscriptionId portalId appId occurredAt subscriptionType attemptNumber objectId';
const ofSendgrid = 'email timestamp event category sg_event_id sg_message_id';

const shapes: Readonly<Record<string, Shape>> = {
  // Webhooks-v1.json of Adyen/adyen-openapi: required members
  adyen: {
    members: {
      ...membersOfAdyen(
        'AUTHORISATION EXPIRE OFFER_CLOSED ORDER_CLOSED ORDER_OPENED PAYOUT_THIRDPARTY REPORT_AVAILABLE',
        itemOfAdyen,
      ),
      ...membersOfAdyen(
        `AUTHORISATION_ADJUSTMENT AUTORESCUE CANCELLATION CANCEL_AUTORESCUE CANCEL_OR_REFUND CAPTURE CAPTURE_FAILED
        CHARGEBACK CHARGEBACK_REVERSED DISPUTE_DEFENSE_PERIOD_ENDED INFORMATION_SUPPLIED ISSUER_COMMENTS
        ISSUER_RESPONSE_TIMEFRAME_EXPIRED MANUAL_REVIEW_ACCEPT MANUAL_REVIEW_REJECT NOTIFICATION_OF_CHARGEBACK
        NOTIFICATION_OF_FRAUD PAIDOUT_REVERSED PAYOUT_DECLINE PAYOUT_EXPIRE POSTPONED_REFUND PREARBITRATION_ACCEPTED
        PREARBITRATION_DECLINED PREARBITRATION_ISSUER_WITHDRAWN PREARBITRATION_LOST PREARBITRATION_OPEN
        PREARBITRATION_WON RECURRING_CONTRACT REFUND REFUNDED_REVERSED REFUND_FAILED REFUND_WITH_DATA
        REQUEST_FOR_INFORMATION SCHEME_ARBITRATION SCHEME_ARBITRATION_LOST SCHEME_ARBITRATION_WON SECOND_CHARGEBACK
        TECHNICAL_CANCEL VOID_PENDING_REFUND`,
        `${itemOfAdyen} originalReference`,
      ),
    },
  },
  // 2020-09-14.yml of plaid/plaid-openapi: required members
  plaid: {
    members: {
      'TRANSACTIONS.SYNC_UPDATES_AVAILABLE': {
        '': `${itemOfPlaid} initial_update_complete historical_update_complete`,
      },
      'ITEM.ERROR': { '': `${itemOfPlaid} error`, error: 'error_type error_code error_message display_message' },
      'ITEM.USER_PERMISSION_REVOKED': { '': itemOfPlaid, error: 'error_type error_code error_message display_message' },
      'ITEM.PENDING_DISCONNECT': { '': `${itemOfPlaid} reason disconnect_time` },
    },
    values: {
      'ITEM.PENDING_DISCONNECT': { reason: ['INSTITUTION_MIGRATION', 'INSTITUTION_TOKEN_EXPIRATION'] },
      'ITEM.ERROR': { environment: ['sandbox', 'production'] },
    },
  },
  // razorpay/markdown-docs: members of the examples in webhooks/payments.md, orders.md and refunds.md
  razorpay: {
    members: {
      'payment.captured': ofPayment,
      'payment.authorized': ofPayment,
      'payment.failed': ofPayment,
      'order.paid': { ...ofPayment, 'payload.order.entity': order },
      'refund.processed': {
        ...ofPayment,
        'payload.refund.entity':
          'id entity amount currency payment_id notes receipt acquirer_data created_at batch_id status speed_processed',
      },
    },
  },
  // documentation.mailgun.com/docs/mailgun/user-manual/webhooks/webhook-payloads
  mailgun: {
    members: {
      delivered: sent,
      failed: { ...sent, 'event-data': `${sent['event-data']} severity reason` },
      opened: engaged,
      clicked: { ...engaged, 'event-data': `${engaged['event-data']} url` },
    },
    values: { failed: { 'event-data.severity': ['permanent', 'temporary'] } },
  },
  // developers.hubspot.com/docs/api-reference/legacy/webhooks/guide
  hubspot: {
    members: {
      'contact.creation': { '[0]': `${ofHubspot} changeFlag changeSource` },
      'contact.deletion': { '[0]': `${ofHubspot} changeFlag changeSource` },
      'contact.propertyChange': {
        '[0]': `${ofHubspot} propertyName propertyValue changeSource`,
        '[1]': `${ofHubspot} propertyName propertyValue changeSource`,
      },
      'deal.propertyChange': { '[0]': `${ofHubspot} propertyName propertyValue changeSource` },
    },
  },
  // www.twilio.com/docs/sendgrid/for-developers/tracking-events/event
  sendgrid: {
    members: {
      delivered: { '[0]': `${ofSendgrid} smtp-id response`, '[1]': `${ofSendgrid} smtp-id response` },
      open: { '[0]': `${ofSendgrid} useragent ip sg_content_type sg_machine_open` },
      click: { '[0]': `${ofSendgrid} useragent ip url url_offset` },
      bounce: { '[0]': `${ofSendgrid} smtp-id reason status type bounce_classification` },
    },
  },
  // docs.aws.amazon.com/sns/latest/dg/http-notification-json.html
  'aws-sns': {
    members: {
      Notification: {
        '': 'Type MessageId TopicArn Subject Message Timestamp SignatureVersion Signature SigningCertURL UnsubscribeURL',
      },
      // docs.aws.amazon.com/sns/latest/dg/http-unsubscribe-confirmation-json.html
      UnsubscribeConfirmation: {
        '': 'Type MessageId Token TopicArn Message SubscribeURL Timestamp SignatureVersion Signature SigningCertURL',
      },
    },
  },
  // standard-webhooks/standard-webhooks spec: the recommended members
  'standard-webhooks': {
    members: { 'contact.created': { '': 'type timestamp data' }, 'contact.updated': { '': 'type timestamp data' } },
  },
};

/** Values of vendors' own examples, which are theirs. */
const theirs =
  /acc_BFQ7uQEaa7j2z7|pay_DESlfW9H8K9uqM|order_DESlLckIVRkHWj|7914073381342284|44782def547aaa06|wz666MBjYWTp2PDzzggYhM6oWWmBb|bfbd5111-8e33|22b80b92-fdea|165545c9-2a5c|2336412f37fb|hK7mQVt4SlaGmkg7|Ase7i2zsRYeDXztH|14c5d75ce93|pri_01gsz8x8sawmvhz1pv30nge1ke|ev_16BHbhF4s42tO2lK|1f81eb52-5198/;

describe.each(Object.entries(shapes))('the samples of %s', (name, { members, values = {} }) => {
  const provider = exampleProvider(name);
  const part = (event: string, path: string) => {
    const sample = exampleSample(provider, event);
    return path === '' ? sample : getPath(sample, parsePath(path));
  };

  it('have what the vendor says that they have', () => {
    expect(Object.keys(provider.events)).toEqual(expect.arrayContaining(Object.keys(members)));
    for (const [event, parts] of Object.entries(members)) {
      for (const [path, names] of Object.entries(parts)) {
        const found = part(event, path);
        const has = found instanceof Map ? [...found.keys()] : [];
        expect(has, `${event} ${path}`).toEqual(expect.arrayContaining(names.split(/\s+/)));
      }
    }
    for (const [event, allowed] of Object.entries(values))
      for (const [path, texts] of Object.entries(allowed)) expect(texts).toContain(part(event, path));
  });

  it('are our own, small, and without a credential', () => {
    expect(JSON.stringify(provider)).not.toMatch(theirs);
    for (const event of Object.keys(provider.events)) {
      const text = writeJson(exampleSample(provider, event), 'pretty');
      expect(text).not.toMatch(theirs);
      expect(Buffer.byteLength(text)).toBeLessThan(24 * 1024);
      for (const [kind, pattern] of scannerPatterns) expect(text, kind).not.toMatch(pattern);
    }
  });
});
