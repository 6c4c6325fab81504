import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/core/delivery.js';
import { writeJson } from '../../src/json/dialect.js';
import { compileOne } from '../support/compile.js';
import { exampleProvider, exampleSample } from '../support/exampleProviders.js';
import { diagnosed, namesOf } from './support.js';

/** A request that a provider sent, and the pieces of it that receivers sign. */
interface Sent {
  readonly delivery: Delivery;
  readonly key: string;
  readonly text: string;
  readonly url: string;
  readonly parsed: unknown;
  readonly header: (name: string) => string;
}

/** A mistake that a vendor's documents or its users' issues warn of, with the signature of a receiver that makes it. */
interface Trap {
  readonly provider: string;
  readonly trap: string;
  readonly name: string | readonly string[];
  readonly computed: (sent: Sent) => string;
  readonly event?: string;
  readonly secret?: string;
  readonly url?: string;
  /** Replaces a text of the sample. */
  readonly replaced?: readonly [string, string];
}

const mac = (hash: string, key: string | Uint8Array, ...content: (string | Uint8Array)[]) => {
  const state = createHmac(hash, key);
  for (const piece of content) state.update(piece);
  return state.digest();
};
const sha256 = (key: string | Uint8Array, ...content: (string | Uint8Array)[]) => mac('sha256', key, ...content);
const again = ({ parsed }: Sent) => JSON.stringify(parsed);
const unbase64 = (text: string) => Buffer.from(text, 'base64');
const standard = ({ header }: Sent, prefix = 'webhook') =>
  `${header(`${prefix}-id`)}.${header(`${prefix}-timestamp`)}.`;
const afterBar = (key: string) => key.replace(/^whsec_/, '');

const traps: readonly Trap[] = [
  // The body is parsed, and made text again
  {
    provider: 'flutterwave',
    trap: 'the parsed body',
    name: 'body-js',
    replaced: ['"amount":42000', '"amount":42000.00'],
    computed: (sent) => sha256(sent.key, again(sent)).toString('base64'),
  },
  {
    provider: 'paystack',
    trap: 'the parsed body',
    name: 'body-js',
    replaced: ['"amount":4200000', '"amount":4200000.0'],
    computed: (sent) => mac('sha512', sent.key, again(sent)).toString('hex'),
  },
  {
    provider: 'cashfree',
    trap: '2450.00 becomes 2450',
    name: 'body-js',
    replaced: ['"payment_amount":', '"tip":2450.00,"payment_amount":'],
    computed: (sent) => sha256(sent.key, sent.header('x-webhook-timestamp'), again(sent)).toString('base64'),
  },
  {
    provider: 'checkout-com',
    trap: 'numbers change when the body is parsed',
    name: 'body-js',
    replaced: ['"type":', '"rate":1.50,"type":'],
    computed: (sent) => sha256(sent.key, again(sent)).toString('hex'),
  },
  {
    provider: 'whatsapp',
    trap: 'JSON.stringify, which escapes nothing',
    name: 'body-js',
    computed: (sent) => sha256(sent.key, again(sent)).toString('hex'),
  },
  {
    provider: 'tripay',
    trap: 'JSON of the parsed body',
    name: 'body-js',
    replaced: ['"is_closed_payment":', '"fee":4.0,"is_closed_payment":'],
    computed: (sent) => sha256(sent.key, again(sent)).toString('hex'),
  },
  {
    provider: 'clerk',
    trap: 'JSON.stringify(await req.json())',
    name: 'body-js',
    replaced: ['"object":', '"n":1.0,"object":'],
    computed: (sent) => sha256(unbase64(afterBar(sent.key)), standard(sent, 'svix'), again(sent)).toString('base64'),
  },
  {
    provider: 'clerk',
    trap: 'the Base64 body of a serverless platform',
    name: 'body-base64',
    computed: (sent) =>
      sha256(unbase64(afterBar(sent.key)), standard(sent, 'svix'), Buffer.from(sent.text).toString('base64')).toString(
        'base64',
      ),
  },
  {
    provider: 'line',
    trap: 'the parsed body',
    name: 'body-js',
    replaced: ['"destination":', '"n":1.0,"destination":'],
    computed: (sent) => sha256(sent.key, again(sent)).toString('base64'),
  },
  {
    provider: 'shopify',
    trap: 'a body parser rewrites the text',
    name: 'body-pretty-2',
    computed: (sent) => sha256(sent.key, JSON.stringify(sent.parsed, null, 2)).toString('base64'),
  },
  {
    provider: 'mux',
    trap: 'the parsed body',
    name: 'body-js',
    replaced: ['"type":', '"n":1.0,"type":'],
    computed: (sent) =>
      sha256(sent.key, `${/t=(\d+)/.exec(sent.header('mux-signature'))![1]}.`, again(sent)).toString('hex'),
  },
  // The other encoding
  {
    provider: 'shopify',
    trap: 'hex',
    name: 'encoding-hex',
    computed: ({ key, text }) => sha256(key, text).toString('hex'),
  },
  {
    provider: 'typeform',
    trap: 'hex',
    name: 'encoding-hex',
    computed: ({ key, text }) => sha256(key, text).toString('hex'),
  },
  {
    provider: 'woocommerce',
    trap: 'hex',
    name: 'encoding-hex',
    computed: ({ key, text }) => sha256(key, text).toString('hex'),
  },
  {
    provider: 'checkout-com',
    trap: 'Base64',
    name: 'encoding-base64',
    computed: ({ key, text }) => sha256(key, text).toString('base64'),
  },
  {
    provider: 'mandrill',
    trap: 'hex, and then Base64',
    name: 'encoding-base64-of-hex',
    url: 'https://shop.example.com/hooks/in',
    computed: ({ key, text, url }) =>
      Buffer.from(
        mac('sha1', key, url, `mandrill_events${new URLSearchParams(text).get('mandrill_events')}`).toString('hex'),
      ).toString('base64'),
  },
  // Another key
  {
    provider: 'adyen',
    trap: 'the hex key used as text',
    name: 'secret-not-decoded',
    computed: (sent) => sha256(sent.key, adyenContent(sent)).toString('base64'),
  },
  {
    provider: 'bigcommerce',
    trap: 'the client secret given to the library as it is',
    name: 'secret-base64url',
    computed: (sent) => sha256(unbase64(sent.key), standard(sent), sent.text).toString('base64'),
  },
  {
    provider: 'resend',
    trap: 'whsec_ left on',
    name: 'secret-not-decoded',
    computed: (sent) => sha256(sent.key, standard(sent, 'svix'), sent.text).toString('base64'),
  },
  {
    provider: 'svix',
    trap: 'what is behind whsec_ not decoded',
    name: 'secret-not-decoded',
    computed: (sent) => sha256(afterBar(sent.key), standard(sent, 'svix'), sent.text).toString('base64'),
  },
  {
    provider: 'square',
    trap: 'the key decoded from Base64',
    name: 'secret-base64',
    secret: 'c3F1YXJlLXNhbXBsZS1rZXk',
    computed: ({ key, url, text }) => sha256(unbase64(key), url, text).toString('base64'),
  },
  {
    provider: 'phonepe',
    trap: 'user and password as Basic has them',
    name: ['algorithm-none', 'encoding-base64'],
    computed: ({ key }) => Buffer.from(key).toString('base64'),
  },
  // Something else is signed
  {
    provider: 'mailgun',
    trap: 'the body, and not time and token',
    name: 'provider-scheme',
    computed: ({ key, text }) => sha256(key, text).toString('hex'),
  },
  {
    provider: 'midtrans',
    trap: 'the amount without its decimals',
    name: 'content-value-form',
    computed: ({ key, parsed }) =>
      sha512({ ...midtrans(parsed), amount: String(Number(midtrans(parsed).amount)) }, key),
  },
  {
    provider: 'duitku',
    trap: 'the order of a request and not of a callback',
    name: 'content-order',
    computed: ({ key, text }) => sha256(key, duitku(text, 'merchantCode', 'merchantOrderId', 'amount')).toString('hex'),
  },
  {
    provider: 'duitku',
    trap: 'MD5, as it was',
    name: 'algorithm-secret-last',
    computed: ({ key, text }) => md5(duitku(text, 'merchantCode', 'amount', 'merchantOrderId') + key),
  },
  {
    provider: 'midtrans',
    trap: 'SHA-256',
    name: 'algorithm-other-digest',
    computed: ({ key, parsed }) =>
      createHash('sha256')
        .update(midtransText(parsed) + key)
        .digest('hex'),
  },
  {
    provider: 'midtrans',
    trap: 'an HMAC',
    name: 'algorithm-keyed',
    computed: ({ key, parsed }) => mac('sha512', key, midtransText(parsed)).toString('hex'),
  },
  {
    provider: 'midtrans',
    trap: 'another order of the parts',
    name: 'content-order',
    computed: ({ key, parsed }) => {
      const { order, code, amount } = midtrans(parsed);
      return createHash('sha512').update(`${code}${order}${amount}${key}`).digest('hex');
    },
  },
  {
    provider: 'doku',
    trap: 'a line break after the last component',
    name: 'content-newline-added',
    computed: (sent) => dokuSignature(sent, '/hooks/in', '\n'),
    url: 'https://shop.example.com/hooks/in',
  },
  {
    provider: 'doku',
    trap: 'the target of the request to DOKU',
    name: 'content-path-form',
    computed: (sent) => dokuSignature(sent, '/', ''),
    url: 'https://shop.example.com/hooks/in',
  },
  {
    provider: 'doku',
    trap: 'the whole URL',
    name: 'content-path-form',
    computed: (sent) => dokuSignature(sent, 'https://shop.example.com/hooks/in', ''),
    url: 'https://shop.example.com/hooks/in',
  },
  {
    provider: 'mercadopago',
    trap: 'the id in lower case',
    name: 'content-value-form',
    replaced: ['"id":"', '"id":"ORD'],
    computed: (sent) => mercadoSignature(sent, (id) => id.toLowerCase()),
  },
  {
    provider: 'mandrill',
    trap: 'a slash at the end of the URL',
    name: 'content-url-form',
    url: 'https://shop.example.com/hooks/in',
    computed: ({ key, text, url }) =>
      mac('sha1', key, `${url}/`, `mandrill_events${new URLSearchParams(text).get('mandrill_events')}`).toString(
        'base64',
      ),
  },
  {
    provider: 'square',
    trap: 'http behind a proxy',
    name: 'content-url-form',
    url: 'https://shop.example.com/hooks/in',
    computed: ({ key, url, text }) => sha256(key, url.replace('https', 'http'), text).toString('base64'),
  },
  {
    provider: 'square',
    trap: 'without the query',
    name: 'content-url-form',
    url: 'https://shop.example.com/hooks/in?shop=1',
    computed: ({ key, url, text }) => sha256(key, url.split('?')[0]!, text).toString('base64'),
  },
  // Times
  {
    provider: 'twitch',
    trap: 'nanoseconds cut off',
    name: 'time-unit',
    computed: (sent) =>
      sha256(
        sent.key,
        sent.header('twitch-eventsub-message-id'),
        new Date(sent.header('twitch-eventsub-message-timestamp')).toISOString(),
        sent.text,
      ).toString('hex'),
  },
  {
    provider: 'workos',
    trap: 'seconds',
    name: 'time-unit',
    computed: ({ key, header, text }) =>
      sha256(key, `${/t=(\d+)\d{3}/.exec(header('workos-signature'))![1]}.`, text).toString('hex'),
  },
  {
    provider: 'zoom',
    trap: 'without v0:',
    name: 'content-separator',
    computed: ({ key, header, text }) => sha256(key, `${header('x-zm-request-timestamp')}:${text}`).toString('hex'),
  },
];

const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const midtrans = (parsed: unknown) => {
  const fields = parsed as Record<string, string>;
  return { order: fields.order_id!, code: fields.status_code!, amount: fields.gross_amount! };
};
const midtransText = (parsed: unknown) => Object.values(midtrans(parsed)).join('');
const sha512 = ({ order, code, amount }: ReturnType<typeof midtrans>, key: string) =>
  createHash('sha512').update(`${order}${code}${amount}${key}`).digest('hex');
const duitku = (text: string, ...names: string[]) => {
  const form = new URLSearchParams(text);
  return names.map((name) => form.get(name)).join('');
};
function dokuSignature({ key, header, text }: Sent, target: string, end: string): string {
  const digest = createHash('sha256').update(text).digest('base64');
  const parts = ['Client-Id', 'Request-Id', 'Request-Timestamp'].map((name) => `${name}:${header(name.toLowerCase())}`);
  return sha256(key, `${[...parts, `Request-Target:${target}`, `Digest:${digest}`].join('\n')}${end}`).toString(
    'base64',
  );
}
function mercadoSignature({ key, header, delivery }: Sent, written: (id: string) => string): string {
  const id = new URL(delivery.url).searchParams.get('data.id')!;
  const ts = /ts=(\d+)/.exec(header('x-signature'))![1];
  return sha256(key, `id:${written(id)};request-id:${header('x-request-id')};ts:${ts};`).toString('hex');
}
function adyenContent({ parsed }: Sent): string {
  const { notificationItems } = parsed as {
    notificationItems: [
      { NotificationRequestItem: Record<string, string> & { amount: { value: number; currency: string } } },
    ];
  };
  const item = notificationItems[0].NotificationRequestItem;
  const { value, currency } = item.amount;
  const before = [item.pspReference, item.originalReference ?? '', item.merchantAccountCode, item.merchantReference];
  return [...before, value, currency, item.eventCode, item.success].join(':');
}

function send({ provider: name, event, secret, url = 'https://shop.example.com/', replaced }: Trap): Sent {
  const provider = exampleProvider(name);
  const sample = writeJson(exampleSample(provider, event ?? provider.defaultEvent), provider.dialect);
  const body = replaced ? sample.replace(...replaced) : sample;
  if (replaced && body === sample) throw new Error(`the sample of ${name} has no ${replaced[0]}`);
  const key = secret ?? provider.secret.sample;
  const delivery = compileOne({ provider, body, url, secrets: [key], now: 1_768_357_867_123, ...(event && { event }) });
  const text = Buffer.from(delivery.body).toString('utf8');
  const header = (wanted: string) => {
    const found = delivery.headers.find(([each]) => each.toLowerCase() === wanted);
    if (!found) throw new Error(`${name} sends no ${wanted}`);
    return found[1];
  };
  return {
    delivery,
    key,
    text,
    url,
    header,
    parsed: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : null,
  };
}

describe('a trap that a vendor or its users warn of', () => {
  it.each(traps)('$provider: $trap', async (trap) => {
    const sent = send(trap);
    const diagnosis = await diagnosed({
      provider: exampleProvider(trap.provider),
      headers: sent.delivery.headers,
      body: sent.delivery.body,
      url: sent.delivery.url,
      secrets: [sent.key],
      now: 1_768_357_867_123,
      computed: trap.computed(sent),
    });
    expect(diagnosis.genuine).toBe(false);
    expect(namesOf(diagnosis)).toEqual([trap.name].flat());
  });
});
