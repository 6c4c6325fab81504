import type { Dialect } from '../core/provider.js';
import { parsedBody } from './dialect.js';
import type { PathStep } from './path.js';
import { asLatin1, spanOf } from './span.js';

/** Where a value stands: its first byte and the one behind it. */
export type Span = readonly [start: number, end: number];

/** A field of a form: its name, and where its value stands. */
export interface FormField {
  readonly name: string;
  readonly span: Span;
}

/** Where the values of a body stand whose texts change in place: its structure and its length stay. */
export interface Outline {
  readonly dialect: Dialect;
  /** Of a form, sorted by name; null for JSON. */
  readonly fields: readonly FormField[] | null;
  /** Where the value at a path stands; null where there is none. */
  readonly spanAt: (steps: readonly PathStep[]) => Span | null;
  /** Whether nothing in a span changes. */
  readonly isFixed: (span: Span) => boolean;
}

/** The outline of a body; null where it is not of its dialect, has a form's field twice, or changes in a name. `changes` are the places where it does. */
export function outlineBody(body: Uint8Array, dialect: Dialect, changes: readonly number[]): Outline | null {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  const text = bytes.toString('latin1');
  if (dialect === 'form') return outlineForm(text, changes);
  if (
    parsedBody(body, { dialect: 'js' }) === undefined ||
    namesIn(text).some(([start, end]) => changes.some((at) => at >= start && at < end))
  )
    return null;
  const known = new Map<readonly PathStep[], Span | null>();
  const spanAt = (steps: readonly PathStep[]) => {
    let span = known.get(steps);
    if (span === undefined) {
      span = spanOf(text, steps.map(asLatin1));
      known.set(steps, span);
    }
    return span;
  };
  return { dialect, fields: null, spanAt, isFixed: fixedAmong(changes) };
}

function outlineForm(text: string, changes: readonly number[]): Outline | null {
  const fields: FormField[] = [];
  let at = 0;
  for (const pair of text.split('&')) {
    const equals = pair.indexOf('=');
    const nameEnd = at + (equals < 0 ? pair.length : equals);
    if (changes.some((place) => place >= at && place < nameEnd)) return null;
    const [name = ''] = new URLSearchParams(text.slice(at, nameEnd)).keys();
    const start = equals < 0 ? nameEnd : nameEnd + 1;
    if (pair !== '') fields.push({ name, span: [start, at + pair.length] });
    at += pair.length + 1;
  }
  if (new Set(fields.map(({ name }) => name)).size < fields.length) return null;
  fields.sort((one, other) => (one.name < other.name ? -1 : 1));
  const spanAt = (steps: readonly PathStep[]) =>
    (steps.length === 1 && fields.find(({ name }) => name === String(steps[0]))?.span) || null;
  return { dialect: 'form', fields, spanAt, isFixed: fixedAmong(changes) };
}

function fixedAmong(changes: readonly number[]): (span: Span) => boolean {
  return ([start, end]) => !changes.some((at) => at >= start && at < end);
}

/** Where the names of members stand. */
function namesIn(text: string): Span[] {
  return [...text.matchAll(/"(?:[^"\\]|\\.)*"([ \t\n\r]*:)?/g)].flatMap(({ 0: { length }, 1: colon, index }) =>
    colon === undefined ? [] : [[index, index + length] as const],
  );
}
