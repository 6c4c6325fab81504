import { buildItem, type CapturedBody, headersFrom } from '../buildItem.js';
import { badCapture } from '../capture.js';
import type { PartReader } from '../captureInput.js';

/** A transaction of a JSON session of Charles (.chlsj). */
export const readCharles: PartReader = ({ value }, input) => {
  const request = value.request as Record<string, unknown> | null;
  const header = request?.header as { headers?: unknown } | undefined;
  if (!request || typeof request !== 'object' || !Array.isArray(header?.headers) || typeof value.host !== 'string')
    return null;
  const { method, scheme, host, port, actualPort, path, query, times } = value;
  const authority =
    typeof port === 'number' && port !== actualPort ? `${host}:${port}` : withPort(host, scheme, actualPort);
  const search = typeof query === 'string' && query !== '' ? `?${query}` : '';
  const url = `${scheme === 'https' ? 'https' : 'http'}://${authority}${typeof path === 'string' && path !== '' ? path : '/'}${search}`;
  const body = (): CapturedBody => {
    const content = request.body as Record<string, unknown> | null | undefined;
    if (typeof content !== 'object' || content === null) return null;
    if (typeof content.encoded === 'string') return { base64: content.encoded };
    if (typeof content.text === 'string')
      return content.encoding === 'base64' ? { base64: content.text } : { text: content.text };
    throw badCapture(
      input.source,
      'the session has no text of this body. Export it as HAR, or save the request as raw.',
    );
  };
  const at = (times as { start?: unknown } | undefined)?.start;
  return [buildItem({ method, url, headers: headersFrom(header.headers), body, at }, input)];
};

function withPort(host: string, scheme: unknown, port: unknown): string {
  const usual = scheme === 'https' ? 443 : 80;
  return typeof port === 'number' && port !== usual ? `${host}:${port}` : host;
}
