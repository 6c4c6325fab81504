import { bodyFrom, buildItem, type CapturedBody, headersFrom } from '../buildItem.js';
import { badCapture, contentLength } from '../capture.js';
import type { PartReader } from '../captureInput.js';
import { scalarText } from '../scalarText.js';

/** A request as any program may log it: headers and a body, under the names that are usual for them. */
export const readPlainRequest: PartReader = ({ value, path }, input) => {
  const headersKey = ['headers', 'header', 'request_headers', 'requestHeaders'].find((key) => isSet(value[key]));
  if (headersKey === undefined) {
    const inner = value.request;
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return null;
    return readPlainRequest({ value: inner as Record<string, unknown>, path: [...path, 'request'] }, input);
  }
  const headers = headersFrom(value[headersKey]);
  const bodyKey = bodyKeys.find((key) => value[key] !== undefined && value[key] !== null);
  if (headers.length === 0 || (bodyKey === undefined && typeof value.method !== 'string')) return null;
  const url = value.url ?? value.uri ?? addQuery(value.originalUrl ?? value.path, value.query);
  const at = value.at ?? value.timestamp ?? value.time ?? value.created_at ?? value.createdAt ?? value.receivedAt;
  const body = bodyKey === undefined ? noBody : () => content(bodyKey);
  return [buildItem({ method: value.method ?? value.httpMethod, url, headers, body, at }, input)];

  function noBody(): CapturedBody {
    if (!contentLength(headers)) return null;
    throw badCapture(input.source, 'it holds this request without its body.');
  }

  function content(key: string): CapturedBody {
    const text = value[key];
    const isBase64 = /base64/i.test(key) || value.encoding === 'base64' || value.isBase64Encoded === true;
    if (isBase64 && typeof text === 'string') return { base64: text };
    const bytes = readBytes(text, input.source);
    if (bytes) return { bytes };
    return readMembers(text) ?? bodyFrom(text, () => input.valueAt([...path, key]));
  }
};

/** The exact ones first. */
const bodyKeys = [
  'bodyBase64',
  'body_base64',
  'rawBody',
  'raw_body',
  'bodyRaw',
  'body_raw',
  'body',
  'payload',
  'content',
  'data',
  'postData',
] as const;

/** A body that a tool describes by members: of HAR (`mimeType` and `text`), MockServer (`rawBytes`) or Lambda@Edge (`data` with its encoding). */
function readMembers(value: unknown): CapturedBody {
  const { mimeType, text, rawBytes, data, encoding } = (value ?? {}) as Record<string, unknown>;
  if (typeof rawBytes === 'string') return { base64: rawBytes };
  if (encoding === 'base64' && typeof (data ?? text) === 'string') return { base64: (data ?? text) as string };
  return typeof mimeType === 'string' && typeof text === 'string' ? { text } : null;
}

const isSet = (value: unknown) => (typeof value === 'object' && value !== null) || typeof value === 'string';

/** Reads the bytes of a Buffer of Node as JSON writes it; null for another value. Throws a UsageError for items that are no bytes. */
function readBytes(value: unknown, source: string): Buffer | null {
  const { type, data } = (value ?? {}) as { type?: unknown; data?: unknown };
  if (type !== 'Buffer' || !Array.isArray(data)) return null;
  if (data.every((byte) => Number.isInteger(byte) && byte >= 0 && byte <= 255)) return Buffer.from(data as number[]);
  throw badCapture(source, 'its body is a Buffer with values that are no bytes (0 to 255).');
}

/** A path with its query, which is text or an object. */
export function addQuery(path: unknown, query: unknown): string | undefined {
  if (typeof path !== 'string') return undefined;
  if (path.includes('?')) return path;
  const text = typeof query === 'string' ? query.replace(/^\?/, '') : queryText(query);
  return text === '' ? path : `${path}?${text}`;
}

function queryText(query: unknown): string {
  if (typeof query !== 'object' || query === null) return '';
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((text): [string, string] => [name, scalarText(text)]),
  );
  return new URLSearchParams(pairs).toString();
}
