import type { IdentityKind } from './identity.js';
import type { TimeKind } from './time.js';

/** A value that is made for each delivery: a fresh id, or the time. */
export type MadeValueSpec =
  | { readonly kind: 'time'; readonly format: TimeKind }
  | {
      readonly kind: Exclude<IdentityKind, 'code' | 'nanoseconds'>;
      readonly length?: number;
      readonly prefix?: string;
    };

/** A value that is read from the delivery itself. */
export type ReadValueSpec =
  /** One field of the body as text; `absent` in its place where there is none, else that is an error. */
  | { readonly kind: 'field'; readonly path: string; readonly absent?: string }
  /**
   * Several fields of the body, or all of its outermost ones sorted by name: `each` (`{name}\n{value}\n`) for every one, with
   * `join` between. One that is absent is left out, or counts as empty.
   */
  | {
      readonly kind: 'fields';
      readonly paths: readonly string[] | 'sorted';
      readonly each: string;
      readonly join: string;
      readonly absent: 'empty' | 'left out';
    }
  /** What the header of a name says, the user's own or the provider's. */
  | { readonly kind: 'header'; readonly name: string };

/** A value that templates may name. */
export type ValueSpec = MadeValueSpec | ReadValueSpec;
