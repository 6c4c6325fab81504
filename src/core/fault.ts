/** What goes wrong on the wire deliberately: the connection is cut in the middle of the body, or the body is sent slowly. */
export type Fault = { readonly kind: 'cut-body' } | { readonly kind: 'slow-upload'; readonly durationMs: number };

/** The code of an attempt whose connection was cut deliberately. */
export const cutDeliberately = 'CUT_ON_PURPOSE';

/** Which of the times that one delivery is sent; from 1. */
export interface Copy {
  readonly number: number;
  readonly of: number;
}
