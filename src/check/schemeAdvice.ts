import type { Provider } from '../core/provider.js';
import type { SchemeOptions } from '../core/scheme.js';
import { describeScheme, isHash, keyPairKind } from '../core/schemeFacts.js';
import { findProofPlaces } from '../delivery/recognizeProviders.js';
import { proofsOf } from '../forge/carried.js';
import { formOf } from '../json/form.js';
import { coveredBy } from '../signing/covered.js';
import { type AdviceFacts, joinAdvice, languageNote } from './adviceText.js';

/**
 * The way in which a receiver verifies a provider: with a public key, by computing a hash, by a token with a shared secret, or by comparing the
 * secret.
 */
export type ProofKind = 'key pair' | 'hash' | 'token' | 'secret' | 'other';

/** Returns the way in which a receiver verifies a provider's proofs; `other` where a function signs, or where there are several kinds. */
export function proofKindOf(provider: Provider): ProofKind {
  const { signatures, secret } = proofsOf(provider);
  if (signatures.length === 0) return secret ? 'secret' : 'other';
  if (signatures.every((each) => keyPairKind(each) !== null)) return 'key pair';
  if (signatures.every(isHash)) return 'hash';
  return signatures.every(({ scheme }) => scheme === 'jwt') ? 'token' : 'other';
}

/** Returns whether the bytes of the body go into a provider's signature. */
export function coversBody(provider: Provider): boolean {
  return proofsOf(provider).signatures.length > 0 && coveredBy(provider).bytes;
}

/** The signatures of a provider in words, those that its requests carry: `hex of HMAC-SHA256`. */
export function describeCarriedSchemes(provider: Provider): string {
  const { signatures } = proofsOf(provider);
  const words = (signatures.length > 0 ? signatures : Object.values<SchemeOptions>(provider.signatures)).map(
    describeScheme,
  );
  return [...new Set(words)].join(', ') || 'the secret itself';
}

/** Returns the place of the proof in a provider's requests, as a noun: headers by their names, or the field of the body. */
export function proofPlace(provider: Provider): string {
  const headers = findProofPlaces(provider).headers;
  if (headers.length > 0) return headers.join(' or ');
  const names = ['secret', ...Object.keys(provider.signatures)];
  const field = proofsOf(provider).sentNames.find(({ name, path }) => path !== null && names.includes(name));
  return field ? `the signature (${field.path} in the body)` : 'the signature';
}

const constantTime = languageNote({
  javascript: 'crypto.timingSafeEqual(a, b), after a check that both Buffers have the same length.',
  python: 'hmac.compare_digest(a, b).',
  php: 'hash_equals($expected, $received).',
  ruby: 'OpenSSL.secure_compare(a, b), or Rack::Utils.secure_compare.',
  go: 'hmac.Equal(a, b), or subtle.ConstantTimeCompare.',
  java: 'MessageDigest.isEqual(a, b).',
  csharp: 'CryptographicOperations.FixedTimeEquals(a, b).',
});

/** Returns advice on verifying the whole proof. */
export function wholeSignature(facts: AdviceFacts): string {
  const { provider } = facts;
  switch (proofKindOf(provider)) {
    case 'key pair':
      return `Give all of {header} to the verify function of a library, with ${provider.title}'s public key ({scheme}), and answer 401 unless it says yes.`;
    case 'token':
      return 'Give all of {header} to the verify function of a library, with the algorithm fixed in your code ({scheme}), and answer 401 unless it says yes.';
    case 'hash':
      return joinAdvice(
        'Compare the whole received value with the whole signature that you compute, in constant time, and answer 401 where it is missing or differs.',
        constantTime,
      )(facts);
    case 'secret':
      return joinAdvice(
        'Compare the whole value of {header} with the whole value that you expect, in constant time, and answer 401 where it is missing or differs.',
        constantTime,
      )(facts);
    case 'other':
      return 'Verify all of {header}, and answer 401 where it is missing or wrong.';
  }
}

const rawJson = languageNote({
  javascript:
    'In Express: express.json({ verify: (req, res, bytes) => { req.rawBody = bytes; } }), and verify req.rawBody; in Fastify: addContentTypeParser with parseAs: "buffer".',
  python: 'In Flask request.get_data(), in FastAPI await request.body(), in Django request.body.',
  php: "file_get_contents('php://input').",
  ruby: 'In Rails request.raw_post, in Rack and Sinatra request.body.read.',
  go: 'io.ReadAll(r.Body), and json.Unmarshal of these bytes.',
  java: 'In Spring @RequestBody byte[] body.',
  csharp: 'Copy Request.Body into a MemoryStream, and deserialize its bytes.',
});

const rawForm = languageNote({
  javascript:
    'In Express: express.urlencoded({ extended: false, verify: (req, res, bytes) => { req.rawBody = bytes; } }).',
  python: 'In Flask request.get_data() before request.form, in FastAPI await request.body().',
  php: "file_get_contents('php://input').",
  ruby: 'In Rails request.raw_post, in Rack and Sinatra request.body.read.',
  go: 'io.ReadAll(r.Body), and url.ParseQuery of these bytes.',
});

/** Returns advice on keeping the bytes that a signature covers; where it covers fields of the body, on reading those. */
export function rawBody(facts: AdviceFacts): string {
  const { provider } = facts;
  if (!coversBody(provider)) return 'Read the values that are verified from this very body, and change none of them.';
  return joinAdvice(
    'Verify the bytes of the body as they came, and parse them afterwards.',
    formOf(provider.dialect) ? rawForm : rawJson,
  )(facts);
}

/** Returns advice on everything that a receiver needs in order to accept genuine deliveries. */
export function describeComparedValues({ provider }: AdviceFacts): string {
  const key =
    proofKindOf(provider) === 'key pair'
      ? `Compare the public key that the receiver holds with that of webhook-sim (webhook-sim keys ${provider.name})`
      : 'Compare the secret on both sides (no line break, no quotes)';
  const carried = proofsOf(provider);
  if (carried.signatures.length === 0) return `${key}, then look whether the receiver finds {header}.`;
  const what = coversBody(provider)
    ? 'whether it verifies the bytes of the body as they came'
    : 'whether it verifies the values of the request as they came';
  return `${key}, then look whether the receiver finds {header}, and ${what}.`;
}
