import { createHash } from 'node:crypto';
import type { ReceivedRequest } from '../core/delivery.js';
import { parseDictionary, StructuredFieldError } from '../signing/structuredFields.js';
import { headerTexts } from './places.js';

/** The algorithms of RFC 9530 that are no insecure ones. */
const hashes: Readonly<Record<string, string>> = { 'sha-256': 'sha256', 'sha-512': 'sha512' };

/** Returns the problem with the Content-Digest (RFC 9530) of a request, in a sentence; null where it is that of the body. */
export function contentDigestProblem(request: Pick<ReceivedRequest, 'headers' | 'body'>): string | null {
  const texts = headerTexts(request as ReceivedRequest, 'content-digest');
  if (texts.length === 0) return 'the header Content-Digest is missing';
  let judged = 0;
  try {
    for (const [name, member] of parseDictionary(texts.join(', '))) {
      const hash = Object.hasOwn(hashes, name) ? hashes[name] : undefined;
      if (hash === undefined) continue;
      const expected = createHash(hash).update(request.body).digest('base64');
      if (!('value' in member) || member.value.kind !== 'bytes')
        return `the header Content-Digest has no Base64 between colons for ${name}`;
      if (member.value.base64 !== expected) return `Content-Digest is not the ${name} of the body`;
      judged++;
    }
  } catch (error) {
    if (!(error instanceof StructuredFieldError)) throw error;
    return `the header Content-Digest is no structured field: ${error.message}`;
  }
  return judged > 0 ? null : `the header Content-Digest names neither ${Object.keys(hashes).join(' nor ')}`;
}
