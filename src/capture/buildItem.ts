import { findHeader, type Header } from '../core/delivery.js';
import { excerpt } from '../core/printable.js';
import type { Dialect } from '../core/provider.js';
import { writeJson } from '../json/dialect.js';
import { writeFaithfully } from '../json/encodeJson.js';
import type { Json } from '../json/value.js';
import { badCapture, type CapturedItem, contentLength, lengthNotes, unknownUrl } from './capture.js';
import type { CaptureInput } from './captureInput.js';
import { halfNotes } from './halfCharacter.js';
import { scalarText } from './scalarText.js';

/** A body in a capture: text, base64 or bytes, or parsed JSON, whose original text is lost. */
export type CapturedBody =
  | { readonly text: string }
  | { readonly base64: string }
  | { readonly bytes: Uint8Array }
  | { readonly json: Json; readonly usual?: Dialect }
  | null;

/** The parts of a request that a reader found. */
export interface FoundRequest {
  readonly method?: unknown;
  /** Whole, or a path. */
  readonly url?: unknown;
  readonly headers: readonly Header[];
  /** Throws a UsageError where there is none. */
  readonly body: CapturedBody | (() => CapturedBody);
  /** Milliseconds since 1970, or a time as text. */
  readonly at?: unknown;
  readonly notes?: readonly string[];
}

/** Builds a request of a file from the parts that its reader found. */
export function buildItem(found: FoundRequest, { source }: Pick<CaptureInput, 'source'>): CapturedItem {
  const headers = found.headers.filter(([name]) => isToken(name));
  const bad = found.headers.filter(([name]) => !isToken(name)).map(([name]) => excerpt(name, 60));
  const method = readMethod(found.method);
  const { url, isUrlMadeUp } = buildUrl(found.url, headers);
  return {
    method,
    url,
    headers,
    read: () => {
      if (!isToken(method)) throw badCapture(source, `its method is none: ${excerpt(method, 60)}`);
      const given = typeof found.body === 'function' ? found.body() : found.body;
      const { bytes, notes } = bodyBytes(given, headers, source);
      return {
        request: { method, url, headers, body: bytes },
        at: readMoment(found.at),
        notes: [...(found.notes ?? []), ...badNames(bad), ...notes],
        isUrlMadeUp,
      };
    },
  };
}

const isToken = (name: string) => /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name);

function badNames(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const more = names.length > 5 ? ', …' : '';
  return [`Left out, as HTTP has no headers of such a name: ${names.slice(0, 5).join(', ')}${more}`];
}

/** A method as it is written, in capitals where it is one of HTTP's own; by default POST. */
function readMethod(method: unknown): string {
  const text = scalarText(method);
  return text === '' ? 'POST' : /^[a-z]+$/i.test(text) ? text.toUpperCase() : text;
}

/** An address as it is sent: percent-encoded where necessary, and without a fragment. */
function encodedUrl(url: string): string {
  return url
    .replace(/#.*$/s, '')
    .toWellFormed()
    .replace(/[^!-~]|["<>]/gu, (char) => encodeURIComponent(char));
}

/** A whole address, from one or from a path and the Host header. */
function buildUrl(url: unknown, headers: readonly Header[]): { url: string; isUrlMadeUp: boolean } {
  const text = typeof url === 'string' ? encodedUrl(url.trim()) : '';
  if (/^https?:\/\//i.test(text)) return { url: text, isUrlMadeUp: false };
  const host = findHeader(headers, 'host')?.trim();
  if (!text.startsWith('/') && text !== '') {
    return { url: `http://${text.replace(/^\w+:\/+/, '')}`, isUrlMadeUp: false };
  }
  const isKnown = host !== undefined && /^[\w.:[\]-]+$/.test(host);
  if (text === '' && !isKnown) return { url: unknownUrl, isUrlMadeUp: true };
  return { url: `http://${isKnown ? host : 'localhost'}${text || '/'}`, isUrlMadeUp: text === '' };
}

/** The last moment that a Date holds. */
const maxMoment = 8.64e15;

/** A time as milliseconds: ISO 8601, SQL, seconds or milliseconds since 1970. */
function readMoment(at: unknown): number | null {
  if (typeof at === 'number') {
    const moment = at < 1e11 ? Math.round(at * 1000) : Math.round(at);
    return Math.abs(moment) <= maxMoment ? moment : null;
  }
  if (typeof at !== 'string' || at.length > 64) return null;
  const sql = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)$/.exec(at);
  const moment = Date.parse(sql ? `${sql[1]}T${sql[2]}Z` : at);
  return Number.isNaN(moment) ? null : moment;
}

function bodyBytes(
  body: CapturedBody,
  headers: readonly Header[],
  source: string,
): { bytes: Uint8Array; notes: readonly string[] } {
  if (body === null) return { bytes: new Uint8Array(), notes: [] };
  if ('bytes' in body) return { bytes: body.bytes, notes: lengthNotes(headers, body.bytes.length) };
  if ('base64' in body) {
    const bytes = fromBase64(body.base64, source);
    return { bytes, notes: lengthNotes(headers, bytes.length) };
  }
  if ('text' in body) return textBytes(body.text, headers);
  return jsonBytes(body.json, body.usual ?? 'js', headers);
}

/** Decodes base64. Throws a UsageError where the text is none. */
export function fromBase64(text: string, source: string): Buffer {
  const plain = text.replace(/\s+/g, '');
  // A single digit of four is no byte.
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(plain) || plain.replace(/=+$/, '').length % 4 === 1) {
    throw badCapture(source, 'its body says that it is base64, and is not.');
  }
  return Buffer.from(plain, 'base64');
}

/** Decodes hexadecimal digits. Throws a UsageError where the text is none. */
export function fromHex(text: string, source: string): Buffer {
  const plain = text.replace(/\s+/g, '');
  if (!/^(?:[0-9A-Fa-f]{2})*$/.test(plain))
    throw badCapture(source, 'its body says that it is hexadecimal, and is not.');
  return Buffer.from(plain, 'hex');
}

/** A text in UTF-8; where each of its characters is a byte of UTF-8 that was read as Latin-1, those bytes. */
function textBytes(text: string, headers: readonly Header[]): { bytes: Buffer; notes: readonly string[] } {
  const utf8 = Buffer.from(text);
  const length = contentLength(headers);
  if (length !== null && length !== utf8.length && length === text.length && /^[\u0000-\u00ff]*$/.test(text)) {
    const notes = ['The capture holds each byte of the body as a character (Latin-1); it was read so.'];
    return { bytes: Buffer.from(text, 'latin1'), notes };
  }
  const decoded = /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : null;
  if (length !== null && length !== utf8.length && length === decoded?.length) {
    return {
      bytes: decoded,
      notes: ['The body is base64 of as many bytes as its Content-Length says; it was read so.'],
    };
  }
  const crlf = text.includes('\n') ? Buffer.from(text.replace(/\r?\n/g, '\r\n')) : utf8;
  if (length !== null && length !== utf8.length && length === crlf.length) {
    return { bytes: crlf, notes: ['The line ends of the body are CRLF, as its Content-Length says.'] };
  }
  return { bytes: utf8, notes: [...halfNotes(text), ...lengthNotes(headers, utf8.length)] };
}

/** Ways in which JSON is written, the usual one first. */
const dialects = [
  'js',
  'python',
  'pretty',
  'ascii',
  'php',
  'go',
  'ruby',
  'rails',
] as const satisfies readonly Dialect[];

/** Parsed JSON as bytes, in the dialect that gives the length that was sent. */
function jsonBytes(
  json: Json,
  usual: Dialect,
  headers: readonly Header[],
): { bytes: Buffer; notes: readonly string[] } {
  const length = contentLength(headers);
  const isOwn = usual === 'js' || usual === 'pretty';
  const first = Buffer.from(isOwn ? writeFaithfully(json, usual) : writeJson(json, usual));
  const again = 'The capture holds the body as parsed JSON, not as its bytes; it was written again';
  if (length === null) return { bytes: first, notes: [`${again}, so a signature over its bytes may not fit.`] };
  for (const dialect of [usual, ...dialects]) {
    const bytes = dialect === usual ? first : Buffer.from(writeJson(json, dialect));
    if (bytes.length === length) {
      return {
        bytes,
        notes: [`${again} in a form that has the length of the Content-Length, which may not be the same bytes.`],
      };
    }
  }
  return {
    bytes: first,
    notes: [
      `${again}, and no usual form has the ${length} bytes of its Content-Length: a signature over its bytes will not fit.`,
    ],
  };
}

/** Headers from any form in which JSON has them: an object of texts or lists, pairs, objects with a name and a value, lines. */
export function headersFrom(value: unknown): Header[] {
  if (typeof value === 'string') {
    return value.split(/\r?\n/).flatMap((line): Header[] => {
      const colon = line.indexOf(':', 1);
      return colon > 0 ? [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()]] : [];
    });
  }
  if (Array.isArray(value)) {
    if (value.length % 2 === 0 && value.every((each) => typeof each === 'string')) {
      return value.flatMap((each, at): Header[] => (at % 2 === 0 ? [[each as string, value[at + 1] as string]] : []));
    }
    return value.flatMap((each: unknown): Header[] => {
      if (Array.isArray(each)) return pair(each[0], each[1]);
      const { name, key, value: text, values, enabled, disabled } = (each ?? {}) as Record<string, unknown>;
      return disabled === true || enabled === false ? [] : pair(name ?? key, text ?? values);
    });
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, text]) => pair(name, text));
}

function pair(name: unknown, value: unknown): Header[] {
  if (typeof name !== 'string' || name.startsWith(':')) return [];
  if (Array.isArray(value)) return value.flatMap((each) => (Array.isArray(each) ? [] : pair(name, each)));
  if (typeof value === 'string') return [[name, value.replace(/[\r\n\0]+/g, ' ')]];
  if (typeof value === 'number' || typeof value === 'boolean') return [[name, String(value)]];
  // Lambda@Edge has objects with the original name.
  const { key, value: text } = (value ?? {}) as Record<string, unknown>;
  return typeof text === 'string' ? pair(key ?? name, text) : [];
}

/** A member as a body: text as it is, anything else as parsed JSON. */
export function bodyFrom(value: unknown, json: () => Json | undefined): CapturedBody {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return { text: value };
  const found = json();
  return found === undefined ? null : { json: found };
}
