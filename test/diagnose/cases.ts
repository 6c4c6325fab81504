import { createHash, createHmac } from 'node:crypto';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { Header } from '../../src/core/delivery.js';
import type { Provider } from '../../src/core/provider.js';
import { github } from '../providers/github.js';
import { slack } from '../providers/slack.js';
import { standardWebhooks } from '../providers/standardWebhooks.js';
import { stripe } from '../providers/stripe.js';
import { scalev } from '../support/providers.js';
import { captured, type GivenCase, hmac, madeElsewhere, secret } from './support.js';

/** A mistake made with other tools than our own, and the name that it must be called by. */
export interface DiagnosisCase extends Omit<GivenCase, 'headers'> {
  /** The names of the findings; one, or two mistakes that came together. */
  readonly name: string | readonly [string, string];
  readonly what: string;
  /** The signature that came, or that the receiver computed. */
  readonly signature: string;
  /** The headers around a signature; by default Scalev's. */
  readonly headers?: (signature: string) => readonly Header[];
  /** Cases that only a request can show, and not a value that a receiver computed. */
  readonly requestOnly?: true;
}

type Case = DiagnosisCase;
const key = 'its secret';
const time = '1700000000';
const b64 = (...content: (string | Uint8Array)[]) => hmac(key, ...content).toString('base64');
const hex = (...content: (string | Uint8Array)[]) => hmac(key, ...content).toString('hex');
const text = captured.toString('utf8');

/** A body that was signed as something else than it was captured. */
const body = (name: string, what: string, signed: string | Uint8Array, own: Uint8Array = captured): Case => ({
  name,
  what,
  provider: scalev,
  body: own,
  signature: b64(signed),
});

/** A key that is another than the secret that is given. */
const keyed = (
  name: string,
  what: string,
  used: string | Uint8Array,
  given: string,
  more: Partial<Case> = {},
): Case => ({
  name,
  what,
  provider: scalev,
  secrets: [given],
  signature: hmac(used, captured).toString('base64'),
  ...more,
});

const stripeHeaders = (signature: string): Header[] => [['Stripe-Signature', `t=${time},v1=${signature}`]];
const slackHeaders = (signature: string): Header[] => [
  ['X-Slack-Request-Timestamp', time],
  ['X-Slack-Signature', `v0=${signature}`],
];
const standardHeaders = (signature: string): Header[] => [
  ['webhook-id', 'msg_1'],
  ['webhook-timestamp', time],
  ['webhook-signature', `v1,${signature}`],
];
const githubHeaders = (signature: string): Header[] => [['X-Hub-Signature-256', `sha256=${signature}`]];
export const onlySha256: Provider = {
  ...github,
  headers: [['X-Hub-Signature-256', 'sha256={sha256}']],
  signatures: { sha256: github.signatures.sha256! },
};
export const signsUrl: Provider = {
  ...scalev,
  name: 'signs-url',
  signatures: { signature: { scheme: 'hmac', hash: 'sha256', content: '{url}{body}', encoding: 'base64' } },
};
const signed = (name: string, what: string, provider: Provider, ...content: (string | Uint8Array)[]): Case => ({
  name,
  what,
  provider,
  headers: provider === stripe ? stripeHeaders : slackHeaders,
  signature: hex(...content),
});

const latin1 = Buffer.from('{"name":"Größe"}', 'latin1');
const crlf = Buffer.from('{\r\n  "a": 1\r\n}');
const large = Buffer.from(JSON.stringify({ note: 'abc ☕ '.repeat(300) }));
const digest = (hash: string, ...content: (string | Uint8Array)[]) => {
  const state = createHash(hash);
  for (const piece of content) state.update(piece);
  return state.digest();
};
const other = (hash: string) => createHmac(hash, key).update(captured).digest('base64');
const right = hmac(key, captured);
/** Base64 with all that URL-safe Base64 writes otherwise. */
const marked = Buffer.from('{"n":15}');
const markedRight = hmac(key, marked).toString('base64');

const bodies: Case[] = [
  body('body-newline-removed', 'an editor added a newline', captured, Buffer.concat([captured, Buffer.from('\n')])),
  body('body-newline-removed', 'an editor added CRLF', captured, Buffer.concat([captured, Buffer.from('\r\n')])),
  body('body-newline-added', 'echo', `${text}\n`),
  body('body-newline-added', 'echo on Windows', `${text}\r\n`),
  body('body-trimmed', 'white space around it', text.trim(), Buffer.from(` \n${text}\n \n`)),
  body('body-lf', 'git autocrlf', '{\n  "a": 1\n}', crlf),
  body('body-crlf', 'dos2unix', crlf, Buffer.from('{\n  "a": 1\n}')),
  body('body-bom-added', "Python's utf-8-sig", madeElsewhere('utf-8-sig')),
  body('body-bom-removed', "Python's utf-8-sig in the capture", captured, madeElsewhere('utf-8-sig')),
  body('body-whitespace-removed', 'all white space', text.replace(/\s/g, '')),
  body('body-js', 'Express and JSON.stringify', JSON.stringify(JSON.parse(text))),
  body('body-js', 'integer keys, which JavaScript moves', '{"1":0,"b":0}', Buffer.from('{"b":0, "1":0}')),
  ...['python', 'python, compact', 'python, not ASCII', 'python, compact, not ASCII'].map((name) =>
    body('body-python', name, madeElsewhere(name)),
  ),
  body('body-go', 'a map, whose keys Go sorts', madeElsewhere('go')),
  body('body-ruby', 'JSON.generate', madeElsewhere('ruby')),
  body('body-rails', 'to_json', madeElsewhere('rails')),
  ...['php', 'php, slashes', 'php, unicode', 'php, arrays'].map((name) => body('body-php', name, madeElsewhere(name))),
  body('body-ascii', 'escapes', madeElsewhere('ascii')),
  body('body-ascii', 'escapes in capitals', madeElsewhere('ascii, capitals')),
  body('body-pretty-2', 'JavaScript', JSON.stringify(JSON.parse(text), null, 2)),
  body('body-pretty-2', 'Python', madeElsewhere('python, indent 2')),
  body('body-pretty-4', 'JavaScript', JSON.stringify(JSON.parse(text), null, 4)),
  body('body-pretty-4', 'Python', madeElsewhere('python, indent 4')),
  body('body-pretty-4', 'PHP', madeElsewhere('php, pretty')),
  body('body-pretty-tab', 'JavaScript', JSON.stringify(JSON.parse(text), null, '\t')),
  body('body-pretty-tab', 'Python', madeElsewhere('python, indent tab')),
  body('body-sorted', 'Python', madeElsewhere('python, sorted')),
  body('body-sorted', 'Python, compact', madeElsewhere('python, sorted, compact')),
  body(
    'body-spaced',
    'spaces of Python, numbers of JavaScript',
    '{"a": 1, "b": "é: ,"}',
    Buffer.from('{"a":1.0,"b":"é: ,"}'),
  ),
  body('body-empty', 'the stream was used up', ''),
  body('body-empty', 'no parser ran in Express', '{}'),
  body('body-object', 'String(object)', String(JSON.parse(text))),
  body('body-truncated', 'one chunk', large.subarray(0, 1024), large),
  body('body-truncated', 'length in characters', large.subarray(0, large.toString('utf8').length), large),
  body('body-truncated', 'the last byte', captured.subarray(0, -1)),
  body('body-member', 'data by JSON.stringify', JSON.stringify(JSON.parse(text).data)),
  body('body-mojibake', 'Python latin-1', madeElsewhere('latin-1 mojibake')),
  body('body-mojibake', 'Python cp1252', madeElsewhere('cp1252 mojibake')),
  body('body-latin1', 'the reverse', captured, madeElsewhere('latin-1 mojibake')),
  body('body-non-ascii-removed', 'Python ignore', madeElsewhere('ascii, ignored')),
  body('body-question-marks', 'Python replace', madeElsewhere('ascii, replaced')),
  body('body-replacement-characters', 'Python ascii', madeElsewhere('decoded as ascii')),
  body('body-replacement-characters', 'Latin-1 taken for UTF-8', new TextDecoder().decode(latin1), latin1),
  body('body-utf16', 'Python utf-16-le', madeElsewhere('utf-16')),
  body('body-decompressed', 'gzip by Python', captured, madeElsewhere('gzip')),
  body('body-decompressed', 'deflate by Python', captured, madeElsewhere('deflate')),
  body('body-decompressed', 'Brotli', captured, brotliCompressSync(captured)),
  body('body-compressed', 'gzip by Node', gzipSync(captured)),
  body('body-compressed', 'deflate by Node', deflateSync(captured)),
  body('body-base64', 'API Gateway, not decoded', madeElsewhere('base64')),
  body('body-base64-decoded', 'API Gateway', captured, madeElsewhere('base64')),
  body('body-json-string', 'JSON.stringify twice', JSON.stringify(text)),
  body('body-json-string-decoded', 'the reverse', captured, Buffer.from(JSON.stringify(text))),
  body('body-form', 'payload=', madeElsewhere('form')),
  body('body-form', 'percent-encoded', madeElsewhere('quoted')),
  body('body-form-decoded', 'payload=', captured, madeElsewhere('form')),
  body('body-buffer-json', 'express.raw and JSON.stringify', JSON.stringify(captured)),
  body('body-python-bytes', "f'{request.data}'", madeElsewhere('bytes')),
];

const secrets: Case[] = [
  keyed('secret-other', 'an old one in the environment', 'old', 'new', {
    others: [secret('old', 'env:SCALEV_CLIENT_SECRET')],
  }),
  keyed('secret-sample', 'the sample', scalev.secret.sample, 'mine'),
  keyed('secret-trimmed', 'a newline in the given one', 'abc', 'abc\n'),
  keyed('secret-trimmed', 'spaces', 'abc', '  abc '),
  keyed('secret-newline', 'echo', 'abc\n', 'abc'),
  keyed('secret-newline', 'a file from Windows', 'abc\r\n', 'abc'),
  keyed('secret-newline', 'a space after it', 'abc ', 'abc'),
  keyed('secret-unquoted', 'docker --env-file', 'abc', '"abc"'),
  keyed('secret-quoted', 'docker --env-file at the receiver', "'abc'", 'abc'),
  keyed('secret-prefix-removed', 'whsec_', 'abc', 'whsec_abc'),
  keyed('secret-prefix-removed', 'up to the last _', 'abc', 'acme_live_v2_abc'),
  keyed('secret-prefix-removed', 'a line of .env', 'abc', 'SCALEV_SIGNING_SECRET=abc'),
  keyed('secret-prefix-added', 'whsec_', 'whsec_abc', 'abc'),
  keyed('secret-not-decoded', 'the text, prefix and all', '', '', {
    provider: standardWebhooks,
    secrets: ['whsec_c2VjcmV0'],
    headers: standardHeaders,
    signature: hmac('whsec_c2VjcmV0', `msg_1.${time}.`, captured).toString('base64'),
  }),
  keyed('secret-not-decoded', 'the text after the prefix', '', '', {
    provider: standardWebhooks,
    secrets: ['whsec_c2VjcmV0'],
    headers: standardHeaders,
    signature: hmac('c2VjcmV0', `msg_1.${time}.`, captured).toString('base64'),
  }),
  keyed('secret-base64', 'kubectl', 'a key of bytes', Buffer.from('a key of bytes').toString('base64')),
  keyed('secret-base64', 'after its prefix', 'key bytes', `whsec_${Buffer.from('key bytes').toString('base64')}`),
  keyed(
    'secret-base64url',
    'URL-safe',
    Buffer.from([251, 255, 254, 1, 2]),
    Buffer.from([251, 255, 254, 1, 2]).toString('base64url'),
  ),
  keyed('secret-hex', 'hex', Buffer.from('00ff1234', 'hex'), '00ff1234'),
  keyed('secret-encoded', 'kubectl, not decoded', Buffer.from('abc').toString('base64'), 'abc'),
  keyed('secret-percent-decoded', 'from a URL', 'a/b+c', 'a%2Fb%2Bc'),
  keyed('secret-percent-encoded', 'as in a URL', 'a%2Fb%2Bc', 'a/b+c'),
  keyed('secret-lower-case', 'lower', 'abcdef', 'AbcDef'),
  keyed('secret-upper-case', 'upper', 'ABCDEF', 'AbcDef'),
  keyed('secret-unset', 'empty', '', 'abc'),
  keyed('secret-unset', 'undefined', 'undefined', 'abc'),
  keyed('secret-unset', 'null', 'null', 'abc'),
  keyed('secret-name', 'the name of the variable', 'SCALEV_SIGNING_SECRET', 'abc'),
  keyed('secret-placeholder', 'of an example', 'changeme', 'abc'),
  keyed('secret-cut', 'a comment in .env', 'abc', 'abc#def'),
  keyed('secret-cut', 'a variable of the shell', 'abc', 'abc$def'),
  keyed('secret-hashed', 'SHA-256 in hex', digest('sha256', 'abc').toString('hex'), 'abc'),
];

const algorithms: Case[] = [
  ...['sha1', 'sha512', 'sha384', 'md5'].map(
    (hash): Case => ({ name: `algorithm-${hash}`, what: hash, provider: scalev, signature: other(hash) }),
  ),
  {
    name: 'algorithm-sha256',
    what: 'SHA-256 where SHA-1 is used',
    provider: {
      ...scalev,
      signatures: { signature: { scheme: 'hmac', hash: 'sha1', content: '{body}', encoding: 'base64' } },
    },
    signature: right.toString('base64'),
  },
  ...(
    [
      ['algorithm-unkeyed', 'SHA-256 of the body', digest('sha256', captured)],
      ['algorithm-unkeyed', 'MD5 of the body', digest('md5', captured)],
      ['algorithm-secret-first', 'SHA-256', digest('sha256', key, captured)],
      ['algorithm-secret-first', 'SHA-1', digest('sha1', key, captured)],
      ['algorithm-secret-last', 'SHA-256', digest('sha256', captured, key)],
      ['algorithm-swapped', 'hmac.new(body, secret)', hmac(captured, key)],
      ['algorithm-double', 'HMAC of the hex hash', hmac(key, digest('sha256', captured).toString('hex'))],
      ['algorithm-double', 'hash of the HMAC', digest('sha256', right)],
    ] as const
  ).map(([name, what, bytes]): Case => ({ name, what, provider: scalev, signature: bytes.toString('base64') })),
];

const contents: Case[] = [
  signed('content-body-only', 'Stripe without the time', stripe, captured),
  signed('content-separator', 'Stripe with a colon', stripe, `${time}:`, captured),
  signed('content-separator', 'Slack without colons', slack, `v0${time}`, captured),
  signed('content-order', 'Stripe, the body first', stripe, captured, `.${time}`),
  {
    name: 'content-part-missing',
    what: 'Standard Webhooks without the id',
    provider: standardWebhooks,
    secrets: ['whsec_c2VjcmV0'],
    headers: standardHeaders,
    signature: hmac('secret', `${time}.`, captured).toString('base64'),
  },
  {
    name: 'content-with-header',
    what: 'a time that Scalev does not sign',
    provider: scalev,
    headers: (signature) => [
      ['X-Timestamp', time],
      ['X-Scalev-Hmac-Sha256', signature],
    ],
    signature: b64(`${time}.`, captured),
  },
  {
    name: 'content-with-url',
    what: 'as Square does',
    provider: scalev,
    url: 'https://shop.example/hooks?a=1',
    signature: b64('https://shop.example/hooks?a=1', captured),
  },
  {
    name: 'content-url-form',
    what: 'behind a proxy',
    provider: signsUrl,
    url: 'http://shop.example/hooks',
    signature: b64('https://shop.example/hooks', captured),
  },
  {
    name: 'content-url-form',
    what: 'a slash at its end',
    provider: signsUrl,
    url: 'https://shop.example/hooks',
    signature: b64('https://shop.example/hooks/', captured),
  },
  signed('time-unit', 'milliseconds', stripe, `${time}000.`, captured),
  signed('time-missing', 'undefined', slack, 'v0:undefined:', captured),
  signed('time-changed', 'a minute later', stripe, `${Number(time) - 60}.`, captured),
  {
    name: 'provider-scheme',
    what: "Stripe's content, where Scalev signs the body",
    provider: standardWebhooks,
    secrets: ['whsec_c2VjcmV0'],
    providers: [stripe, slack],
    headers: standardHeaders,
    signature: hmac('whsec_c2VjcmV0', `${time}.`, captured).toString('base64'),
  },
];

const texts: Case[] = [
  { name: 'encoding-hex', what: 'hex', provider: scalev, signature: right.toString('hex') },
  {
    name: 'encoding-upper-hex',
    what: 'capitals',
    provider: onlySha256,
    headers: githubHeaders,
    signature: right.toString('hex').toUpperCase(),
  },
  {
    name: 'encoding-base64',
    what: 'Base64',
    provider: onlySha256,
    headers: githubHeaders,
    signature: right.toString('base64'),
  },
  {
    name: 'encoding-base64url',
    what: 'URL-safe',
    provider: scalev,
    body: marked,
    signature: hmac(key, marked).toString('base64url'),
  },
  {
    name: 'encoding-unpadded',
    what: 'no =',
    provider: scalev,
    body: marked,
    signature: markedRight.replace(/=+$/, ''),
  },
  {
    name: 'encoding-base64-of-hex',
    what: 'PHP base64_encode(hash_hmac())',
    provider: scalev,
    signature: Buffer.from(right.toString('hex')).toString('base64'),
  },
  {
    name: 'encoding-hex-of-base64',
    what: 'the reverse',
    provider: scalev,
    signature: Buffer.from(right.toString('base64')).toString('hex'),
  },
  {
    name: 'signature-whitespace',
    what: "Ruby's encode64",
    provider: scalev,
    signature: `${right.toString('base64').slice(0, 30)}\n${right.toString('base64').slice(30)}\n`,
  },
  { name: 'signature-quoted', what: 'quotes', provider: scalev, signature: `"${right.toString('base64')}"` },
  { name: 'signature-quoted', what: "Python's b'…'", provider: scalev, signature: `b'${right.toString('base64')}'` },
  {
    name: 'signature-percent-encoded',
    what: 'encodeURIComponent',
    provider: scalev,
    signature: encodeURIComponent(right.toString('base64')),
  },
  {
    name: 'signature-spaces-for-plus',
    what: 'form decoding',
    provider: scalev,
    body: marked,
    signature: markedRight.replaceAll('+', ' '),
  },
  { name: 'signature-prefix', what: 'sha256=', provider: scalev, signature: `sha256=${right.toString('base64')}` },
  {
    name: 'signature-prefix-missing',
    what: 'no sha256=',
    provider: onlySha256,
    headers: (signature) => [['X-Hub-Signature-256', signature]],
    signature: right.toString('hex'),
    requestOnly: true,
  },
  {
    name: 'signature-case-changed',
    what: 'lower-cased Base64',
    provider: scalev,
    signature: right.toString('base64').toLowerCase(),
  },
  {
    name: 'signature-cut',
    what: 'a column of 40 characters',
    provider: onlySha256,
    headers: githubHeaders,
    signature: right.toString('hex').slice(0, 40),
  },
  {
    name: 'header-other',
    what: 'renamed',
    provider: scalev,
    headers: (signature) => [['X-Signature', signature]],
    signature: right.toString('base64'),
    requestOnly: true,
  },
  {
    name: 'header-doubled',
    what: 'a false one first',
    provider: scalev,
    headers: (signature) => [
      ['X-Scalev-Hmac-Sha256', 'AAAA'],
      ['X-Scalev-Hmac-Sha256', signature],
    ],
    signature: right.toString('base64'),
    requestOnly: true,
  },
  {
    name: 'provider-other',
    what: "BharatCart's request",
    provider: scalev,
    headers: (signature) => [['X-Webhook-Signature', signature]],
    signature: right.toString('hex'),
    requestOnly: true,
  },
  {
    name: 'time-old',
    what: 'ten minutes ago',
    provider: stripe,
    now: 1_700_000_600_000,
    headers: stripeHeaders,
    signature: hex(`${time}.`, captured),
    requestOnly: true,
  },
  {
    name: 'time-future',
    what: 'in ten minutes',
    provider: slack,
    now: 1_699_999_400_000,
    headers: slackHeaders,
    signature: hex(`v0:${time}:`, captured),
    requestOnly: true,
  },
];

const pairs: Case[] = [
  {
    ...body('', 'Express and a newline in the secret', ''),
    name: ['secret-newline', 'body-js'],
    signature: hmac('its secret\n', JSON.stringify(JSON.parse(text))).toString('base64'),
  },
  {
    ...body('', 'PHP body, hex', ''),
    name: ['body-php', 'encoding-hex'],
    signature: hmac(key, madeElsewhere('php')).toString('hex'),
  },
  {
    ...body('', 'Python body under SHA-1', ''),
    name: ['body-python', 'algorithm-sha1'],
    signature: createHmac('sha1', key).update(madeElsewhere('python')).digest('base64'),
  },
  {
    ...body('', 'a Base64 secret, hex', ''),
    name: ['secret-base64', 'encoding-hex'],
    secrets: ['Ynl0ZXM='],
    signature: hmac('bytes', captured).toString('hex'),
  },
  {
    ...body('', 'the empty secret and SHA-512', ''),
    name: ['secret-unset', 'algorithm-sha512'],
    signature: createHmac('sha512', '').update(captured).digest('base64'),
  },
  {
    ...signed('', 'no time, and JSON.stringify', stripe, JSON.stringify(JSON.parse(text))),
    name: ['body-js', 'content-body-only'],
  },
  {
    ...signed('', 'a quoted secret, and a colon', stripe, ''),
    name: ['secret-quoted', 'content-separator'],
    signature: hmac('"its secret"', `${time}:`, captured).toString('hex'),
  },
  {
    ...body('', 'a header of another name, in hex', ''),
    name: ['header-other', 'encoding-hex'],
    headers: (signature) => [['X-Hook-Proof', signature]],
    signature: right.toString('hex'),
    requestOnly: true,
  },
  {
    ...body('', 'an old secret, and the newline of echo', ''),
    name: ['secret-other', 'body-newline-added'],
    secrets: ['new', 'old'],
    signature: hmac('old', `${text}\n`).toString('base64'),
  },
];

/** Every diagnosis, made by Node's own crypto, zlib and encoders, or by Python, Go, Ruby and PHP. */
export const cases: readonly Case[] = [...bodies, ...secrets, ...algorithms, ...contents, ...texts, ...pairs];
