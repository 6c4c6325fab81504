import type { Span } from './span.js';
import type { Json } from './value.js';

/** A field, with its place in a body. */
export interface PlacedField {
  readonly name: string;
  /** Its text, or the object of a part of `multipart` that is more than a text. */
  readonly value: Json;
  /** The place of its text. */
  readonly span: Span;
  /** The place of all of it, with its name and separator. */
  readonly whole: Span;
}
