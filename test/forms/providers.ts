import { folderOf } from '../support/folder.js';

/** A provider of a test: its description as a file has it, and its samples by the names of their files. */
export interface Described {
  readonly description: Readonly<Record<string, unknown>>;
  readonly samples: Readonly<Record<string, unknown>>;
}

const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
const xml =
  '<?xml version="1.0" encoding="UTF-8"?>\n<notification>\n  <timestamp type="datetime">2026-01-14T02:31:07Z</timestamp>\n  <kind>subscription_canceled</kind>\n</notification>\n';

/** Providers whose forms hold signatures, secrets and JSON. */
export const formProviders: Readonly<Record<string, Described>> = {
  // A signature over a field that is Base64 of XML, behind a public key.
  pine: {
    description: {
      headers: form,
      dialect: { kind: 'form', contents: { bt_payload: 'base64' } },
      values: { payload: { kind: 'field', path: 'bt_payload' } },
      signatures: {
        signature: { scheme: 'hmac', hash: 'sha1', key: ['hash:sha1'], content: '{payload}', encoding: 'hex' },
      },
      fields: [['bt_signature', 'public_key|{signature}']],
      identities: [{ name: 'all', title: 'All', events: ['canceled'], ids: [], times: ['iso-seconds'], eventTime: [] }],
    },
    samples: { 'canceled.json': { bt_signature: '', bt_payload: xml } },
  },
  // A key pair's signature over all fields by name but two, and those without a text; one of them is JSON.
  alder: {
    description: {
      headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' },
      dialect: { kind: 'form', contents: { biz_content: 'php' } },
      secret: { sample: 'seed:alder' },
      values: {
        content: {
          kind: 'fields',
          paths: 'sorted',
          except: ['sign_type'],
          empty: 'left out',
          each: '{name}={value}',
          join: '&',
          absent: 'left out',
        },
      },
      signatures: {
        sign: { scheme: 'rsa', hash: 'sha256', padding: 'pkcs1', content: '{content}', encoding: 'base64' },
      },
      fields: [['sign', '{sign}']],
    },
    samples: {
      'paid.json': {
        notify_id: '91722adff935e8cfa58b3aabf4dead6ibe',
        sign_type: 'RSA2',
        sign: '',
        note: 'Tea & Co. ☕/é',
        biz_content: { items: [{ price: 12.5, title: 'Ünïcode/tea' }] },
      },
    },
  },
  duke: {
    description: {
      headers: form,
      dialect: 'form',
      values: {
        merchant: { kind: 'field', path: 'merchantCode' },
        amount: { kind: 'field', path: 'amount' },
        order: { kind: 'field', path: 'merchantOrderId' },
      },
      signatures: {
        signature: { scheme: 'digest', hash: 'md5', content: '{merchant}{amount}{order}{secret}', encoding: 'hex' },
      },
      fields: [['signature', '{signature}']],
    },
    samples: {
      'paid.json': {
        merchantCode: 'DX001',
        amount: 150000,
        merchantOrderId: 'A-1',
        signature: '',
        resultCode: '00',
        productDetail: 'Two cups',
      },
    },
  },
  // The secret itself beside a field of JSON.
  flip: {
    description: {
      headers: form,
      dialect: { kind: 'form', contents: { data: 'php' } },
      fields: [['token', '{secret}']],
    },
    samples: { 'done.json': { data: { id: 'FT1', amount: 10000, sender: 'Ayu/é' }, token: '' } },
  },
  yew: {
    description: {
      headers: form,
      dialect: 'form',
      values: {
        content: {
          kind: 'fields',
          paths: ['status', 'udf1', 'email', 'txnid'],
          each: '{value}',
          join: '|',
          absent: 'empty',
        },
      },
      signatures: {
        hash: { scheme: 'digest', hash: 'sha512', content: '{secret}|{content}|key', encoding: 'hex' },
      },
      fields: [['hash', '{hash}']],
    },
    samples: { 'success.json': { txnid: 'T-77', status: 'success', email: 'ayu@example.com', hash: '' } },
  },
  // Objects and lists as PHP reads them, signed as bytes.
  nest: {
    description: {
      headers: { ...form, 'X-Nest-Signature': '{signature}' },
      dialect: { kind: 'form', nesting: 'brackets', lists: 'indices' },
      signatures: { signature: { scheme: 'hmac', hash: 'sha256', content: '{body}', encoding: 'hex' } },
      eventAt: 'event.type',
    },
    samples: {
      'order.paid.json': {
        event: { type: 'order.paid' },
        data: { items: [{ id: 'a' }, { id: 'b' }], tags: ['x', 'y'], note: null },
      },
    },
  },
  // The secret inside of the JSON that a field holds.
  kofi: {
    description: {
      headers: form,
      dialect: { kind: 'form', contents: { data: 'js' } },
      eventAt: 'data.type',
      fields: [['data.verification_token', '{secret}']],
    },
    samples: {
      'Donation.json': { data: { verification_token: '', type: 'Donation', amount: '3.00', message: 'Søt & 5' } },
    },
  },
  fig: {
    description: {
      headers: { 'Content-Type': 'application/json' },
      eventAt: 'event_type',
      fields: [['passcode', '{secret}']],
    },
    samples: { 'FILE_UPDATE.json': { event_type: 'FILE_UPDATE', passcode: '' } },
  },
  ship: {
    description: {
      headers: { 'Content-Type': 'application/json' },
      eventAt: 'event',
      query: [['token', '{secret}']],
    },
    samples: { 'track_updated.json': { event: 'track_updated', data: { id: 'x1' } } },
  },
};

/** Providers of bodies that are parts, texts or nothing, and of payloads in the query. */
export const otherProviders: Readonly<Record<string, Described>> = {
  // JSON in a part, a signature inside of it, and files.
  parts: {
    description: {
      headers: { 'Content-Type': 'multipart/form-data; boundary=xYzZY' },
      dialect: { kind: 'multipart', contents: { json: 'php' } },
      values: { time: { kind: 'field', path: 'json.event.time' } },
      signatures: { hash: { scheme: 'hmac', hash: 'sha256', content: '{time}', encoding: 'hex' } },
      eventAt: 'json.event.type',
      fields: [['json.event.hash', '{hash}']],
    },
    samples: {
      'signed.json': {
        json: { event: { type: 'signed', time: '1768357867', hash: '' }, title: 'Ünï/x' },
        'na"me': 'two\nlines',
        attachment: { $file: 'amounts.csv', $type: 'text/csv', $text: 'id;amount\n1;2\n' },
        picture: {
          $file: 'ü "1".gif',
          $type: 'image/gif',
          $base64: 'R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=',
        },
      },
    },
  },
  // Everything in the query of a GET.
  query: {
    description: {
      method: 'GET',
      headers: { 'User-Agent': 'query/1' },
      dialect: 'query',
      values: {
        content: { kind: 'fields', paths: 'sorted', each: '{name}={value}', join: '&', absent: 'left out' },
      },
      signatures: { sign: { scheme: 'hmac', hash: 'sha256', content: '{content}', encoding: 'hex' } },
      eventAt: 'status',
      fields: [['sign', '{sign}']],
      identities: [
        {
          name: 'order',
          title: 'An order',
          events: ['paid'],
          ids: [{ kind: 'digits', path: 'order_id', deduplicates: true }],
          times: ['iso-seconds'],
          eventTime: ['at'],
        },
      ],
    },
    samples: {
      'paid.form': 'order_id=80017364&status=paid&sign=&note=a%26b+c%3D%E2%98%95&at=2026-01-14T02%3A31%3A07Z\n',
    },
  },
  // XML that is signed as bytes, with the time of its event.
  note: {
    description: {
      headers: { 'Content-Type': 'application/xml', 'X-Note-Event': '{event}', 'X-Note-Signature': '{signature}' },
      dialect: 'text',
      signatures: { signature: { scheme: 'hmac', hash: 'sha256', content: '{body}', encoding: 'hex' } },
      identities: [
        {
          name: 'note',
          title: 'A note',
          events: ['order.paid'],
          ids: [{ kind: 'digits', literal: '80017364', deduplicates: true }],
          times: ['iso-seconds'],
          eventTime: ['<at>'],
        },
      ],
    },
    samples: {
      'order.paid.xml': '<?xml version="1.0"?>\n<order id="80017364">\n  <at>2026-01-14T02:31:07Z</at>\n</order>\n',
      'ping.txt': '',
    },
  },
};

/** A project with providers, each of which also knows the secret of the tests. */
export function projectOf(providers: Readonly<Record<string, Described>>): string {
  const files: Record<string, string> = { 'webhook-sim.config.json': JSON.stringify({ providers: 'webhooks' }) };
  for (const [name, { description, samples }] of Object.entries(providers)) {
    files[`webhooks/${name}/provider.json`] = JSON.stringify({ name, ...description });
    for (const [file, content] of Object.entries(samples))
      files[`webhooks/${name}/events/${file}`] = typeof content === 'string' ? content : JSON.stringify(content);
  }
  return folderOf(files);
}
