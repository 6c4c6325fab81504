import { gzipSync } from 'node:zlib';
import type { Delivery, Header } from '../../core/delivery.js';
import type { Provider } from '../../core/provider.js';
import { withoutField } from '../../delivery/putField.js';
import { payloadRequest, replacePayload } from '../../delivery/queryPayload.js';
import type { ProofPlaces } from '../../delivery/recognizeProviders.js';
import { formOf } from '../../json/form.js';
import { parsePath } from '../../json/path.js';
import { readPayload } from '../../json/readPayload.js';
import { formText } from '../../json/urlencoded.js';
import type { CaseWire } from './case.js';
import { withMembers } from './editBytes.js';

/** The places in a provider's deliveries that hold the proof. */
interface Proofs extends ProofPlaces {
  readonly provider: Provider;
}

/** Changes a finished delivery on the wire. */
export function overrideWire(wire: CaseWire | undefined, delivery: Delivery, proofs: Proofs): Delivery {
  const change = (to: (header: Header) => Header): Delivery => ({ ...delivery, headers: delivery.headers.map(to) });
  const ofContentType = (to: (value: string) => string) =>
    change(([name, value]) => [name, name.toLowerCase() === 'content-type' ? to(value) : value]);
  const ofSignature = (to: (value: string) => string) =>
    change(([name, value]) => [name, proofs.headers.includes(name) ? to(value) : value]);
  switch (wire?.is) {
    case undefined:
      return delivery;
    case 'method':
      return { ...delivery, method: wire.method };
    case 'lower-case names':
      return change(([name, value]) => [name.toLowerCase(), value]);
    case 'content type':
      return ofContentType(() => wire.value);
    case 'charset':
      return ofContentType((value) => (hasCharset(value) ? value : `${value}; charset=utf-8`));
    case 'respelled signature':
      return ofSignature(respelled);
    case 'suffixed signature':
      return ofSignature((value) => `${value} x`);
    case 'no content type':
      return { ...delivery, headers: withoutHeaders(delivery, ['content-type']) };
    case 'form':
      return {
        ...ofContentType(() => 'application/x-www-form-urlencoded'),
        body: Buffer.from(`payload=${encodeURIComponent(Buffer.from(delivery.body).toString())}`),
      };
    case 'gzip':
      return {
        ...delivery,
        headers: [...delivery.headers, ['Content-Encoding', 'gzip']],
        body: gzipSync(delivery.body),
      };
    case 'query':
      return moveToQuery(delivery);
    case 'signature in query': {
      const query = collectProofs(delivery, proofs).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
      return { ...withoutProofs(delivery, proofs), url: withParameters(delivery.url, query) };
    }
    case 'signature in body': {
      const found = collectProofs(delivery, proofs);
      const bare = withoutProofs(delivery, proofs);
      if (formOf(proofs.provider.dialect)?.kind === 'form') {
        const fields = found.map(([name, value]) => `&${formText(name)}=${formText(value)}`);
        return { ...bare, body: Buffer.concat([bare.body, Buffer.from(fields.join(''))]) };
      }
      const members = found.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
      return { ...bare, body: withMembers(bare.body, members.join(',')) };
    }
    case 'signature in header': {
      const found = collectProofs(delivery, proofs);
      const headers = [...found, ...found.slice(0, 1).map(([, value]): Header => ['X-Signature', value])];
      const bare = withoutProofs(delivery, proofs);
      return { ...bare, headers: [...bare.headers, ...headers] };
    }
  }
}

/** Returns the same request without its event: a page that accepts any request accepts it, too. */
export function withoutPayload(delivery: Delivery): Delivery {
  return { ...delivery, url: delivery.url.replace(/[?&]webhook_sim_payload=.*$/, ''), body: new Uint8Array() };
}

/** A query can't be longer than servers take. */
const longestQuery = 6000;

function moveToQuery(delivery: Delivery): Delivery {
  const payload = encodeURIComponent(Buffer.from(delivery.body).toString());
  const shortened = payload.length <= longestQuery ? payload : encodeURIComponent('{}');
  const parameters = [
    `webhook_sim_payload=${shortened}`,
    `payload=${shortened}`,
    `event=${encodeURIComponent(delivery.event)}`,
  ];
  const url = withParameters(
    delivery.url,
    payload.length * 2 <= longestQuery ? parameters : [parameters[0]!, parameters[2]!],
  );
  return {
    ...delivery,
    method: 'GET',
    url,
    headers: withoutHeaders(delivery, ['content-type']),
    body: new Uint8Array(),
  };
}

function withParameters(url: string, parameters: readonly string[]): string {
  return `${url}${url.includes('?') ? '&' : '?'}${parameters.join('&')}`;
}

/** The values that prove a delivery, under the names of their headers or fields and the first as `signature`, too. */
function collectProofs(delivery: Delivery, { provider, headers: names, fields }: Proofs): Header[] {
  const { headers, body } = payloadRequest(provider, delivery);
  const reading = readPayload(fields.length > 0 ? body : new Uint8Array(), provider.dialect);
  const inFields = fields.flatMap((path): Header[] => {
    const [value] = reading.textsAt(parsePath(path));
    return value !== undefined && isPrintable.test(value) ? [[lastNameOf(path), value]] : [];
  });
  const found = [...headers.filter(([name]) => names.includes(name)), ...inFields];
  if (found.some(([name]) => name.toLowerCase() === 'signature')) return found;
  return [...found, ...found.slice(0, 1).map(([, value]): Header => ['signature', value])];
}

const isPrintable = /^[\x20-\x7e]+$/;

function lastNameOf(path: string): string {
  return path
    .split('.')
    .at(-1)!
    .replace(/[^\w-]/g, '');
}

/** A delivery without all that proves it. */
function withoutProofs(delivery: Delivery, { provider, headers, fields }: Proofs): Delivery {
  const { body } = payloadRequest(provider, delivery);
  const bare = fields.reduce((bytes, path) => withoutField(provider, bytes, path), body);
  return replacePayload(provider, { ...delivery, headers: withoutHeaders(delivery, headers) }, bare);
}

function withoutHeaders({ headers }: Delivery, names: readonly string[]): Header[] {
  const dropped = names.map((name) => name.toLowerCase());
  return headers.filter(([name]) => !dropped.includes(name.toLowerCase()));
}

/** Returns whether a Content-Type has a charset. */
export function hasCharset(contentType: string): boolean {
  return /;\s*charset\s*=/i.test(contentType);
}

/** The same bytes in other characters: hex in its other case, base64 without its padding. */
function respelled(value: string): string {
  return value.replace(/(?<![0-9a-f])[0-9a-f]{32,}$|(?<![0-9A-F])[0-9A-F]{32,}$|(?<!=)=+$/, (end) => {
    if (end.startsWith('=')) return '';
    return end === end.toUpperCase() ? end.toLowerCase() : end.toUpperCase();
  });
}
