import { type Delivery, findHeader, type Header } from '../../core/delivery.js';
import { UsageError } from '../../core/errors.js';
import { formatMask, holdsMask } from '../../core/fingerprint.js';
import type { LogEntry } from '../../core/logEntry.js';
import { findSecretParameters } from '../../core/secretParameters.js';
import { withAddedQuery } from '../../delivery/addedQuery.js';
import { assertNoMask, carriesSecret, withOwnHeaders } from '../../delivery/header.js';
import type { NameOf } from '../../options/option.js';
import { bodyNotKept, type KeptRequest, keyOf } from './keptRequest.js';
import {
  assertSameSecret,
  coversHeader,
  type DeliveryBuilder,
  isSignedWith,
  originalUrl,
  rebuildDelivery,
  renewedParts,
  withOriginalValues,
  withRebuilt,
} from './rebuildDelivery.js';

/** Options for sending a kept delivery again. */
export interface ResendDeliveryOptions extends DeliveryBuilder {
  readonly typed: readonly Header[];
  /** Of the target: those that its config adds, and that of the user name and password in its URL. */
  readonly ofTarget: readonly Header[];
  /** Lower-case names of headers whose values are secret whatever they are called. */
  readonly secretNames: readonly string[];
  /** True to renew nothing. */
  readonly exact: boolean;
  /** True to sign again with the secrets, whatever the provider does. */
  readonly signsAnew: boolean;
  readonly warn: (line: string) => void;
  readonly nameOf: NameOf;
}

/** A kept delivery that is ready to be sent again. */
export interface Resend {
  readonly delivery: Delivery;
  /** True where its provider rebuilt parts of it. */
  readonly isRenewed: boolean;
  /** Whether the current secrets made its signature. */
  readonly isSigned: boolean;
}

/** Prepares a kept delivery as its provider does for a resend. Throws a UsageError for what is missing. */
export async function resendDelivery(request: KeptRequest, options: ResendDeliveryOptions): Promise<Resend> {
  const { entry } = request;
  const { typed, ofTarget, secretNames, signsAnew } = options;
  const address = originalUrl(entry, options.provider, options.url);
  const isForged = entry.forge !== null;
  if (signsAnew) assertNotForged(entry);
  const asKept = options.exact || isForged;
  const isRenewed = signsAnew || (!asKept && renewedParts(request, options).length > 0);
  const restored = await restoreHeaders(entry, {
    typed,
    ofTarget,
    rebuiltHeaders: async () => (await rebuildDelivery(request, options)).headers,
    exact: asKept,
    isSigned: (name) => !signsAnew && coversHeader(options.provider, name),
    warn: options.warn,
    nameOf: options.nameOf,
  });
  if (isRenewed && !signsAnew) await assertSameSecret(restored, request, options);
  const isHidden = request.isMasked || (!isForged && holdsMask(entry.url));
  const rebuilt =
    isRenewed || isHidden ? await rebuildDelivery(request, isRenewed ? options : withOriginalValues(options)) : null;
  if (request.isMasked && holdsMask(Buffer.from(rebuilt!.body).toString())) throw bodyNotKept(entry);
  const again = isRenewed ? rebuilt : null;
  const provided = again ? withRebuilt(restored, again, options) : restored;
  const body = rebuilt?.body ?? request.body;
  const url = rebuilt?.url ?? withAddedQuery(options.url, entry.url, originalUrl(entry, options.provider));
  const known = options.publicUrl === undefined ? url : withAddedQuery(options.publicUrl, url, options.url);
  // Another target brings its own headers; the same one has them in the delivery.
  const own = options.url === address ? typed : [...withoutNames(ofTarget, typed), ...typed];
  const headers = own.length > 0 ? withOwnHeaders(provided, own) : provided;
  assertNoMasks(headers, url, keyOf(entry), options.nameOf);
  const { id, provider, event, variant, forge, method, framing } = entry;
  const delivery: Delivery = Object.freeze({
    id,
    provider,
    event,
    variant,
    forge,
    method,
    url,
    headers,
    body,
    framing,
    secretHeaders: [
      ...new Set([
        ...entry.secretHeaders,
        ...secretNames,
        ...own.map(([name]) => name.toLowerCase()).filter(carriesSecret),
      ]),
    ],
    secretParameters: findSecretParameters(options.url),
  });
  return { delivery, isRenewed, isSigned: await isSignedWith(headers, { entry, body }, known, options) };
}

/** Throws a UsageError for a forgery, which is never signed again. */
export function assertNotForged(entry: LogEntry): void {
  if (entry.forge === null) return;
  throw new UsageError(
    'CONFLICT',
    `${keyOf(entry)} is a forgery (${entry.forge}) and stays one: it is not signed again.`,
  );
}

function withoutNames(headers: readonly Header[], others: readonly Header[]): Header[] {
  const names = others.map(([name]) => name.toLowerCase());
  return headers.filter(([name]) => !names.includes(name.toLowerCase()));
}

/** Throws a UsageError where anything of a request is what the log has in place of a secret. */
function assertNoMasks(headers: readonly Header[], url: string, key: string, nameOf: NameOf): void {
  for (const [name, value] of headers) assertNoMask(name, value);
  if (!holdsMask(url)) return;
  throw new UsageError(
    'SECRET_URL',
    `The URL of ${key} holds a secret, which was not kept. Name a target with ${nameOf('to')}, or send it again with: webhook-sim send`,
  );
}

/** Sources of the secret header values that were not kept. */
interface HeaderSources {
  /** Those that are given for this resend. */
  readonly typed: readonly Header[];
  /** Of the target: those that its config adds, and that of the user name and password in its URL. */
  readonly ofTarget: readonly Header[];
  /** The provider's headers, rebuilt with the secret; computed only when needed. */
  readonly rebuiltHeaders: () => Promise<readonly Header[]>;
  /** True where a value must be the one of then. */
  readonly exact: boolean;
  /** Whether the original signature covers a header's value, so that another value needs another signature. */
  readonly isSigned: (name: string) => boolean;
  readonly warn: (line: string) => void;
  readonly nameOf: NameOf;
}

/**
 * The headers of a kept delivery with the secret values in their places; one that was typed empty is left out.
 * Throws a UsageError that names one that is found nowhere.
 */
async function restoreHeaders(
  entry: LogEntry,
  { typed, ofTarget, rebuiltHeaders, exact, isSigned, warn, nameOf }: HeaderSources,
): Promise<Header[]> {
  const missing = (name: string, what: string, more = '') => {
    const option = nameOf('header');
    return new UsageError(
      'SECRET_HEADER',
      `The value of the header ${name} of ${keyOf(entry)} ${what}. Give it with ${option} '${name}: …', or leave the header out with ${option} '${name}:'.${more}`,
    );
  };
  const headers: Header[] = [];
  for (const [name, value] of entry.headers) {
    const key = name.toLowerCase();
    const given = findHeader(typed, key);
    if (typeof value === 'string') {
      headers.push([name, value]);
    } else if (given !== undefined) {
      if (given !== '') headers.push([name, given]);
    } else {
      const ofNow = findHeader(ofTarget, key);
      const found = ofNow ?? findHeader(await rebuiltHeaders(), key);
      if (found === undefined) throw missing(name, 'is secret and was not kept');
      if (formatMask(found) !== value.mask) {
        if (exact) throw missing(name, 'is secret, was not kept, and is another now');
        if (isSigned(key))
          throw missing(name, 'is secret, was not kept, and is signed', ` Or renew both with ${nameOf('secret')}.`);
        warn(`warning: the ${name} of ${keyOf(entry)} is not the one of then. The present one is sent.`);
      }
      headers.push([name, found]);
    }
  }
  return headers;
}
