import type { PlacedField } from './placedField.js';

/** Texts by their names as `application/x-www-form-urlencoded`, as browsers write it. */
export function writeUrlencoded(fields: readonly (readonly [name: string, text: string])[]): string {
  return new URLSearchParams(fields.map(([name, text]): [string, string] => [name, text])).toString();
}

/** A text as a form writes it. */
export function formText(text: string): string {
  return /^[\w*.-]*$/.test(text) ? text : new URLSearchParams([['', text]]).toString().slice(1);
}

/** The fields of a body, in order; it is given as one character for each byte. */
export function placeUrlencoded(body: string): PlacedField[] {
  const fields: PlacedField[] = [];
  let at = 0;
  for (const pair of body.split('&')) {
    const equals = pair.indexOf('=');
    const nameEnd = at + (equals < 0 ? pair.length : equals);
    const end = at + pair.length;
    const start = equals < 0 ? nameEnd : nameEnd + 1;
    if (pair !== '')
      fields.push({
        name: decoded(body.slice(at, nameEnd)),
        value: decoded(body.slice(start, end)),
        span: [start, end],
        whole: end < body.length ? [at, end + 1] : [Math.max(0, at - 1), end],
      });
    at = end + 1;
  }
  return fields;
}

/** The text that a form writes so, given as one character for each byte. */
function decoded(text: string): string {
  if (!/[%+\x80-\xff]/.test(text)) return text;
  const bytes = Buffer.from(text, 'latin1').toString('utf8');
  try {
    return decodeURIComponent(bytes.replaceAll('+', ' '));
  } catch {
    return new URLSearchParams(`=${bytes}`).get('') ?? '';
  }
}
