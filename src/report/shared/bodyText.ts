/** A body as text; null where it is not UTF-8. A cut in the middle of a character does not count against it. */
export function bodyText(body: Uint8Array, truncated: boolean): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body, { stream: truncated });
  } catch {
    return null;
  }
}
