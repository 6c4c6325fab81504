import { bodyFrom, buildItem, type CapturedBody, headersFrom } from '../buildItem.js';
import type { DocumentPart, PartReader } from '../captureInput.js';

/**
 * A recorded interaction of a cassette: of VCR for Ruby (a body with `string` or `base64_string`), vcrpy (a body as text or bytes), go-vcr (`url`, headers
 * as lists).
 */
export const readVcrInteraction: PartReader = ({ value, path }, input) => {
  const request = value.request as DocumentPart['value'] | null;
  if (typeof request !== 'object' || request === null || value.response === undefined) return null;
  const { method, uri, url, headers, body } = request;
  const address = uri ?? url;
  if (typeof method !== 'string' || typeof address !== 'string' || typeof headers !== 'object') return null;
  if (!isCassette(value, body)) return null;
  const content = readBody(body) ?? bodyFrom(body, () => input.valueAt([...path, 'request', 'body']));
  return [
    buildItem({ method, url: address, headers: headersFrom(headers), body: content, at: value.recorded_at }, input),
  ];
};

function isCassette(value: DocumentPart['value'], body: unknown): boolean {
  const isNamed = value.recorded_at !== undefined || value.id !== undefined || typeof body === 'object';
  return (
    isNamed || typeof (value.response as DocumentPart['value'] | null)?.status === 'object' || typeof body === 'string'
  );
}

function readBody(body: unknown): CapturedBody {
  if (body instanceof Uint8Array) return { bytes: body };
  const { string, base64_string: base64, encoding } = (body ?? {}) as Record<string, unknown>;
  if (string instanceof Uint8Array) return { bytes: string };
  if (typeof base64 === 'string') return { base64 };
  if (typeof string !== 'string') return null;
  return encoding === 'base64' ? { base64: string } : { text: string };
}
