import { buildItem, type CapturedBody, headersFrom } from '../buildItem.js';
import type { PartReader } from '../captureInput.js';

/** The event of a function of Vercel: `body` is JSON in a text, whose own body is in base64. */
export const readVercelEvent: PartReader = ({ value }, input) => {
  if (value.Action !== 'Invoke' || typeof value.body !== 'string') return null;
  let request: Record<string, unknown> | null;
  try {
    request = JSON.parse(value.body) as Record<string, unknown> | null;
  } catch {
    return null;
  }
  if (typeof request?.headers !== 'object') return null;
  const { method, path, host, headers, encoding, body } = request;
  const content: CapturedBody =
    typeof body !== 'string' ? null : encoding === 'base64' ? { base64: body } : { text: body };
  const url = typeof host === 'string' && typeof path === 'string' ? `https://${host}${path}` : path;
  return [buildItem({ method, url, headers: headersFrom(headers), body: content }, input)];
};
