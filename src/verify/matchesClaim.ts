import { type KeyObject, timingSafeEqual } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { DataScheme } from '../core/scheme.js';
import { isHash } from '../core/schemeFacts.js';
import { renderTemplate, templateNames } from '../core/template.js';
import { extract } from '../signing/extract.js';
import type { JsonTree } from '../signing/jsonTemplate.js';
import { isSignedJwt, readClaims } from '../signing/jwt.js';
import { isSignedBy } from '../signing/keyPairSignature.js';
import { bytesOf, encodeBytes, signContent, signedContent } from '../signing/signContent.js';
import { verifyingKey } from '../signing/signingKey.js';
import type { SignatureTemplate } from '../signing/templates.js';

/** A text received as a signature, and everything to compare it with. */
export interface ComparedClaim {
  readonly signature: SignatureTemplate<DataScheme>;
  readonly text: string;
  readonly secret: string;
  /** Returns the value of a name in the request. */
  readonly value: (name: string) => string | Uint8Array;
  /** Returns whether the request has a value for a name; a token may have it as well. */
  readonly isKnown: (name: string) => boolean;
}

/** Returns whether a text is the signature of a request under a secret. */
export function matchesClaim(claim: ComparedClaim): boolean {
  const { signature, text, secret, value } = claim;
  const { options } = signature;
  const key = verifyingKey(options, secret);
  if (options.scheme === 'jwt') return isSignedJwt(options, key, text) && claimsFit(claim);
  const content = signedContent(signature, value);
  if (isHash(options) || options.scheme === 'crc32' || options.scheme === 'encoded')
    return equal(text, signContent(options, key, content));
  const bytes = Buffer.from(text, options.encoding === 'HEX' ? 'hex' : options.encoding);
  return (
    encodeBytes(bytes, options.encoding) === text && isSignedBy(options, key as KeyObject, bytesOf(content), bytes)
  );
}

/** Returns whether two texts are equal, in a time that does not depend on where they differ. */
export function equal(received: string, expected: string): boolean {
  const [one, other] = [Buffer.from(received), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** Returns whether a token claims what the request is. */
function claimsFit({ signature, text, value, isKnown }: ComparedClaim): boolean {
  const claimed = readClaims(text);
  if (claimed === null) return false;
  if (signature.claims === null) {
    const [, payload = ''] = text.split('.');
    return Buffer.from(payload, 'base64url').equals(bytesOf(signedContent(signature, value)));
  }
  return fits(signature.claims, claimed);

  function fits(tree: JsonTree, claim: unknown): boolean {
    if ('fixed' in tree) return claim === tree.fixed;
    if ('items' in tree)
      return (
        Array.isArray(claim) &&
        claim.length === tree.items.length &&
        tree.items.every((each, at) => fits(each, claim[at]))
      );
    if ('members' in tree) {
      if (typeof claim !== 'object' || claim === null) return false;
      return tree.members.every(
        ([name, member]) => Object.hasOwn(claim, name) && fits(member, (claim as Record<string, unknown>)[name]),
      );
    }
    const { template, kind } = tree;
    if (kind === 'json') {
      const isAllKnown = templateNames(template).every(isKnown);
      return (
        !isAllKnown ||
        isSameJson(
          claim,
          renderTemplate(template, (part) => textOf(value(part))),
        )
      );
    }
    if (typeof claim !== (kind === 'number' ? 'number' : 'string')) return false;
    if (templateNames(template).length === 0)
      return String(claim) === template.map((part) => ('text' in part ? part.text : '')).join('');
    const values = extract({ name: '', head: [], each: template, join: null }, String(claim));
    return values?.every(([part, claimed]) => !isKnown(part) || equal(claimed, textOf(value(part)))) ?? false;
  }
}

function textOf(value: string | Uint8Array): string {
  return typeof value === 'string' ? value : Buffer.from(value).toString('utf8');
}

/** Returns whether a value equals that of a JSON text, whatever the order of members. */
function isSameJson(claim: unknown, text: string): boolean {
  try {
    return isDeepStrictEqual(claim, JSON.parse(text));
  } catch {
    return false;
  }
}
