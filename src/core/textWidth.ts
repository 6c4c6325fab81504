import measure from 'fast-string-truncated-width';

/** The columns of a text in a terminal: two for a character of Chinese, Japanese or Korean and for an emoji, none for a colour. */
export function textWidth(text: string): number {
  return isAscii(text) ? text.length : measure(text).width;
}

/** Text filled with spaces to a number of columns. */
export function padText(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}

/** Text cut to a number of columns, with `…` at the end where some is missing. */
export function cutText(text: string, width: number): string {
  if (isAscii(text)) return text.length > width ? `${text.slice(0, width - 1)}…` : text;
  if (textWidth(text) <= width) return text;
  let [shown, used] = ['', 1];
  for (const character of charactersOf(text)) {
    used += textWidth(character);
    if (used > width) break;
    shown += character;
  }
  return `${shown}…`;
}

/** The characters of a text as people count them. */
export function charactersOf(text: string): string[] {
  return isAscii(text) ? text.split('') : [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
}

/** Whether a text takes a column for each of its characters. */
export function isAscii(text: string): boolean {
  return /^[ -~]*$/.test(text);
}
