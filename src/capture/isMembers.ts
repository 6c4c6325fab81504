/** The members of an object of JSON. */
export type Members = Readonly<Record<string, unknown>>;

/** Returns whether a value of JSON is an object. */
export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
