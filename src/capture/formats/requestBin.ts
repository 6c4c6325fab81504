import { bodyFrom, buildItem, headersFrom } from '../buildItem.js';
import type { PartReader } from '../captureInput.js';
import { addQuery } from './plainRequest.js';

/**
 * A request of RequestBin: of Pipedream, whose `body` is parsed and whose `bodyRaw` is not, or of the older server
 * (https://github.com/Runscope/requestbin), with `query_string`, `remote_addr` and `body` as text.
 */
export const readRequestBin: PartReader = ({ value, path }, input) => {
  // A trigger of a workflow holds the request under `event`.
  const inner = value.event as Record<string, unknown> | undefined;
  if (typeof inner === 'object' && inner !== null && isRequest(inner)) {
    return readRequestBin({ value: inner, path: [...path, 'event'] }, input);
  }
  if (!isRequest(value)) return null;
  const { method, url, path: target, headers, body, bodyRaw, raw, query, query_string, time, timestamp } = value;
  const exact = [bodyRaw, raw].find((text) => typeof text === 'string');
  const content = bodyFrom(exact ?? body, () => input.valueAt([...path, 'body']));
  const address = typeof url === 'string' ? url : addQuery(target, query ?? query_string);
  return [
    buildItem({ method, url: address, headers: headersFrom(headers), body: content, at: timestamp ?? time }, input),
  ];
};

function isRequest(value: Readonly<Record<string, unknown>>): boolean {
  const { method, headers, client_ip, remote_addr, bodyRaw } = value;
  const isKnown = client_ip !== undefined || remote_addr !== undefined || bodyRaw !== undefined;
  return typeof method === 'string' && typeof headers === 'object' && headers !== null && isKnown;
}
