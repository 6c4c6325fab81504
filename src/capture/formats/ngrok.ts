import { buildItem, fromBase64, headersFrom } from '../buildItem.js';
import type { PartReader } from '../captureInput.js';
import { rawItems } from './rawHttp.js';

/** A request of ngrok's inspector (`/api/requests/http`): `raw` is the whole request, in base64. */
export const readNgrok: PartReader = ({ value }, input) => {
  const request = value.request as Record<string, unknown> | null;
  if (typeof request !== 'object' || request === null || typeof request.raw !== 'string') return null;
  const { method, uri, raw } = request;
  const headers = headersFrom(request.headers);
  const shown = buildItem({ method, url: uri, headers, body: null, at: value.start }, input);
  const whole = () => rawItems(fromBase64(raw, input.source), input.source)[0]!;
  const isComplete = headers.length > 0;
  return [
    {
      ...shown,
      headers: isComplete ? headers : whole().headers,
      read: () => ({ ...whole().read(), at: shown.read().at }),
    },
  ];
};
