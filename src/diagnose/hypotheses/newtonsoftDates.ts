import type { Json } from '../../json/value.js';

const iso = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,7}))?(Z|[+-]\d\d:\d\d)?$/;

/**
 * Rewrites the times in a value as Newtonsoft.Json does once it has taken texts for dates: fractions without zeros at the end, and times with an
 * offset in the machine's zone, which on servers is UTC. It leaves texts with more than seven digits.
 */
export function withNewtonsoftDates(value: Json): Json {
  if (typeof value === 'string') return newtonsoftDate(value);
  if (Array.isArray(value)) return value.map(withNewtonsoftDates);
  if (value instanceof Map) return new Map([...value].map(([key, member]) => [key, withNewtonsoftDates(member)]));
  return value;
}

function newtonsoftDate(text: string): string {
  const [, seconds, digits = '', zone = ''] = (text.length < 50 && iso.exec(text)) || [];
  if (seconds === undefined) return text;
  const at = Date.parse(`${seconds}${zone || 'Z'}`);
  if (Number.isNaN(at)) return text;
  const kept = digits.replace(/0+$/, '');
  const fraction = kept === '' ? '' : `.${kept}`;
  if (zone === 'Z' || zone === '') return `${seconds}${fraction}${zone}`;
  return `${new Date(at).toISOString().slice(0, 19)}${fraction}+00:00`;
}
