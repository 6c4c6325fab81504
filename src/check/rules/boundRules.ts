import { joinAdvice, languageNote } from '../adviceText.js';
import { coversBody, rawBody } from '../schemeAdvice.js';
import type { FindingRule } from './findingRule.js';

const wholeBody = joinAdvice(
  'Read the body to its end before you verify it: one read is not all of it.',
  languageNote({
    javascript: 'for await (const chunk of request) chunks.push(chunk), then Buffer.concat(chunks).',
    go: 'io.ReadAll(r.Body).',
    python: 'Read until read() gives nothing, or as much as Content-Length says.',
  }),
);

/** Rules for accepted forgeries that show which part of the body the signature is bound to. */
export const boundRules: readonly FindingRule[] = [
  {
    name: 'first-bytes-only',
    appliesTo: coversBody,
    title: 'Only the beginning of the body is verified',
    why: 'Whoever saw one delivery can write another end to it.',
    fix: wholeBody,
    any: { accepted: ['first-kib-signature'] },
    none: { accepted: ['other-event-signature'] },
    explains: {
      accepted: ['first-kib-signature', 'tampered-body', 'appended-byte', 'reserialised-body'],
      rejected: ['padded-*', 'divided-character', 'dialect-*', 'unknown-fields', 'event:*'],
    },
  },
  {
    name: 'reserialised-body',
    appliesTo: coversBody,
    title: 'The body is parsed and reserialised before it is verified',
    why: 'That gives other bytes as soon as the provider writes a number, a space or a letter differently; then genuine deliveries are rejected.',
    fix: rawBody,
    all: { accepted: ['reserialised-body'] },
    none: { accepted: ['tampered-body'] },
    explains: {
      accepted: ['reserialised-body', 'appended-byte'],
      rejected: ['dialect-*', 'padded-*', 'non-ascii', 'divided-character', 'event:*'],
    },
  },
  {
    name: 'body-not-bound',
    title: 'The signature of another body is accepted',
    why: 'Whoever saw one delivery can send any body with its signature.',
    fix: joinAdvice(
      'Verify what this very request holds: no part of what is signed may be left out or kept from before.',
      rawBody,
    ),
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
        'uncovered-*',
        'stripped-digest',
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
    appliesTo: coversBody,
    title: 'White space at the end of the body is not verified',
    why: 'The bytes that are verified are not the bytes that were received; a provider that ends its bodies in a line break is rejected.',
    fix: joinAdvice(
      'Leave white space as it came.',
      languageNote({
        javascript: 'No trim().',
        python: 'No strip().',
        ruby: 'No strip.',
        php: 'No trim().',
        go: 'No TrimSpace.',
      }),
      rawBody,
    ),
    all: { accepted: ['appended-byte'] },
    explains: { accepted: ['appended-byte'] },
  },
  {
    name: 'empty-body-signature-accepted',
    appliesTo: coversBody,
    title: 'The signature of an empty body is accepted',
    why: 'One delivery with an empty body, ever, and its signature is right for every other.',
    fix: 'What is verified is taken as empty where it is missing, or was read before. Keep the bytes of the body where they are read first, and answer 401 where there are none.',
    all: { accepted: ['empty-body-signature'] },
    explains: { accepted: ['empty-body-signature'] },
  },
];
