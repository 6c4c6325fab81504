import type { Span } from './span.js';
import type { Json } from './value.js';

/** A field where it stands in a body. */
export interface PlacedField {
  readonly name: string;
  /** Its text, or the object of a part of `multipart` that is more than a text. */
  readonly value: Json;
  /** Where its text stands. */
  readonly span: Span;
  /** Where all of it stands, with its name and what ends it. */
  readonly whole: Span;
}
