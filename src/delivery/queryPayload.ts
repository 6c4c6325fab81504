import type { Provider } from '../core/provider.js';
import { formOf } from '../json/form.js';
import { readQueryTemplates } from '../signing/templates.js';
import { splitAdded } from './addedQuery.js';
import { openedPayload } from './openedBody.js';
import { isWrapped, unwrapBody } from './wrappedBody.js';

/** Returns whether a provider sends its payloads in the query of the URL, with an empty body. */
export function isInQuery({ dialect }: Pick<Provider, 'dialect'>): boolean {
  return formOf(dialect)?.kind === 'query';
}

/** An address and the query that it had; what is not ASCII in a payload is escaped. */
interface PayloadAddress {
  readonly url: string;
  readonly payload: Uint8Array;
}

/** Removes the payload from an address, and the parameters that its provider adds after it. */
export function splitPayload(provider: Provider, address: string): PayloadAddress {
  const { url } = splitAdded(address, readQueryTemplates(provider));
  const at = url.indexOf('?');
  return at < 0
    ? { url, payload: new Uint8Array() }
    : { url: url.slice(0, at), payload: Buffer.from(url.slice(at + 1)) };
}

/** An address with a payload as its query. */
export function withPayload(url: string, payload: Uint8Array): string {
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.length);
  const text = bytes.toString('latin1').replace(/[^!-~]|#/g, (char) => `%${hex(char)}`);
  return text === '' ? url : `${url}?${text}`;
}

function hex(char: string): string {
  return char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
}

/** Returns the address of a receiver from that of a delivery: without the provider's own query. */
export function receiverUrl(provider: Provider, address: string): string {
  if (isInQuery(provider)) return splitPayload(provider, address).url;
  return splitAdded(address, readQueryTemplates(provider)).url;
}

/** Appends a payload to the parameters of an address. */
export function appendPayloadQuery(address: string, payload: Uint8Array): PayloadAddress {
  const at = address.indexOf('?');
  if (at < 0) return { url: address, payload };
  const own = Buffer.from(`${address.slice(at + 1)}${payload.length > 0 ? '&' : ''}`);
  return { url: address.slice(0, at), payload: Buffer.concat([own, payload]) };
}

/** Returns a request with its payload as the body, also where that is in the query. */
export function payloadRequest<T extends { readonly url: string; readonly body: Uint8Array }>(
  provider: Provider,
  request: T,
): T {
  if (isInQuery(provider)) return { ...request, body: splitPayload(provider, request.url).payload };
  if (!isWrapped(provider)) return request;
  const payload = openedPayload(request.body) ?? unwrapBody(provider, request.body);
  return payload ? { ...request, body: payload } : request;
}

/** Returns a request or delivery with another payload in place of its own. */
export function replacePayload<T extends { readonly url: string; readonly body: Uint8Array }>(
  provider: Provider,
  request: T,
  payload: Uint8Array,
): T {
  if (!isInQuery(provider)) return { ...request, body: payload };
  const { url, payload: old } = splitPayload(provider, request.url);
  return { ...request, url: withPayload(url, payload) + request.url.slice(withPayload(url, old).length) };
}
