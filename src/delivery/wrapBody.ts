import type { ForgeryChange } from '../core/forgery.js';
import { withClaims } from '../signing/jwt.js';
import type { FunctionTexts } from './functions.js';
import { type DeliveryTelling, DeliveryTexts, type TextSource } from './texts.js';
import { type BodyWrapping, wrappingName } from './wrappedBody.js';

/** What a body is made of. */
interface WrappedSource {
  readonly begun: DeliveryTelling;
  readonly functions: FunctionTexts;
  /** The payload that the body shows: in a forgery perhaps another than is signed. */
  readonly payload: Uint8Array;
}

/** A body that is sent, and the one that signatures beside it cover; the same but in a forgery. */
interface WrappedBody {
  readonly body: Uint8Array;
  readonly signed: Uint8Array;
}

/** Makes the body in which a payload stands. */
export function wrapBody(
  { template }: BodyWrapping,
  texts: TextSource,
  { begun, functions, payload }: WrappedSource,
): WrappedBody {
  const made = new DeliveryTexts(texts, begun, functions);
  const text = made.text(template, 0);
  const signed = Buffer.from(text);
  const { change } = texts;
  if (change === null) return { body: signed, signed };
  const name = wrappingName(texts.provider);
  const token = name && made.text([{ name }], 0);
  const withToken = (other: string) => Buffer.from(text.replace(token!, () => other));
  if (change.stage === 'header' && change.is === 'missing') return { body: payload, signed };
  if (change.stage === 'header' && change.is === 'empty') {
    const unsigned = token?.includes('.') ? `${token.slice(0, token.lastIndexOf('.'))}.` : '';
    return { body: token ? withToken(unsigned) : new Uint8Array(), signed };
  }
  if (!token || !showsAnother(change)) return { body: signed, signed };
  return { body: withToken(withClaims(token, made.claims(name, payload))), signed };
}

/** Returns whether a forgery shows another payload than it signs. */
function showsAnother({ stage }: ForgeryChange): boolean {
  return stage === 'body' || stage === 'signedBytes' || stage === 'digest' || stage === 'coverage';
}
