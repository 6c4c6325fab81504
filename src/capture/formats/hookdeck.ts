import { bodyFrom, buildItem, type CapturedBody, headersFrom } from '../buildItem.js';
import type { PartReader } from '../captureInput.js';
import { addQuery } from './plainRequest.js';

/**
 * A request or event of Hookdeck's API, whose body is parsed where it was JSON, or an attempt as its command line gets it
 * (https://github.com/hookdeck/hookdeck-cli, pkg/websocket), whose body is text or base64.
 */
export const readHookdeck: PartReader = ({ value, path }, input) => {
  const attempt = (value.body as Record<string, unknown> | null)?.request as Record<string, unknown> | undefined;
  if (value.type === 'attempt' || (typeof attempt?.data_string === 'string' && attempt.headers !== undefined)) {
    if (typeof attempt !== 'object' || attempt === null) return null;
    const { method, data_string: text, data_base64: base64, headers } = attempt;
    const content: CapturedBody =
      typeof base64 === 'string' && base64 !== '' ? { base64 } : { text: typeof text === 'string' ? text : '' };
    const { cli_path: url } = value.body as Record<string, unknown>;
    return [buildItem({ method, url, headers: headersFrom(headers), body: content }, input)];
  }
  const data = value.data as Record<string, unknown> | null;
  const isKnown = ['source_id', 'webhook_id', 'event_data_id', 'original_event_data_id', 'ingested_at'].some(
    (key) => value[key] !== undefined,
  );
  if (!isKnown || typeof data !== 'object' || data === null || data.headers === undefined) return null;
  const { method, headers, body, path: target, query, parsed_query } = data;
  const content = bodyFrom(body, () => input.valueAt([...path, 'data', 'body']));
  const url = addQuery(target ?? '/', typeof query === 'string' ? query : parsed_query);
  const at = value.ingested_at ?? value.created_at;
  return [buildItem({ method, url, headers: headersFrom(headers), body: content, at }, input)];
};
