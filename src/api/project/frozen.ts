/** Freezes a result and its lists; what happened is as it was given. */
export function frozen<T extends object>(result: T): Readonly<T> {
  for (const value of Object.values(result)) if (Array.isArray(value)) Object.freeze(value);
  return Object.freeze(result);
}
