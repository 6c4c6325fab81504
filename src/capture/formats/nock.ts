import { bodyFrom, buildItem, type CapturedBody, fromHex, headersFrom } from '../buildItem.js';
import type { PartReader } from '../captureInput.js';

/** A recording of nock for Node: a body of JSON is parsed, one that is no text is in hexadecimal digits. */
export const readNock: PartReader = ({ value, path: place }, input) => {
  const { scope, method, path, body, reqheaders } = value;
  if (typeof scope !== 'string' || typeof path !== 'string' || typeof method !== 'string') return null;
  const isHex =
    value.reqbodyIsHex === true || (typeof body === 'string' && value.requestBodyIsUtf8Representable === false);
  const content = (): CapturedBody =>
    isHex && typeof body === 'string'
      ? { bytes: fromHex(body, input.source) }
      : bodyFrom(body, () => input.valueAt([...place, 'body']));
  const headers = headersFrom(reqheaders);
  const notes =
    headers.length === 0
      ? ['The recording has no request headers. Record with enable_reqheaders_recording: true.']
      : [];
  return [
    buildItem({ method, url: `${scope.replace(/:(?:80|443)$/, '')}${path}`, headers, body: content, notes }, input),
  ];
};
