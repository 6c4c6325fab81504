import type { Header } from '../../src/core/delivery.js';

/** A request of an example, whose signature something else than this project made. */
export interface ExampleVector {
  /** The signing secret; a public key where only that is known, for the private one is thrown away. */
  readonly secret: string;
  readonly body: string;
  /** The headers and body fields that a delivery of this body, at `vectorTime` to `vectorUrl`, must carry. */
  readonly headers?: readonly Header[];
  readonly fields?: readonly (readonly [path: string, text: string])[];
  /** Headers with which the body has to verify as it stands, for schemes that draw ids or sign at random. */
  readonly received?: readonly Header[];
}

/** Milliseconds since 1970. */
export const vectorTime = 1_767_225_600_123;

/** The address by which the receiver is known. */
export const vectorUrl = 'https://shop.example.com/hooks/in?shop=1';

/**
 * One vector for each example: computed with Python's hmac and hashlib, or signed with openssl. That of Adyen is the one of its
 * documents, and that of Standard Webhooks the one in the tests of its JavaScript library.
 */
export const exampleVectors: Readonly<Record<string, ExampleVector>> = {
  adyen: {
    secret: '44782def547aaa06c910c43932b1eb0c71fc68d9d0c057550c48ec2acf6ba056',
    body: '{"live":"false","notificationItems":[{"NotificationRequestItem":{"additionalData":{"hmacSignature":""},"amount":{"value":1130,"currency":"EUR"},"pspReference":"7914073381342284","eventCode":"AUTHORISATION","merchantAccountCode":"TestMerchant","merchantReference":"TestPayment-1407325143704","success":"true"}}]}',
    fields: [
      [
        'notificationItems[0].NotificationRequestItem.additionalData.hmacSignature',
        'coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0=',
      ],
    ],
  },
  'aws-sns': {
    secret:
      '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAts0GdBVseAHefHWvL1iX\ntaGVGRiMVsxIVcRmV5SPUqQ9Fr/urRY/+ZjjwRIA8lA0KNrpynsSYTAYcZsHn1kY\nOuEk/Y1l0081zYSgTjT5aHf4RLtBWqGrFiItL45zEgyvGa6M96KTUsmnBJhHn+kk\nwa4SnwGTI9WSOa687gzNjrz+Lu3M7yIdZ/bFOgqLA7bk5d2uearKGcw6NTZ/f4z6\nNtQ4mmLnlkUviawz+Sp5HA1FwdJVVCuiaigkIIGJMOtPGwQNu8o+3RcwnqwDuuWG\noEtnaQCuxobyi8Eu38D6rV/InDbejlh1FRyw9jTkZnx00xc2PKnHXFPaVcQ9ROdh\n7wIDAQAB\n-----END PUBLIC KEY-----\n',
    body: '{"Type": "Notification", "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324", "TopicArn": "arn:aws:sns:us-west-2:123456789012:MyTopic", "Subject": "My First Message", "Message": "Hello, café!\\n☕", "Timestamp": "2012-05-02T00:54:06.655Z", "SignatureVersion": "2", "Signature": "INrh8bYaIQnH66KYNvlm2OjGvfsPbd0HqSoWoGc6hlLTlS4fas2pEuqhpjel6JROeQ0PFpkys4nTgzhxY7N9INbHGwZyVHaSYEmHTc4owf9nrtOpdCKs35MNSU8++68fpf+jJihllA6E5k95K1dsU2ubRY8YJrkoNkzfkblcSY9X2p4Lw34U1OrhtoV3+MOiwwnpbK5/mCcLmitYQdD99st0ONEJFWBthsWH8TC8MgghpUGxmWLNLN37jjanpFxwOKq1vZY3EKyFkcNZ6DevMuFbcQWkMjIzjMzlCUGJuuNPiVLf/rUfl1FniwLaZOL0VcyBatWj/twUlzw1gmIbmg==", "SigningCertURL": "https://sns.us-west-2.amazonaws.com/x.pem"}',
    received: [],
  },
  chargebee: {
    secret: 'user:päss:word',
    body: '{"note":"café ☕"}',
    headers: [['Authorization', 'Basic dXNlcjpww6Rzczp3b3Jk']],
  },
  discord: {
    secret:
      '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAO5LPI9yitSxWcixlWxkUR3kUurUenaEpnLENFvMdSg0=\n-----END PUBLIC KEY-----\n',
    body: '{"note":"café ☕"}',
    received: [
      [
        'X-Signature-Ed25519',
        'f5a148131ccbde47c2f3be8425627b6b328a6a57ecc88c298d6f60ea3ff6c2e16f39cdb3c0320d4bf28cd4987a45d403af4e74ec85348edc9c0d8f31dab76c08',
      ],
      ['X-Signature-Timestamp', '1767225600'],
    ],
  },
  github: {
    secret: 'vector',
    body: '{"note":"café ☕"}',
    headers: [
      ['X-Hub-Signature', 'sha1=2885b5603815c3c9fbf84cf5420df2021d0167f3'],
      ['X-Hub-Signature-256', 'sha256=30a1f292df446de8c9e60cd841099b6b1cd13ebd879d0318e3ad0db1d3b6d82e'],
    ],
  },
  gitlab: {
    secret: 'vector',
    body: '{"note":"café ☕"}',
    headers: [['X-Gitlab-Token', 'vector']],
  },
  hubspot: {
    secret: 'vector',
    body: '{"note":"café ☕"}',
    headers: [
      ['X-HubSpot-Request-Timestamp', '1767225600123'],
      ['X-HubSpot-Signature-v3', 'u347axdSNnJdGt7AIPko9aLMXamxrnBerRE2kFqN63U='],
      ['X-HubSpot-Signature', 'c851fcfa7c838b7780667f33955a00b547b1e0c8ff765ad506e58ed5b3b7245e'],
    ],
  },
  line: {
    secret: 'vector',
    body: '{"note":"café ☕"}',
    headers: [['x-line-signature', 'MKHykt9EbejJ5gzYQQmbaxzRPr2HnQMY460NsdO22C4=']],
  },
  linear: {
    secret: 'vector',
    body: '{"webhookTimestamp":0,"note":"café"}',
    headers: [['Linear-Signature', 'e721580b02f9eb2cc3bb5e303037048f94c807605d1fea6be662db2abd061ce2']],
    fields: [['webhookTimestamp', '1767225600123']],
  },
  mailgun: {
    secret: 'vector',
    body: '{"signature":{"timestamp":"1767225600","token":"a8ce0edb2dd8301dee6c2405235584e45aa91d1e9f979f3de0","signature":"669c0f2f6fc504310fbe45e718246f670e20e761fd3ba339d69a1491df9426b2"},"event-data":{"event":"opened"}}',
    received: [],
  },
  paddle: {
    secret: 'pdl_ntfset_vector',
    body: '{"note":"café ☕"}',
    headers: [
      ['Paddle-Signature', 'ts=1767225600;h1=400f5414e7c6b494ab5a5ba6bdfe6bca451f5030255152a7a0e40c994431102c'],
    ],
  },
  plaid: {
    secret:
      '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEfhdeQMWCIl0VbzNPn4ia/7UKndOy\n2W+GZVXT5ax8htTeKmP4NPvZk7EQ32EwsdpIbgnsYDwrMqRKdiWRuBawyg==\n-----END PUBLIC KEY-----\n',
    body: '{\n  "webhook_code": "ERROR",\n  "note": "café"\n}',
    received: [
      [
        'Plaid-Verification',
        'eyJhbGciOiJFUzI1NiIsImtpZCI6ImJmYmQ1MTExLThlMzMtNDY0My04Y2VkLWIyZTY0MmE3MmYzYyIsInR5cCI6IkpXVCJ9.eyJpYXQiOiAxNzY3MjI1NjAwLCAicmVxdWVzdF9ib2R5X3NoYTI1NiI6ICIwNjlmODJmOGIzYWU5NzU3MDY2OGQxMDBkMDhiODk3YmM4NDRkM2ZlMGRjMDg5ODhiMjExNjdkMzI1ZDJiNTdhIn0.t8JZKIy1UzSdQifDBLHNk8NVmjK1oQ6DsW8Bc1_gviRMSKtzavwwrm9BNQSb7-Mk49bwLGp_8HkSmQ21UK9z-Q',
      ],
    ],
  },
  razorpay: {
    secret: 'vector',
    body: '{"note":"café ☕"}',
    headers: [['X-Razorpay-Signature', '30a1f292df446de8c9e60cd841099b6b1cd13ebd879d0318e3ad0db1d3b6d82e']],
  },
  sendgrid: {
    secret:
      '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEfhdeQMWCIl0VbzNPn4ia/7UKndOy\n2W+GZVXT5ax8htTeKmP4NPvZk7EQ32EwsdpIbgnsYDwrMqRKdiWRuBawyg==\n-----END PUBLIC KEY-----\n',
    body: '[{"note":"café ☕"}]\r\n',
    received: [
      [
        'X-Twilio-Email-Event-Webhook-Signature',
        'MEUCIB0IxiLIJp7WB3y44eLAiILjCTu+elxbXV92UOh2Rf6xAiEA2pdLwBO4xpftj6rsnxcZwMI9HNlc1HXBhCCYkxaZcS8=',
      ],
      ['X-Twilio-Email-Event-Webhook-Timestamp', '1767225600'],
    ],
  },
  shopify: {
    secret: 'vector',
    body: '{"note":"café ☕"}',
    headers: [['X-Shopify-Hmac-Sha256', 'MKHykt9EbejJ5gzYQQmbaxzRPr2HnQMY460NsdO22C4=']],
  },
  slack: {
    secret: 'vector',
    body: '{"note":"café ☕"}',
    headers: [['X-Slack-Signature', 'v0=502133856b62fa47c3e9d35643c7a8417b2a55a252729f7c5721da57d29cb7cd']],
  },
  square: {
    secret: 'vector',
    body: '{"note":"café ☕"}',
    headers: [
      ['x-square-hmacsha256-signature', 'edC144wqSBHdQLMRwpuzQqTwRMhvWEYNkfq97l1HRqk='],
      ['x-square-signature', 'IeQhoxMtT4RLX5NBwsnKx9ya5+s='],
    ],
  },
  'standard-webhooks': {
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    body: '{"test": 2432232314}',
    received: [
      ['webhook-id', 'msg_p5jXN8AQM9LWM0D4loKWxJek'],
      ['webhook-timestamp', '1614265330'],
      ['webhook-signature', 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='],
    ],
  },
  stripe: {
    secret: 'whsec_vector',
    body: '{"note":"café ☕"}',
    headers: [['Stripe-Signature', 't=1767225600,v1=336822d40102aedd2766ca02909e154e9b5819cd094bdaec3cdce63b9a72baea']],
  },
  twilio: {
    secret: 'vector',
    body: 'SmsStatus=received&Body=Satu+kopi+%26+teh+%E2%98%95&Media=b&Media=a&Media=b&A=1',
    headers: [['X-Twilio-Signature', 'mTvRpdFFSqpurxCVsb/6vVacYjE=']],
  },
};
