import { findHeader } from '../../core/delivery.js';
import type { Json } from '../../json/value.js';
import { buildItem, type CapturedBody, headersFrom } from '../buildItem.js';
import { badCapture } from '../capture.js';
import { compactJson, type PartReader } from '../captureInput.js';
import { encodeFormFields } from '../encodeFormFields.js';

/** A delivery of GitHub's API (https://docs.github.com/en/rest/webhooks/repo-deliveries): its payload is parsed JSON. */
export const readDeliveryOfGitHub: PartReader = ({ value, path }, input) => {
  const { guid, delivered_at: at, request, url } = value;
  if (typeof guid !== 'string' || at === undefined) return null;
  const { headers: given, payload } = (request ?? {}) as Record<string, unknown>;
  const headers = headersFrom(given);
  if (headers.length === 0) {
    const reason =
      'this delivery has no request: a list of deliveries leaves it out. Get the one that you want, with its id: gh api …/deliveries/<id>';
    const item = buildItem({ url, headers: [], body: null, at }, input);
    return [
      {
        ...item,
        read: () => {
          throw badCapture(input.source, `${reason}.`);
        },
      },
    ];
  }
  const body = (): CapturedBody => {
    if (typeof payload === 'string') return { text: payload };
    const json = input.valueAt([...path, 'request', 'payload']);
    if (json === undefined) return null;
    return githubBody(json, /form-urlencoded/i.test(findHeader(headers, 'content-type') ?? ''));
  };
  return [buildItem({ url, headers, body, at }, input)];
};

/** The body that a parsed payload was sent as. */
export function githubBody(json: Json, isForm: boolean): CapturedBody {
  return isForm ? { text: encodeFormFields([['payload', compactJson(json)]]) } : { json };
}
