import type { Dialect, FormDialect } from '../core/provider.js';
import { parsedBody } from './dialect.js';
import { formOf } from './form.js';
import type { PathStep } from './path.js';
import { asLatin1, type Span, spanOf } from './span.js';
import { placeUrlencoded } from './urlencoded.js';

/** A field of a form: its name, and the place of its value. */
export interface FormField {
  readonly name: string;
  readonly span: Span;
}

/** The places of the values in a body whose texts change but whose structure and length stay. */
export interface Outline {
  readonly dialect: Dialect;
  /** Of a form, sorted by name; null for JSON. */
  readonly fields: readonly FormField[] | null;
  /** Returns the place of the value at a path; null for none. */
  readonly spanAt: (steps: readonly PathStep[]) => Span | null;
  /** Returns whether nothing in a span changes. */
  readonly isFixed: (span: Span) => boolean;
}

/** The outline of a body; null where it is not of its dialect, has a form's field twice, or changes in a name. `changes` are the places where it does. */
export function outlineBody(body: Uint8Array, dialect: Dialect, changes: readonly number[]): Outline | null {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  const text = bytes.toString('latin1');
  const form = formOf(dialect);
  if (form) return isPlain(form) ? outlineForm(text, dialect, changes) : null;
  if (dialect === 'text') return null;
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

/** Returns whether the fields of a form are texts, each of which is found by its name. */
function isPlain({ kind, nesting, contents }: FormDialect): boolean {
  return kind === 'form' && nesting === undefined && contents === undefined;
}

function outlineForm(text: string, dialect: Dialect, changes: readonly number[]): Outline | null {
  const placed = placeUrlencoded(text);
  const values = placed.map(({ span }) => span);
  const isInValue = (at: number) => values.some(([start, end]) => at >= start && at < end);
  if (!changes.every(isInValue) || new Set(placed.map(({ name }) => name)).size < placed.length) return null;
  const fields = placed.map(({ name, span }) => ({ name, span }));
  fields.sort((one, other) => (one.name < other.name ? -1 : 1));
  const spanAt = (steps: readonly PathStep[]) =>
    (steps.length === 1 && fields.find(({ name }) => name === String(steps[0]))?.span) || null;
  return { dialect, fields, spanAt, isFixed: fixedAmong(changes) };
}

function fixedAmong(changes: readonly number[]): (span: Span) => boolean {
  return ([start, end]) => !changes.some((at) => at >= start && at < end);
}

/** Returns the places of the members' names. */
function namesIn(text: string): Span[] {
  return [...text.matchAll(/"(?:[^"\\]|\\.)*"([ \t\n\r]*:)?/g)].flatMap(({ 0: { length }, 1: colon, index }) =>
    colon === undefined ? [] : [[index, index + length] as const],
  );
}
