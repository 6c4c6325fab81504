import { formatTime, type TimeKind } from '../core/time.js';
import type { EventWords, FieldContext } from './fieldContext.js';

/** The default time of the first event. */
const usualFirstMs = Date.UTC(2026, 0, 14, 9, 30);
const minute = 60_000;
const day = 24 * 60 * minute;

/** The moment of an event: a minute after the one before, on the same day, or the one that is given for all. */
export function eventMs({ number, givenMs }: Pick<EventWords, 'number' | 'givenMs'>): number {
  return givenMs ?? usualFirstMs + (number % 600) * minute;
}

const offsets: readonly (readonly [name: RegExp, ms: number])[] = [
  [/birth|dob/, -12_400 * day],
  [/period_start|cycle_start|valid_from|start_date|starts|effective|started/, -minute],
  [/period_end|cycle_end|valid_(?:to|until)|expir|end_date|ends|renew|next|deadline|due|until|trial_end/, 30 * day],
  [/arrival|deliver(?:y|ed)_(?:date|at)|estimated|payout|settle|schedul|available/, 2 * day],
  [/first|signup|registered|joined|member_since/, -90 * day],
  [/created|creation|opened|placed|ordered|submitted|inserted|issued/, -2 * minute],
];

/** Returns the time of a field, by its name: things are created before they change, and end later. An envelope is created with the event. */
export function fieldMoment(
  { name, event, depth }: FieldContext,
  { isEnvelope }: { readonly isEnvelope: boolean },
): number {
  const [, offset = 0] = offsets.find(([pattern]) => pattern.test(name)) ?? [];
  if (isEnvelope && depth === 1 && offset < 0) return eventMs(event);
  return (offset === -2 * minute ? (event.givenMs ?? usualFirstMs) : eventMs(event)) + offset;
}

/** Returns whether a field of this name holds a time. */
export function isTimeName(name: string): boolean {
  return /(?:_at|_on|_time|_ts|timestamp|_date|datetime|_since|_until)$|^(?:time|date|created|updated|modified|timestamp|expires?|start|end|issued|occurred|published)$|^(?:date|time)_/.test(
    name,
  );
}

/** Writes a moment as a text is written: a date, a time with an offset, or by default whole seconds in UTC. */
export function writeMoment(ms: number, like = ''): string {
  const kinds: readonly (readonly [RegExp, (ms: number) => string])[] = [
    [/^\d{4}-\d{2}-\d{2}$/, (at) => iso(at, 'iso-seconds').slice(0, 10)],
    [/^\d{4}-\d{2}-\d{2}T[\d:]+\.\d{6}Z$/, (at) => iso(at, 'iso-micros')],
    [/^\d{4}-\d{2}-\d{2}T[\d:]+\.\d{3}Z$/, (at) => iso(at, 'iso-millis')],
    [/^\d{4}-\d{2}-\d{2}T[\d:]+[+-]\d{2}:\d{2}$/, (at) => iso(at, 'iso-offset')],
    [/^\d{4}-\d{2}-\d{2}T[\d:]+\.\d{6}[+-]\d{2}:\d{2}$/, (at) => iso(at, 'iso-micros').replace('Z', '+00:00')],
    [/^\d{4}-\d{2}-\d{2} [\d:]+\.\d{6}$/, (at) => iso(at, 'sql-micros')],
    [/^\d{4}-\d{2}-\d{2} [\d:]{8}$/, (at) => iso(at, 'iso-seconds').slice(0, 19).replace('T', ' ')],
    [/^\d{2}:\d{2}:\d{2}Z?$/, (at) => iso(at, 'iso-seconds').slice(11, 11 + like.length)],
    [/^\d{13}$/, (at) => String(at)],
    [/^\d{10}$/, (at) => String(Math.floor(at / 1000))],
    [/^\w{3}, \d{2} \w{3} \d{4}/, (at) => new Date(at).toUTCString()],
  ];
  const [, write] = kinds.find(([pattern]) => pattern.test(like)) ?? [];
  return write ? write(ms) : iso(ms, 'iso-seconds');
}

/** Returns whether a text looks like a time that `writeMoment` can write. */
export function looksLikeTime(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}(?:$|[T ]\d{2}:\d{2})|^\w{3}, \d{2} \w{3} \d{4}/.test(text);
}

function iso(ms: number, kind: TimeKind): string {
  return formatTime(ms, kind);
}
