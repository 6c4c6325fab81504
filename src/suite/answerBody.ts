import type { ReceivedResponse } from '../core/attempt.js';
import { JsonSyntaxError, parseJson } from '../json/parse.js';
import { getPath, parsePath } from '../json/path.js';
import type { Json } from '../json/value.js';

/** What is kept of an answer's body, as text. */
export function bodyText({ body }: ReceivedResponse): string {
  return new TextDecoder().decode(body);
}

/** An answer's body as JSON; undefined where it is none. */
export function bodyJson(response: ReceivedResponse): Json | undefined {
  return readJson(response.body);
}

/** Bytes as JSON; undefined where they are none. */
export function readJson(bytes: Uint8Array): Json | undefined {
  try {
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    if (error instanceof JsonSyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Makes what finds the value at a path. Throws a UsageError for a bad one. */
export function finder(path: string): (root: Json) => Json | undefined {
  const steps = parsePath(path);
  return (root) => getPath(root, steps);
}

/** The values of a header, joined as HTTP does; undefined where it is not there. */
export function headerText({ headers }: ReceivedResponse, name: string): string | undefined {
  const values = headers.filter(([each]) => each.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
  return values.length > 0 ? values.join(', ') : undefined;
}
