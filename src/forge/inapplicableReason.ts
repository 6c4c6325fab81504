import type { Forgery, ForgeryChange, TimeUnit } from '../core/forgery.js';
import type { Provider } from '../core/provider.js';
import type { SchemeOptions } from '../core/scheme.js';
import { coverageOf, encodesPayload, isHash, keyPairKind } from '../core/schemeFacts.js';
import { isCounted, type TimeKind } from '../core/time.js';
import { pathOfParent } from '../json/path.js';
import { type Covered, coveredBy } from '../signing/covered.js';
import { headersByStrength } from '../signing/signatureStrength.js';
import { type CarriedProofs, proofsOf } from './carried.js';
import { isNeededField, missingFieldReason, timesCovered } from './neededFields.js';

/** Returns the reason why a forgery would be no forgery under a provider's scheme; null where it is one. */
export function inapplicableReason({ change }: Forgery, provider: Provider): string | null {
  const carried = proofsOf(provider);
  if (change.stage === 'header' && change.is === 'object missing' && !isInObject(provider, carried))
    return 'its signature is in no object of the body';
  if (carried.signatures.length === 0) {
    if (!carried.secret) return 'it signs nothing';
    if (change.stage === 'secret') return isText(change, hasNoLetters) ? 'a header can not hold that alone' : null;
    return change.stage === 'header' ? placeReason(change, carried) : 'it sends a token and signs nothing';
  }
  switch (change.stage) {
    case 'time':
      return timeReason(change.signed, provider, carried);
    case 'sent time':
      return sentTimeReason(change.as, provider, carried);
    case 'named algorithm':
      return namedAlgorithmReason(change, carried);
    case 'one of several headers':
      return headersByStrength(provider) ? null : 'it has no two signatures of different strength in headers';
    case 'coverage':
    case 'digest':
      return coverageReason(carried);
    case 'body':
    case 'signedBytes':
      return bodyReason(change, provider, coveredBy(provider));
    case 'signature':
      if (change.by !== 'changed case' || !carried.signatures.every((options) => isHex(options) || isCustom(options)))
        return null;
      return carried.signatures.some(isCustom)
        ? 'a function makes its signature, so that it is not known whether letter case counts'
        : 'the letter case of hex says nothing';
    case 'scheme':
      return schemeReason(change, carried.signatures);
    case 'secret':
      if (typeof change.with !== 'object') return null;
      if (carried.signatures.every(keyPairKind)) return 'its secret is a private key';
      return isText(change, /^\0+$/) && carried.signatures.every(isPadded)
        ? 'its algorithm fills the secret up with zero bytes, so that empty-secret is the same'
        : null;
    case 'foreign key':
      return provider.keyUrl ? null : 'its deliveries name no address of a key';
    case 'header':
      return isOneOfSeveral(change, provider)
        ? 'it sends a header for each secret, of which one has to be right'
        : placeReason(change, carried);
  }
}

/** Returns whether a forgery adds a false header to the right one, where a provider sends a header for each secret. */
function isOneOfSeveral({ is }: ChangeAt<'header'>, { headers }: Provider): boolean {
  if (is !== 'false one first' && is !== 'false one last') return false;
  return headers.some(([, value]) => typeof value !== 'string' && 'value' in value && value.on === 'each secret');
}

function placeReason({ is }: ChangeAt<'header'>, { inHeader, signatures }: CarriedProofs): string | null {
  if (inHeader || is === 'missing' || is === 'object missing' || is === 'empty') return null;
  return `its ${signatures.length === 0 ? 'token' : 'signature'} is in no header`;
}

function isInObject({ signatures }: Provider, { sentNames }: CarriedProofs): boolean {
  return sentNames.some(
    ({ name, path }) => path !== null && (name === 'secret' || name in signatures) && pathOfParent(path) !== null,
  );
}

type ChangeAt<S extends ForgeryChange['stage']> = Extract<ForgeryChange, { stage: S }>;

const hasNoLetters = /^[\0 ]+$/;

function isText({ with: by }: ChangeAt<'secret'>, pattern: RegExp): boolean {
  return typeof by === 'object' && pattern.test(by.text);
}

/** HMAC pads a key that is shorter than its block. */
function isPadded({ scheme }: SchemeOptions): boolean {
  return scheme === 'hmac' || scheme === 'jwt';
}

function namedAlgorithmReason(
  { algorithm }: ChangeAt<'named algorithm'>,
  { signatures, inHeader }: CarriedProofs,
): string | null {
  if (!inHeader) return 'its signature is in no header';
  return algorithm === 'none'
    ? signatures.some(isHash)
      ? null
      : 'its algorithm is no hash'
    : schemeReason({ stage: 'scheme', hash: algorithm }, signatures);
}

function sentTimeReason(as: ChangeAt<'sent time'>['as'], provider: Provider, carried: CarriedProofs): string | null {
  if (as === 'nothing') return timeReason(false, provider, carried);
  const reason = timeReason(true, provider, carried);
  if (reason) return reason;
  const formats = Object.values(provider.values).flatMap((spec) => (spec.kind === 'time' ? [spec.format] : []));
  const numbers = formats.filter(isCounted);
  if (numbers.length === 0) return 'it writes its timestamp out';
  const own: Partial<Record<TimeKind, TimeUnit>> = {
    'unix-seconds': 'seconds',
    'unix-float': 'seconds',
    'unix-millis': 'milliseconds',
    'unix-micros': 'microseconds',
  };
  return numbers.every((format) => own[format] === as) ? `it sends the time in ${as} itself` : null;
}

function timeReason(signed: boolean, provider: Provider, { sentNames }: CarriedProofs): string | null {
  const signedTimes = timesCovered(provider, coveredBy(provider), sentNames);
  if (signedTimes.length === 0) return 'it signs no timestamp';
  return signed || sentNames.some(({ name }) => signedTimes.includes(name))
    ? null
    : 'it sends the time only in what it signs';
}

function bodyReason(
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
    return change.of === 'empty body' && [...names].some(isNeeded) ? missingFieldReason(provider) : null;
  }
  if (change.by === 'changed byte') return null;
  if (provider.body !== undefined && !encodesPayload(provider)) return 'its payload is in a token, not the body itself';
  if (!bytes && (change.by === 'reserialised' || !isAll))
    return 'its signature covers fields of the body, not its bytes';
  return provider.verifiesOver === 'restringified' ? 'its documented verifier hashes the reserialised body' : null;
}

function coverageReason({ signatures }: CarriedProofs): string | null {
  const covering = signatures.flatMap((options) => coverageOf(options) ?? []);
  if (covering.length === 0) return 'it signs no message by RFC 9421';
  return covering.some(({ components }) => components.includes('content-digest'))
    ? null
    : 'its signature does not cover the body';
}

function schemeReason(change: ChangeAt<'scheme'>, signatures: readonly SchemeOptions[]): string | null {
  if (signatures.every(isCustom)) return 'a function makes its signature, which has no other algorithm or encoding';
  if (change.publicKey) {
    return signatures.some((options) => (options.scheme === 'jwt' || coverageOf(options)) && keyPairKind(options))
      ? null
      : 'it sends no token or message that a key pair signs';
  }
  if (
    change.unkeyed &&
    signatures.every((options) => options.scheme === 'digest' && !options.content.includes('{secret}'))
  )
    return 'its signature is a plain hash itself';
  if (change.hash && !signatures.some((options) => 'hash' in options && !keyPairKind(options))) {
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
