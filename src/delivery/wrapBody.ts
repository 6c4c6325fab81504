import type { ForgeryChange } from '../core/forgery.js';
import { withClaims } from '../signing/jwt.js';
import type { FunctionTexts } from './functions.js';
import { bodyOpener } from './openedBody.js';
import { type DeliveryContents, DeliveryTexts, type TextSource } from './texts.js';
import { type BodyWrapping, encodingName, wrappingName } from './wrappedBody.js';

/** The ingredients of a body. */
interface WrappedSource {
  readonly begun: DeliveryContents;
  readonly functions: FunctionTexts;
  /** The payload that the body shows: in a forgery perhaps another than is signed. */
  readonly payload: Uint8Array;
  /** A forgery's change to a body that a function made. */
  readonly tamper: ((body: Uint8Array) => Uint8Array) | null;
  /** A forgery's replacement for a body that a function made, in what the other signatures cover. */
  readonly forgeSigned: ((body: Uint8Array) => Uint8Array) | null;
  /** Whether a header or the query proves the request, too. */
  readonly isProvedElsewhere: boolean;
}

/** The body as sent, and the one that the other signatures cover; they differ only in a forgery. */
export interface WrappedBody {
  readonly body: Uint8Array;
  readonly signed: Uint8Array;
}

/** Builds the body around a payload. */
export function wrapBody(
  { template }: BodyWrapping,
  texts: TextSource,
  { begun, functions, payload, ...forged }: WrappedSource,
): WrappedBody {
  const encoded = encodingName(texts.provider);
  if (encoded !== null) {
    const wrapped = (body: Uint8Array) => {
      const contents = { ...begun, signed: { ...begun.signed, body }, stated: { ...begun.stated, body } };
      return Buffer.from(new DeliveryTexts(texts, contents, functions).text(template, 0));
    };
    return { body: wrapped(payload), signed: wrapped(begun.signed.body) };
  }
  const rendered = new DeliveryTexts(texts, begun, functions);
  const text = rendered.text(template, 0);
  const signed = Buffer.from(text);
  const { change } = texts;
  if (change === null) return { body: signed, signed };
  if (bodyOpener(texts.provider)) return forgeSealed(change, signed, payload, forged);
  const name = wrappingName(texts.provider);
  const token = name && rendered.text([{ name }], 0);
  const withToken = (other: string) => Buffer.from(text.replace(token!, () => other));
  if (change.stage === 'header' && change.is === 'missing') return { body: payload, signed };
  if (change.stage === 'header' && change.is === 'empty') {
    const unsigned = token?.includes('.') ? `${token.slice(0, token.lastIndexOf('.'))}.` : '';
    return { body: token ? withToken(unsigned) : new Uint8Array(), signed };
  }
  if (!token || !showsAnother(change)) return { body: signed, signed };
  return { body: withToken(withClaims(token, rendered.claims(name, payload))), signed };
}

/** Forges a body that a function made, which only the function can read: the change is to the function's result. */
function forgeSealed(
  change: ForgeryChange,
  sealed: Uint8Array,
  payload: Uint8Array,
  { tamper, forgeSigned, isProvedElsewhere }: Pick<WrappedSource, 'tamper' | 'forgeSigned' | 'isProvedElsewhere'>,
): WrappedBody {
  if (change.stage === 'header' && !isProvedElsewhere)
    return { body: change.is === 'missing' ? payload : new Uint8Array(), signed: sealed };
  return { body: tamper?.(sealed) ?? sealed, signed: forgeSigned?.(sealed) ?? sealed };
}

/** Returns whether a forgery shows another payload than it signs. */
function showsAnother({ stage }: ForgeryChange): boolean {
  return stage === 'body' || stage === 'signedBytes' || stage === 'digest' || stage === 'coverage';
}
