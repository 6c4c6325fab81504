import type { Variant } from '../hypothesis.js';
import { bodyCoding } from './bodyCoding.js';
import { bodyCompression } from './bodyCompression.js';
import { type BodyFacts, type BodyHypothesis, captureAdvice, hashRaw } from './bodyFacts.js';
import { bodyForms } from './bodyForms.js';
import { bodyLines } from './bodyLines.js';
import { bodyLists } from './bodyLists.js';
import { bodyParts } from './bodyParts.js';
import { bodyTexts } from './bodyTexts.js';
import { type JsonEncoder, jsonEncoders } from './jsonEncoders.js';
import { typedJsonEncoders } from './typedJsonEncoders.js';

const toVariants = (texts: ReturnType<JsonEncoder['texts']>) =>
  (function* (): Generator<Variant<Uint8Array>> {
    for (const [text, detail] of texts) {
      if (text !== undefined) yield { value: Buffer.from(text), ...(detail !== undefined && { detail }) };
    }
  })();

/** The body parsed and made text again, in the way of each language's encoder. */
const bodyJson: readonly BodyHypothesis[] = [...jsonEncoders, ...typedJsonEncoders].map(
  ({ name, call, texts, alone, languages }) => ({
    name,
    title: 'the body parsed and made text again: {detail}',
    ...(alone && { alone }),
    change: {
      signature: captureAdvice(
        `a parser, a proxy or a logger rewrote it; the signed text is what {detail} writes.`,
        languages,
      ),
      computed: hashRaw(`That is the re-serialised body (${call}), and not what was signed.`, languages),
    },
    variants: (body: BodyFacts) => toVariants(texts(body)),
  }),
);

/** Bodies that may have been signed in place of the request's, the likeliest first. */
export const bodies: readonly BodyHypothesis[] = [
  ...bodyLines,
  ...bodyTexts,
  ...bodyJson,
  ...bodyLists,
  ...bodyParts,
  ...bodyCompression,
  ...bodyCoding,
  ...bodyForms,
];
