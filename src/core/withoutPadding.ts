/** A base64 text without the `=` at its end, in time that grows with that end alone (`/=+$/` would take the square of many in its middle). */
export function withoutPadding(text: string): string {
  let end = text.length;
  while (text[end - 1] === '=') end--;
  return text.slice(0, end);
}
