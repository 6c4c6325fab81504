import { signContent } from '../signing/signContent.js';
import { toKey } from './choices.js';
import type { Case } from './hypothesis.js';
import { readHeaders } from './readHeaders.js';
import { isSecretItself, type Reading } from './reading.js';
import { toContent } from './toContent.js';

/** The signature that the first secret gives; null where the secret or a signed value is missing, or there is none. */
export function expectedText(given: Case, reading: Reading): string | null {
  // A signature that only encodes the secret would reveal it.
  const proof = reading.proofs.find((name) => reading.signatures.has(name) && !isSecretItself(name, reading));
  const signature = proof === undefined ? undefined : reading.signatures.get(proof);
  if (!signature || proof === undefined) return null;
  const { options, content } = signature;
  const secret = given.secrets[0]!;
  const key = toKey({ text: secret.value }, options.scheme === 'hmac' ? options.key : undefined, secret);
  const { values } = readHeaders(reading.needed, reading);
  const firstTexts = new Map([...values].map(([name, texts]) => [name, texts[0]!]));
  const pieces =
    key &&
    toContent({ template: content, values: firstTexts }, { reading, values: firstTexts })(given.request.body, key);
  return pieces ? signContent(options, key.key, pieces) : null;
}
