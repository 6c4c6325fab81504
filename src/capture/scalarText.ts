/** A text, number or boolean of JSON as text; empty for all else, whose own `toString` may be anything. */
export function scalarText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
