/**
 * The URL that a text is; null where it is none. `URL.canParse` is no help: once it is optimized, Node 20 and 22 take Latin-1 for UTF-8 in it
 * and reject what has an umlaut.
 */
export function readUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
