import type { JsonTemplate } from './scheme.js';

/** A header value that is repeated for each active secret: `head` + `each` + `join` + `each` …; `join` and the end of `head` are text. */
export interface PerSecretTemplate {
  readonly head?: string;
  readonly each: string;
  readonly join: string;
}

/** One header in its exact letter case, and the template of its value. */
export type HeaderSpec = readonly [name: string, value: string | PerSecretTemplate];

/** A field of the body that each delivery fills: its path, at which the sample holds a place for it, and its template. */
export type BodyFieldSpec = readonly [path: string, value: JsonTemplate];

/** A parameter that is added to the query of the URL, and the template of its value. */
export type QuerySpec = readonly [name: string, value: string];
