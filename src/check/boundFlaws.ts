import type { FlawRule } from './flawRule.js';

const rawBody =
  'Keep the raw bytes and hash those: express.raw({ type: "*/*" }) or express.json({ verify: (req, _, bytes) => { req.rawBody = bytes } }), addContentTypeParser with parseAs: "buffer" in Fastify, request.get_data() in Flask, request.raw_post in Rails, php://input.';

/** Forgeries that were taken as genuine: what of the body a signature is bound to. */
export const boundFlaws: readonly FlawRule[] = [
  {
    name: 'first-bytes-only',
    title: 'Only the beginning of the body is verified',
    why: 'Whoever saw one delivery can write another end to it.',
    fix: 'Read the body to its end before you hash it: one read() or one data event is not all of it.',
    any: { accepted: ['first-kib-signature'] },
    none: { accepted: ['other-event-signature'] },
    explains: {
      accepted: ['first-kib-signature', 'tampered-body', 'appended-byte', 'reserialised-body'],
      refused: ['padded-*', 'divided-character', 'dialect-*', 'unknown-fields', 'event:*'],
    },
  },
  {
    name: 'reserialised-body',
    title: 'The body is parsed and written anew before it is hashed',
    why: 'JSON.stringify(req.body) gives other bytes as soon as the provider writes a number, a space or a letter differently; then genuine deliveries are refused.',
    fix: rawBody,
    all: { accepted: ['reserialised-body'] },
    none: { accepted: ['tampered-body'] },
    explains: {
      accepted: ['reserialised-body', 'appended-byte'],
      refused: ['dialect-*', 'padded-*', 'non-ascii', 'divided-character', 'event:*'],
    },
  },
  {
    name: 'body-not-bound',
    title: 'The signature of another body is accepted',
    why: 'Whoever saw one delivery can send any body with its signature.',
    fix: 'Hash the raw bytes of this very request, all of them: no part such as data, no body kept from before.',
    any: { accepted: ['tampered-body', 'other-event-signature'] },
    explains: {
      accepted: [
        'tampered-body',
        'appended-byte',
        'reserialised-body',
        'other-event-signature',
        'earlier-signature',
        'empty-body-signature',
        'first-kib-signature',
      ],
    },
  },
  {
    name: 'seen-signature-trusted',
    title: 'A signature that was right once is right for every body',
    why: 'Whoever saw one delivery can send any body with its signature.',
    fix: 'Do not remember signatures as verified, and do not cache the result by the signature alone: verify each body.',
    all: { accepted: ['earlier-signature'] },
    explains: { accepted: ['earlier-signature'] },
  },
  {
    name: 'trimmed-body',
    title: 'White space at the end of the body is not verified',
    why: 'What is hashed is not what came; a provider that ends its bodies in a line break is refused.',
    fix: `Leave out trim(). ${rawBody}`,
    all: { accepted: ['appended-byte'] },
    explains: { accepted: ['appended-byte'] },
  },
  {
    name: 'empty-body-signature-accepted',
    title: 'The signature of an empty body is accepted',
    why: 'One delivery with an empty body, ever, and its signature is right for every other.',
    fix: 'Something hashes a body that was read already, or falls back to an empty one (req.rawBody ?? ""). Keep the bytes where they are read first.',
    all: { accepted: ['empty-body-signature'] },
    explains: { accepted: ['empty-body-signature'] },
  },
];
