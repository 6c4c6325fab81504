import type { Field } from './collectFields.js';
import type { EventGuess } from './foundScheme.js';
import type { Material } from './material.js';

/** Names of headers that carry the event, the likeliest first. */
const headerNames = [
  /(^|[-_])(event|topic)([-_]?(type|name|key))?$/i,
  /(^|[-_])(webhook|message|notification|hook)[-_]?(type|event|topic)$/i,
  /(^|[-_])(action|trigger|resource)$/i,
];

/** Names of fields that carry the event, the likeliest first. */
const fieldNames = [
  'event_type',
  'eventType',
  'event',
  'type',
  'topic',
  'event_name',
  'eventName',
  'eventCode',
  'event_code',
  'Event',
  'EventType',
  'notification_type',
  'notificationType',
  'subscriptionType',
  'webhook_code',
  'webhookEvent',
  'webhook_event',
  'trigger',
  'Type',
  'name',
  'MessageStatus',
  'SmsStatus',
  'CallStatus',
  'status',
  'action',
  'kind',
];

const maxGuesses = 8;

/** Returns where the event's name may be, the likeliest first. */
export function eventGuesses({ headers, fields }: Material): EventGuess[] {
  const inHeaders = headers
    .map(([name, value]) => ({ name, value, rank: headerNames.findIndex((shape) => shape.test(name)) }))
    .filter(({ name, value, rank }) => rank >= 0 && looksLikeEvent(value) && !/^(content-type)$/i.test(name))
    .sort((a, b) => a.rank - b.rank)
    .map(({ name, value }): EventGuess => ({ at: name, in: 'header', event: value }));
  const headerEvent = inHeaders[0]?.event;
  const inBody = fields
    .map((field) => ({ field, rank: rankOf(field, headerEvent) }))
    .filter(({ rank }) => rank < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.rank - b.rank)
    .map(({ field: { path, text } }): EventGuess => ({ at: path, in: 'body', event: text }));
  return [...inHeaders, ...inBody].slice(0, maxGuesses);
}

/** Returns the rank of a field: one with the event of a header comes first, one with two words before one with one. */
function rankOf({ path, steps, text, isNumber }: Field, headerEvent: string | undefined): number {
  if (isNumber || steps.length > 5 || !looksLikeEvent(text)) return Number.POSITIVE_INFINITY;
  const place = fieldNames.indexOf(String(steps.at(-1)));
  if (place < 0) return Number.POSITIVE_INFINITY;
  const parent = String(steps.findLast((step, at) => typeof step === 'string' && at < steps.length - 1) ?? '');
  const keys = steps.filter((step) => typeof step === 'string').length;
  const inEvents = /event|notification|webhook/i.test(parent);
  if (headerEvent !== undefined && text === headerEvent) return -100 + keys;
  if (path === 'type' && /^event_?callback$/i.test(text)) return 90;
  const words = /[a-z0-9][._:/-][a-z]/i.test(text) || /[a-z][A-Z]/.test(text) ? 0 : 10;
  return place + words + (keys - 1) * (inEvents ? 3 : 40);
}

function looksLikeEvent(text: string): boolean {
  return (
    /^[A-Za-z][A-Za-z0-9._:/ -]{1,80}$/.test(text) && !/^(https?:|application\/|text\/|true$|false$|null$)/i.test(text)
  );
}
