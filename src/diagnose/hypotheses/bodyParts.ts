import type { Variant } from '../hypothesis.js';
import { attempt, type BodyHypothesis, captureAdvice, hashRaw, rawBodyAdvice } from './bodyFacts.js';

const kib = 1024;
const sizes = [1, 2, 4, 8, 16, 32, 64, 100, 128, 256, 512, 1024].map((count) => count * kib);

/** A part of the body, or something in its place. */
export const bodyParts: readonly BodyHypothesis[] = [
  {
    name: 'body-empty',
    title: 'an empty body ({detail})',
    change: {
      signature: `The signature does not cover this body. Was the body read, or its stream used up, before it was signed?`,
      computed: `Your receiver has no body when it hashes: another middleware (express.json, bodyParser) used up the stream, or none reads it. Keep the bytes as they come: ${rawBodyAdvice()}.`,
    },
    variants: () =>
      ['', '{}', 'null', 'undefined', '""', '[]', 'None'].map((text) => ({
        value: Buffer.from(text),
        detail: text === '' ? 'no bytes' : text,
      })),
  },
  {
    name: 'body-object',
    title: 'the text [object Object]',
    change: {
      signature: 'The sender signed an object as text. Sign the bytes that are sent.',
      computed: hashRaw('Your receiver makes the parsed body text by String(body), a template literal or body + "".'),
    },
    variants: () => [{ value: Buffer.from('[object Object]') }],
  },
  {
    name: 'body-truncated',
    title: 'only the {detail} of the body',
    change: {
      signature: captureAdvice('only its first part was signed.'),
      computed: hashRaw(
        "Your receiver hashes only a part: one chunk of the stream ('data' fires more than once), a fixed buffer, or a length counted in characters (use Buffer.byteLength).",
      ),
    },
    variants: ({ bytes, text }) => [
      ...sizes
        .filter((size) => size < bytes.length)
        .map((size) => ({ value: bytes.subarray(0, size), detail: `first ${size / kib} KiB` })),
      { value: bytes.subarray(0, -1), detail: 'part before its last byte' },
      { value: bytes.subarray(1), detail: 'part after its first byte' },
      {
        value: bytes.subarray(0, text.length),
        detail: 'first bytes, as many as it has characters',
      },
    ],
  },
  {
    name: 'body-whitespace-removed',
    title: 'the body with all its white space removed',
    alone: true,
    change: {
      signature: captureAdvice('white space was added to it.'),
      computed: hashRaw("Your receiver removes white space, as replace(/\\s/g, '') does."),
    },
    variants: ({ bytes }) => [{ value: Buffer.from(bytes.toString('latin1').replace(/[ \t\r\n]+/g, ''), 'latin1') }],
  },
  {
    name: 'body-member',
    title: 'one member of the body alone: {detail}',
    change: {
      signature: captureAdvice('only {detail} was signed, not the whole body.'),
      computed: hashRaw('Your receiver hashes {detail} and not the whole body.'),
    },
    variants: ({ plain }) => [...members(attempt(plain))],
  },
];

function* members(value: unknown): Generator<Variant<Uint8Array>> {
  if (typeof value !== 'object' || value === null) return;
  const likely = ['data', 'payload', 'body', 'event', 'object'];
  const rank = (name: string) => (likely.includes(name) ? likely.indexOf(name) : likely.length);
  const entries = Object.entries(value).sort(([a], [b]) => rank(a) - rank(b));
  for (const [name, member] of entries.slice(0, 12)) {
    const detail = name.slice(0, 60);
    yield { value: Buffer.from(attempt(() => JSON.stringify(member)) ?? ''), detail };
    if (typeof member === 'string') yield { value: Buffer.from(member), detail };
  }
}
