import type { Forgery, ForgeryChange } from '../core/forgery.js';
import type { Provider } from '../core/provider.js';
import type { SchemeOptions } from '../core/scheme.js';
import { keyPairOf } from '../core/schemeFacts.js';
import { type Covered, coveredBy } from '../signing/covered.js';
import { type Carried, carriedBy } from './carried.js';
import { isNeededField, whyUnsigned } from './madeOf.js';
import { timesCovered } from './timesCovered.js';

/** Why a forgery would be no forgery under a provider's scheme; null where it is one. */
export function whyMeaningless({ change }: Forgery, provider: Provider): string | null {
  const carried = carriedBy(provider);
  if (carried.signatures.length === 0) {
    if (!carried.secret) return 'it signs nothing';
    return change.stage === 'header' || change.stage === 'secret' ? null : 'it sends a token and signs nothing';
  }
  switch (change.stage) {
    case 'time':
      return ofTime(change, provider, carried);
    case 'body':
    case 'signedBytes':
      return ofBody(change, provider, coveredBy(provider));
    case 'signature':
      if (change.by !== 'changed case' || !carried.signatures.every((options) => isHex(options) || isCustom(options)))
        return null;
      return carried.signatures.some(isCustom)
        ? 'a function makes its signature, so that it is not known whether letter case counts'
        : 'the letter case of hex says nothing';
    case 'scheme':
      return ofScheme(change, carried.signatures);
    case 'secret':
      return typeof change.with === 'object' && carried.signatures.every(keyPairOf)
        ? 'its secret is a private key'
        : null;
    case 'header':
      return carried.inHeader || change.is === 'missing' || change.is === 'empty'
        ? null
        : 'its signature is in no header';
  }
}

type ChangeAt<S extends ForgeryChange['stage']> = Extract<ForgeryChange, { stage: S }>;

function ofTime({ signed }: ChangeAt<'time'>, provider: Provider, { told }: Carried): string | null {
  const signedTimes = timesCovered(provider, coveredBy(provider), told);
  if (signedTimes.length === 0) return 'it signs no timestamp';
  return signed || told.some(({ name }) => signedTimes.includes(name))
    ? null
    : 'it tells the time only in what it signs';
}

function ofBody(
  change: ChangeAt<'body'> | ChangeAt<'signedBytes'>,
  provider: Provider,
  { bytes, fields, names }: Covered,
): string | null {
  const isAll = bytes || fields === 'sorted';
  if (!isAll && fields.length === 0) return 'its signature does not cover the body';
  if (change.stage === 'signedBytes') {
    if (change.of === 'other event') return null;
    if (!isAll) return 'its signature covers some fields of the body';
    const isNeeded = (name: string) => isNeededField(provider.values[name]);
    return change.of === 'empty body' && [...names].some(isNeeded) ? whyUnsigned(provider) : null;
  }
  if (change.by === 'changed byte') return null;
  if (!bytes && (change.by === 'reserialised' || !isAll))
    return 'its signature covers fields of the body, not its bytes';
  return provider.verifiesOver === 'restringified' ? 'its documented verifier hashes the body written anew' : null;
}

function ofScheme(change: ChangeAt<'scheme'>, signatures: readonly SchemeOptions[]): string | null {
  if (signatures.every(isCustom)) return 'a function makes its signature, which has no other algorithm or encoding';
  if (change.hash && !signatures.some((options) => 'hash' in options && !keyPairOf(options))) {
    return 'its algorithm takes no other hash';
  }
  if (change.hash && signatures.every((options) => 'hash' in options && options.hash === change.hash)) {
    return `it signs with ${change.hash} itself`;
  }
  return change.otherEncoding && signatures.every(({ scheme }) => scheme === 'jwt') ? 'tokens have one encoding' : null;
}

function isCustom({ scheme }: SchemeOptions): boolean {
  return scheme === 'custom';
}

function isHex(options: SchemeOptions): boolean {
  return 'encoding' in options && (options.encoding === 'hex' || options.encoding === 'HEX');
}
