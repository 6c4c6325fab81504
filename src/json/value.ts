/** A number as it is written: `73.0` stays `73.0`. */
export class JsonNumber {
  constructor(readonly text: string) {}
}

/** Members in written order; a Map, so that keys such as `1` and `__proto__` are keys like any other. */
export type JsonObject = Map<string, Json>;

/** A parsed JSON document that loses nothing of the text but white space, escapes and repeated keys (the last one counts). */
export type Json = null | boolean | string | JsonNumber | Json[] | JsonObject;

/** A plain JavaScript value as Json; for `JSON.parse` results and literals in code. NaN and infinity become null. */
export function toJson(value: unknown): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? new JsonNumber(JSON.stringify(value)) : null;
  if (Array.isArray(value)) return value.map(toJson);
  return new Map(Object.entries(value as object).map(([key, member]) => [key, toJson(member)]));
}

/** The word for a value's type in messages. */
export function jsonType(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Map) return 'object';
  return value instanceof JsonNumber ? 'number' : typeof value;
}
