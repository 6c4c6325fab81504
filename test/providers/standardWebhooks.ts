import type { Provider } from '../../src/core/provider.js';

const docs = 'https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md';

/** Standard Webhooks: a Base64 key behind a prefix, and id and time signed with the body. */
export const standardWebhooks = {
  name: 'standard-webhooks',
  title: 'Standard Webhooks',
  docs,
  flagship: 'contact.created',
  secret: {
    label: 'Secret',
    env: ['WEBHOOK_SECRET'],
    shape: { pattern: '^whsec_[A-Za-z0-9+/]+=*$', description: 'whsec_ and Base64' },
    sample: 'whsec_c3RhbmRhcmQtd2ViaG9va3Mtc2FtcGxlIQ==',
  },
  method: 'POST',
  headers: [
    ['content-type', 'application/json'],
    ['webhook-id', '{id}'],
    ['webhook-timestamp', '{timestamp}'],
    ['webhook-signature', { each: 'v1,{signature}', join: ' ' }],
  ],
  values: {
    id: { kind: 'alphanumeric', length: 27, prefix: 'msg_' },
    timestamp: { kind: 'time', format: 'unix-seconds' },
  },
  signatures: {
    signature: {
      scheme: 'hmac',
      hash: 'sha256',
      content: '{id}.{timestamp}.{body}',
      encoding: 'base64',
      key: ['strip:whsec_', 'base64'],
    },
  },
  dialect: 'js',
  verifiesOver: 'raw',
  eventAt: 'type',
  events: {
    'contact.created': { title: 'Contact created', trigger: 'A contact is created.', certainty: 'documented' },
  },
  stories: [],
  policy: {
    timeLimit: null,
    success: { value: '2xx', certainty: 'documented', source: docs },
    retry: null,
    resend: { value: ['times', 'signature'], certainty: 'inferred', source: docs },
    disabling: null,
  },
} as const satisfies Provider;
