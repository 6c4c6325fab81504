import { bodyFrom, buildItem, headersFrom } from '../buildItem.js';
import type { PartReader } from '../captureInput.js';

/** A request of webhook.site's API and exports (https://docs.webhook.site/api/requests.html): `content` is the body as text. */
export const readWebhookSite: PartReader = ({ value, path }, input) => {
  const { uuid, method, url, headers, content, created_at: at } = value;
  if (typeof uuid !== 'string' || typeof method !== 'string' || content === undefined) return null;
  if (typeof headers !== 'object' || headers === null) return null;
  const body = bodyFrom(content, () => input.valueAt([...path, 'content']));
  return [buildItem({ method, url, headers: headersFrom(headers), body, at }, input)];
};
