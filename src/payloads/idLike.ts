/** Texts that look like ids: a UUID, or a token that no person would have written. */
const shapes: readonly RegExp[] = [
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  /^[0-9a-f]{16,}$/i,
  /^\d{14,}$/,
  // Ten letters with capitals inside, such as kdyRhNYpGe.
  /^(?=.*[a-z])(?=.+[A-Z])[A-Za-z]{10}$/,
  /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[\w-]{16,}$/,
  /^(?=.*\d)(?=(?:.*[A-Z]){2})[A-Z0-9]{12,}$/,
];

/** The id-like tokens of a text, such as those in a URL. */
export function idLike(text: string): string[] {
  const tokens = text.match(/[\w-]+/g) ?? [];
  return tokens.filter((token) => shapes.some((shape) => shape.test(token)));
}
