import { buildItem, type CapturedBody } from '../buildItem.js';
import { badCapture } from '../capture.js';
import type { DocumentPart, PartReader } from '../captureInput.js';

/**
 * An event of Stripe's API, of its dashboard or of `stripe listen --format JSON`: the body that a webhook has, without the headers. A line of its request
 * log (`stripe logs tail --format JSON`), which is of a call of its API and holds no body, is rejected by name.
 */
export const readStripe: PartReader = ({ value, path }, input) => {
  if (isLogLine(value)) {
    const body = () => {
      throw badCapture(
        input.source,
        'this is a log of requests to the API of Stripe, without bodies, and no webhooks. Take the event: stripe events retrieve evt_… > event.json',
      );
    };
    return [buildItem({ method: value.method, url: value.url, headers: [], body }, input)];
  }
  const isEvent = value.object === 'event' || value.object === 'v2.core.event';
  if (!isEvent || typeof value.id !== 'string' || typeof value.type !== 'string') return null;
  const isWhole = path.length === 0;
  const body = (): CapturedBody => {
    // Pretty JSON is already in the form that Stripe sends.
    if (isWhole && /^\{\n {2}"/.test(input.text)) return { text: input.text.trimEnd() };
    const json = input.valueAt(path);
    return json === undefined ? null : { json, usual: 'pretty' };
  };
  const notes = ['This is an event of Stripe without the headers of its delivery, so there is no signature in it.'];
  const headers = [['Content-Type', 'application/json; charset=utf-8']] as const;
  return [buildItem({ headers, body, at: value.created, notes }, input)];
};

function isLogLine({ request_id: id, livemode, headers }: DocumentPart['value']): boolean {
  return typeof id === 'string' && id.startsWith('req_') && typeof livemode === 'boolean' && headers === undefined;
}
