import type { PartReader } from '../captureInput.js';
import { type CapturedBody, itemOf } from '../itemOf.js';

/**
 * An event of Stripe's API, of its dashboard or of `stripe listen --format JSON`: the body that a webhook has, without the headers; and a line of its log,
 * whose request body that is.
 */
export const readStripe: PartReader = ({ value, path }, input) => {
  const isEvent = value.object === 'event' || value.object === 'v2.core.event';
  if (!isEvent || typeof value.id !== 'string' || typeof value.type !== 'string') return null;
  const isWhole = path.length === 0;
  const body = (): CapturedBody => {
    // What is pretty already is what it sends.
    if (isWhole && /^\{\n {2}"/.test(input.text)) return { text: input.text.trimEnd() };
    const json = input.valueAt(path);
    return json === undefined ? null : { json, usual: 'pretty' };
  };
  const notes = ['This is an event of Stripe without the headers of its delivery, so there is no signature in it.'];
  const headers = [['Content-Type', 'application/json; charset=utf-8']] as const;
  return [itemOf({ headers, body, at: value.created, notes }, input)];
};
