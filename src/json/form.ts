import { UsageError } from '../core/errors.js';
import { type Json, JsonNumber, jsonType } from './value.js';

/** A flat object as `application/x-www-form-urlencoded`, as browsers write it; an array repeats its name. Throws a UsageError for what is not flat. */
export function writeForm(value: Json): string {
  if (!(value instanceof Map)) throw notFlat(`it is ${jsonType(value)}`);
  const form = new URLSearchParams();
  for (const [name, member] of value) {
    for (const item of Array.isArray(member) ? member : [member]) form.append(name, fieldText(item, name));
  }
  return form.toString();
}

/** A form as the object of its texts; a name that comes more than once is an array. */
export function readForm(text: string): Json {
  const fields = new Map<string, Json>();
  for (const [name, value] of new URLSearchParams(text)) {
    const earlier = fields.get(name);
    if (Array.isArray(earlier)) earlier.push(value);
    else fields.set(name, earlier === undefined ? value : [earlier, value]);
  }
  return fields;
}

/** A text as a form writes it. */
export function formText(text: string): string {
  return /^[\w*.-]*$/.test(text) ? text : new URLSearchParams([['', text]]).toString().slice(1);
}

function fieldText(value: Json, name: string): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  if (typeof value === 'boolean') return String(value);
  if (value instanceof JsonNumber) return value.text;
  throw notFlat(`${name} is ${jsonType(value)}`);
}

function notFlat(reason: string): UsageError {
  return new UsageError(
    'NOT_FLAT',
    `The payload can't be sent as a form: ${reason}. Fields are texts, numbers or lists of them.`,
  );
}
