import type { Dialect } from '../core/provider.js';
import type { CheckCase } from './case.js';

const KiB = 1024;

/** Whose JSON a dialect is, in the words of those who write it. */
const writers: Partial<Record<Dialect, string>> = {
  js: 'as JavaScript writes JSON',
  pretty: 'with line breaks and indentation',
  ascii: 'with \\u escapes in place of other letters',
  python: 'as Python writes JSON',
  go: 'as Go writes JSON',
  ruby: 'as Ruby writes JSON',
  php: 'as PHP writes JSON',
};

const rawBody =
  'Hash the raw bytes of the body, before any parser: express.raw() or the verify hook of express.json(), addContentTypeParser in Fastify, request.get_data() in Flask, request.raw_post in Rails, php://input.';

const inDialect = ([dialect, sent]: [string, string]): CheckCase => ({
  name: `dialect-${dialect}`,
  class: 'must-accept',
  sent: `the body ${sent}`,
  why: 'Equal JSON can be other bytes, and the signature is over bytes; providers change their encoders.',
  fix: rawBody,
  body: { is: 'dialect', dialect: dialect as Dialect },
  restringified: true,
});

const padded = (kib: number, size: string): CheckCase => ({
  name: `padded-${size}`,
  class: 'must-accept',
  sent: `the event in a body of ${kib < KiB ? `${kib} KiB` : `${kib / KiB} MiB`}`,
  why: 'Orders with many items are large, and they are lost where a framework stops before.',
  fix: "Raise the body limit of this route: express.raw({ limit: '2mb' }), bodyLimit in Fastify, client_max_body_size in nginx.",
  body: { is: 'padded', toBytes: kib * KiB },
});

/** The plain event: first of all, and last. */
export const plainCase: CheckCase = {
  name: 'plain',
  class: 'must-accept',
  sent: 'the event as the provider sends it',
  why: 'Nothing can be said of a receiver that does not accept what is genuine.',
  fix: 'Compare the secret and the path on both sides, then which bytes and which header are verified.',
  alone: true,
};

/** What a correct receiver accepts. */
export const mustAccept: readonly CheckCase[] = [
  plainCase,
  {
    name: 'non-ascii',
    class: 'must-accept',
    sent: 'letters beyond ASCII, and an emoji',
    why: 'Names of people and products hold them; an event with one is refused or garbled.',
    fix: 'Hash the bytes of the body as they came, or decode and encode them as UTF-8 both times; never latin1, binary or ascii.',
    body: { is: 'text', text: 'Zoë Łukasz Ñandú 日本語 😀 𝒳' },
  },
  ...Object.entries(writers).map(inDialect),
  {
    name: 'unknown-fields',
    class: 'must-accept',
    sent: 'fields that the documents do not have',
    why: 'Providers add fields without notice; a strict schema turns that into an outage.',
    fix: 'Let the schema pass unknown members (no .strict(), additionalProperties: true, extra="ignore").',
    body: { is: 'members', json: '"webhook_sim_field":{"added":true,"items":[1,"two",null]}' },
  },
  {
    name: 'lower-case-headers',
    class: 'must-accept',
    sent: 'header names in lower case',
    why: 'Header names have no letter case; proxies and HTTP/2 send them in lower case.',
    fix: "Look {header} up without regard to case: request.headers['{lowerHeader}'] in Node.js, headers.get() elsewhere.",
    wire: { is: 'lower-case names' },
  },
  {
    name: 'charset',
    class: 'must-accept',
    sent: 'Content-Type with "; charset=utf-8"',
    why: 'Many HTTP clients add the parameter on their own.',
    fix: 'Compare the media type without its parameters, or take every content type on this route.',
    wire: { is: 'charset' },
  },
  padded(64, '64k'),
  { ...padded(256, '256k'), remarkOnly: true },
  { ...padded(1024, '1m'), remarkOnly: true },
  {
    name: 'chunked',
    class: 'must-accept',
    sent: 'the body in chunks, without Content-Length',
    why: 'HTTP/1.1 receivers have to take chunks; proxies send them.',
    fix: 'Read the body to its end, whatever Content-Length says; do not ask for the header.',
    framing: 'chunked',
  },
  {
    name: 'divided-character',
    class: 'must-accept',
    sent: 'a character that is divided between two chunks',
    why: 'Text made of each chunk for itself falls apart there, at random, in large bodies.',
    fix: 'Collect the chunks as bytes and join them with Buffer.concat(chunks); do not add them to a string.',
    body: { is: 'divided character' },
    framing: 'chunked',
  },
  {
    name: 'same-twice',
    class: 'must-accept',
    sent: 'the same delivery twice',
    why: 'Providers send again what they think was lost; any other answer than 2xx makes them go on.',
    fix: 'Remember the ids of what was handled and answer 2xx for those at once (INSERT … ON CONFLICT DO NOTHING).',
    copies: { count: 2, are: 'the same' },
    mild: [409],
    alone: true,
  },
  {
    name: 'unknown-event',
    class: 'must-accept',
    sent: 'an event of a name that does not exist yet',
    why: 'Providers add events, and count what is not 2xx as a failure, until they stop sending.',
    fix: 'Answer 2xx to events that you do not handle, and do nothing.',
    body: { is: 'unknown event' },
    remarkOnly: true,
  },
  {
    name: '20-at-once',
    class: 'must-accept',
    sent: '20 deliveries at once',
    why: 'A sale or an import sends many events in one moment.',
    fix: 'Answer first and work later: put the event into a queue, and keep locks and slow calls out of the request.',
    copies: { count: 20, are: 'at once' },
    alone: true,
  },
];
