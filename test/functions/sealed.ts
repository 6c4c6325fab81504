import { folderOf } from '../support/folder.js';

/** 32 characters, as the key of AES-256 that merchants choose for WeChat Pay. */
export const sealKey = 'a-key-of-thirty-two-characters-1';

/** One member of the payload, and not the rest, is encrypted; what is sent is signed in a header. */
const resource = `import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
export default {
  name: 'vault',
  title: 'Vault',
  secret: { label: 'API key', sample: 'sample-key-of-thirty-two-letters', shape: { pattern: '^.{32}$', description: '32 characters' } },
  headers: {
    'Content-Type': 'application/json',
    'Vault-Timestamp': '{time}',
    'Vault-Signature': '{signature}',
  },
  values: { time: { kind: 'time', format: 'unix-seconds' } },
  signatures: {
    sealed: {
      scheme: 'custom',
      sign: async ({ secret, body }) => {
        const { resource, ...rest } = JSON.parse(Buffer.from(body).toString('utf8'));
        const nonce = randomBytes(6).toString('hex');
        const cipher = createCipheriv('aes-256-gcm', secret, nonce).setAAD(Buffer.from('payment'));
        const sealed = Buffer.concat([cipher.update(JSON.stringify(resource)), cipher.final(), cipher.getAuthTag()]);
        return JSON.stringify({
          ...rest,
          resource: { algorithm: 'AEAD_AES_256_GCM', associated_data: 'payment', nonce, ciphertext: sealed.toString('base64') },
        });
      },
      open: ({ secret, text }) => {
        const { resource, ...rest } = JSON.parse(text);
        const sealed = Buffer.from(resource.ciphertext, 'base64');
        const decipher = createDecipheriv('aes-256-gcm', secret, resource.nonce).setAAD(Buffer.from(resource.associated_data));
        decipher.setAuthTag(sealed.subarray(-16));
        const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
        return JSON.stringify({ ...rest, resource: JSON.parse(plain.toString('utf8')) });
      },
    },
    signature: { scheme: 'hmac', hash: 'sha256', content: '{time}\\n{body}\\n', encoding: 'base64' },
  },
  body: '{sealed}',
  eventAt: 'event_type',
  events: ['TRANSACTION.SUCCESS', 'REFUND.SUCCESS'],
  identities: [{
    name: 'payment', title: 'A payment', times: ['iso-offset'], eventTime: ['create_time'],
    ids: [{ kind: 'uuid4', path: 'id', deduplicates: true }],
  }],
  policy: { retry: { max: 2, delays: ['1m', '1m'] }, resend: ['times', 'signature'] },
};
`;

/** The whole body is a token that only the holder of the key can read (RFC 7516, compact, dir with A256GCM); no header proves it. */
const token = `import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
const encode = (bytes) => Buffer.from(bytes).toString('base64url');
export default {
  name: 'jot',
  title: 'Jot',
  secret: { label: 'shared key', sample: 'sample-key-of-thirty-two-letters' },
  headers: { 'Content-Type': 'application/jose' },
  signatures: {
    jwe: {
      scheme: 'custom',
      sign: ({ secret, body }) => {
        const head = encode(JSON.stringify({ alg: 'dir', enc: 'A256GCM' }));
        const iv = randomBytes(12);
        const cipher = createCipheriv('aes-256-gcm', secret, iv).setAAD(Buffer.from(head));
        const sealed = Buffer.concat([cipher.update(body), cipher.final()]);
        return [head, '', encode(iv), encode(sealed), encode(cipher.getAuthTag())].join('.');
      },
      open: ({ secret, text }) => {
        const [head, , iv, sealed, tag] = text.split('.').map((part) => part);
        const decipher = createDecipheriv('aes-256-gcm', secret, Buffer.from(iv, 'base64url')).setAAD(Buffer.from(head));
        decipher.setAuthTag(Buffer.from(tag, 'base64url'));
        return Buffer.concat([decipher.update(Buffer.from(sealed, 'base64url')), decipher.final()]);
      },
    },
  },
  body: '{jwe}',
  eventAt: 'event',
  events: ['note.made', 'note.sent'],
};
`;

/** The whole body is lines of text that a function writes of JSON, and a header signs them. */
const lines = `export default {
  name: 'rows',
  title: 'Rows',
  headers: { 'Content-Type': 'text/csv', 'Rows-Event': '{event}', 'Rows-Signature': 'sha256={signature}' },
  signatures: {
    csv: {
      scheme: 'custom',
      sign: ({ body }) => {
        const { rows } = JSON.parse(Buffer.from(body).toString('utf8'));
        const names = Object.keys(rows[0]);
        return [names, ...rows.map((row) => names.map((name) => row[name]))].map((cells) => cells.join(';') + '\\r\\n').join('');
      },
      open: ({ text }) => {
        const [names, ...rows] = text.trimEnd().split('\\r\\n').map((line) => line.split(';'));
        return JSON.stringify({ rows: rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at]]))) });
      },
    },
    signature: { scheme: 'hmac', hash: 'sha256', content: '{body}', encoding: 'hex' },
  },
  body: '{csv}',
  events: ['stock.counted'],
};
`;

/** A field holds what a function makes of all others, differently each time, and another one below it a hash of that. */
const stamped = `import { createHash, randomBytes } from 'node:crypto';
const hash = (secret, salt, body) => createHash('sha512').update(salt + secret).update(body).digest('hex');
export default {
  name: 'stamp',
  title: 'Stamp',
  headers: { 'Content-Type': 'application/json' },
  signatures: {
    stamp: {
      scheme: 'custom',
      sign: ({ secret, body }) => {
        const salt = randomBytes(4).toString('hex');
        return salt + '.' + hash(secret, salt, body);
      },
      verify: ({ secret, body, text }) => text === text.split('.')[0] + '.' + hash(secret, text.split('.')[0], body),
    },
    check: { scheme: 'custom', sign: ({ body }) => createHash('md5').update(body).digest('hex') },
  },
  fields: [['meta.stamp', '{stamp}'], ['meta.check', '{check}']],
  eventAt: 'event',
  events: ['note.made', 'note.sent'],
};
`;

/** A project with providers whose bodies, or fields of them, are made by functions. */
export function sealedProject(): string {
  return folderOf({
    'webhook-sim.config.yaml':
      'providers: webhooks\nsecrets: { vault: env:SEAL_KEY, jot: env:SEAL_KEY, rows: env:SEAL_KEY, stamp: env:SEAL_KEY }\n',
    'webhooks/vault/provider.mjs': resource,
    'webhooks/vault/events/TRANSACTION.SUCCESS.json': JSON.stringify({
      id: '5b8e1d47-92c6-4a30-b5f7-e1d2c3b4a596',
      create_time: '2026-01-14T10:31:07+08:00',
      event_type: 'TRANSACTION.SUCCESS',
      resource: { out_trade_no: 'ORDER-1001', amount: { total: 4500 }, note: 'kopi susu ☕' },
    }),
    'webhooks/vault/events/REFUND.SUCCESS.json': JSON.stringify({
      id: '1c7f3e58-40d9-4b62-a8e1-93d5c6b7f204',
      create_time: '2026-01-14T10:41:07+08:00',
      event_type: 'REFUND.SUCCESS',
      resource: { out_trade_no: 'ORDER-1001', out_refund_no: 'REFUND-1', amount: { refund: 4500 } },
    }),
    'webhooks/jot/provider.mjs': token,
    'webhooks/jot/events/note.made.json': '{"event":"note.made","note":{"id":"n1","text":"hi"}}',
    'webhooks/jot/events/note.sent.json': '{"event":"note.sent","note":{"id":"n1","text":"hi"}}',
    'webhooks/stamp/provider.mjs': stamped,
    'webhooks/stamp/events/note.made.json':
      '{"event":"note.made","note":{"id":"n1"},"meta":{"stamp":"","check":""},"end":1}',
    'webhooks/stamp/events/note.sent.json':
      '{"event":"note.sent","note":{"id":"n1"},"meta":{"stamp":"","check":""},"end":1}',
    'webhooks/rows/provider.mjs': lines,
    'webhooks/rows/events/stock.counted.json': '{"rows":[{"sku":"KS-1","count":"4"},{"sku":"KS-2","count":"0"}]}',
  });
}
