import { plainLine } from './plainLine.js';

/** The first paragraph of a text in Markdown, as plain text on one line. */
export function plainParagraph(text: string): string {
  return plainLine(
    text
      .slice(0, 4000)
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/[*`_]{1,3}(?=\S)|(?<=\S)[*`]{1,3}/g, '')
      .replace(/<[^>]{0,200}>/g, ' ')
      .trim()
      .split(/\n\s*\n/, 1)[0]!,
  );
}
