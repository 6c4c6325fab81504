import type { JsonDialect } from '../../core/provider.js';
import { type AdviceFacts, joinAdvice, languageNote } from '../adviceText.js';
import { coversBody, describeComparedValues, proofKindOf, rawBody } from '../schemeAdvice.js';
import type { CheckCase } from './case.js';

const KiB = 1024;

/** Descriptions of JSON dialects. */
const writers: Partial<Record<JsonDialect, string>> = {
  js: 'as JavaScript writes JSON',
  pretty: 'with line breaks and indentation',
  ascii: 'with \\u escapes in place of other letters',
  python: 'as Python writes JSON',
  go: 'as Go writes JSON',
  ruby: 'as Ruby writes JSON',
  php: 'as PHP writes JSON',
};

/** Advice on the signed bytes; where the secret alone is compared, no byte of the body can be wrong. */
const signedBytes = (facts: AdviceFacts) =>
  proofKindOf(facts.provider) === 'secret' || !coversBody(facts.provider)
    ? 'Read in the log of the receiver what it says of this body.'
    : rawBody(facts);

const inDialect = ([dialect, sent]: [string, string]): CheckCase => ({
  name: `dialect-${dialect}`,
  class: 'must-accept',
  sent: `the body ${sent}`,
  why: 'Equal JSON can be other bytes, and providers change their encoders.',
  fix: signedBytes,
  body: { is: 'dialect', dialect: dialect as JsonDialect },
  restringified: true,
});

const padded = (kib: number, size: string): CheckCase => ({
  name: `padded-${size}`,
  class: 'must-accept',
  sent: `the event in a body of ${kib < KiB ? `${kib} KiB` : `${kib / KiB} MiB`}`,
  why: 'Orders with many items are large, and they are lost where a framework stops before.',
  fix: ({ provider }) =>
    coversBody(provider)
      ? 'Verify all of the body, and look for a limit of its size, at this route and in a proxy before it.'
      : 'Look for a limit of the size of a body, at this route and in a proxy before it.',
  body: { is: 'padded', toBytes: kib * KiB },
});

/** The plain event: first of all, and last. */
export const plainCase: CheckCase = {
  name: 'plain',
  class: 'must-accept',
  sent: 'the event as the provider sends it',
  why: 'Nothing can be said of a receiver that does not accept what is genuine.',
  fix: describeComparedValues,
  alone: true,
};

/** Cases that a correct receiver accepts. */
export const mustAccept: readonly CheckCase[] = [
  plainCase,
  {
    name: 'non-ascii',
    class: 'must-accept',
    sent: 'letters beyond ASCII, and an emoji',
    why: 'Names of people and products hold them; an event with one is rejected or garbled.',
    fix: signedBytes,
    body: { is: 'text', text: 'Zoë Łukasz Ñandú 日本語 😀 𝒳' },
  },
  ...Object.entries(writers).map(inDialect),
  {
    name: 'unknown-fields',
    class: 'must-accept',
    sent: 'fields that the documents do not have',
    why: 'Providers add fields without notice; a strict schema turns that into an outage.',
    fix: 'Let unknown members pass.',
    body: { is: 'members', json: '"webhooksimfield":{"added":true,"items":[1,"two",null]}' },
  },
  {
    name: 'lower-case-headers',
    class: 'must-accept',
    sent: 'header names in lower case',
    why: 'Header names have no letter case; proxies and HTTP/2 send them in lower case.',
    fix: 'Look headers up ({header}) without regard to letter case.',
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
    fix: joinAdvice(
      'Join the chunks as bytes, and make text of all of them at once.',
      languageNote({ javascript: 'chunks.push(chunk) and Buffer.concat(chunks), not text += chunk.' }),
    ),
    body: { is: 'divided character' },
    framing: 'chunked',
  },
  {
    name: 'same-twice',
    class: 'must-accept',
    sent: 'the same delivery twice',
    why: 'Providers send again what they think was lost; any other answer than 2xx makes them go on.',
    fix: 'Remember the ids of what was handled and answer 2xx for those at once.',
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
