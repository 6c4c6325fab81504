import type { CheckCase } from './case.js';
import type { FlawText } from './flawRule.js';
import { plainCase } from './mustAccept.js';

/** A guess at why the plain event is refused: where this delivery is accepted in its place, it is right. */
export interface SecondLook {
  readonly flaw: string;
  readonly title: FlawText;
  readonly why?: FlawText;
  readonly fix: FlawText;
  readonly delivery: CheckCase;
}

const guess = (flaw: string, title: FlawText, fix: FlawText, delivery: Partial<CheckCase>): SecondLook => ({
  flaw,
  title,
  fix,
  delivery: { ...plainCase, name: `look-${delivery.forge ?? flaw}`, ...delivery },
});

const setSecret =
  'Set the secret where the receiver runs (its .env, its container), and throw at start-up where it is missing.';
const notSet = (forge: string, becomes: string) =>
  guess(`${forge}-accepted`, `The receiver has no secret: it verifies with ${becomes}`, setSecret, { forge });
const otherHash = (forge: string, what: string) =>
  guess(
    'other-algorithm-expected',
    `The receiver expects ${what}`,
    'Use the algorithm that the provider documents: {scheme}.',
    { forge },
  );
const rawBody =
  'Hash the raw bytes: express.raw(), the verify hook of express.json(), addContentTypeParser in Fastify, request.get_data() in Flask, php://input.';
const rewritten = (dialect: 'js' | 'go' | 'ruby' | 'pretty' | 'python' | 'php') =>
  guess('reserialised-body', 'The body is parsed and written anew before it is hashed', rawBody, {
    body: { is: 'dialect', dialect },
  });

/** What is tried when the plain event is refused, likeliest first; the first that is accepted names the flaw. */
export const secondLooks: readonly SecondLook[] = [
  notSet('undefined-secret', 'the text "undefined"'),
  notSet('empty-secret', 'the empty text'),
  notSet('null-secret', 'the text "null"'),
  notSet('sample-secret', "webhook-sim's sample secret"),
  guess(
    'empty-body-hashed',
    'The receiver hashes an empty body',
    'Another parser has read the body already: keep the raw bytes where they are read first (the verify hook of express.json()).',
    { forge: 'empty-body-signature' },
  ),
  ...(['js', 'go', 'ruby', 'pretty'] as const).map(rewritten),
  guess(
    'wrong-charset-decoding',
    'Letters beyond ASCII are lost before the body is hashed',
    'Hash the bytes, not a text: body.toString("latin1"), "binary" or "ascii" change them.',
    { body: { is: 'dialect', dialect: 'ascii' } },
  ),
  ...(['python', 'php'] as const).map(rewritten),
  guess(
    'other-encoding-expected',
    'The receiver expects the signature in another encoding',
    'Use the encoding that the provider documents: {scheme}.',
    { forge: 'wrong-encoding' },
  ),
  otherHash('sha1', 'HMAC-SHA1'),
  otherHash('md5', 'HMAC-MD5'),
  otherHash('unkeyed-hash', 'a plain hash without the secret'),
];

/** What to look at where the plain event is refused, by the answer that came; null where none did. */
export function whatToLookAt(status: number | null): string {
  if (status === null)
    return 'Find out in its log what the receiver does with the request: it has to answer within the time limit.';
  if (status === 404 || status === 405)
    return 'Put the path of the receiver into --to: it has nothing for POST at this one.';
  if (status === 413) return 'Raise the body limit of this route.';
  if (status === 415) return 'Take application/json on this route.';
  if (status >= 500) return 'Read the log of the receiver: it crashes on a genuine delivery.';
  if (status >= 300 && status < 400)
    return 'Put the final address into --to, and take the route out of login and HTTPS redirects.';
  return "Compare the secret on both sides (no line break, no quotes), then look whether the raw body is hashed and the header found: Node.js has it as request.headers['{lowerHeader}'].";
}

/** What is said where the plain event is accepted when it is sent again. */
export const atRandom = {
  name: 'refused-at-random',
  title: 'The plain event is refused one time and accepted another',
  why: 'Genuine deliveries are lost, by chance.',
  fix: 'What changes is the signature and the ids: look for a "+" or "/" of base64 that is decoded or escaped, for a pattern made of the signature, and for state between requests.',
};

/** What is said where none of them is. */
export const neverAccepted = {
  name: 'never-accepted',
  title: 'The receiver does not accept what is genuine',
  why: 'Every event of the provider is lost; and nothing can be said of forgeries where everything is refused.',
};
