import { printable } from '../../core/printable.js';

/** What means nothing to Markdown or HTML, wherever in a line it stands. */
const active = /[^A-Za-z0-9 ,\u0080-\u{10ffff}-]/gu;

/**
 * Text from outside for Markdown or HTML inside it: nothing in it is markup, a link or an @mention. All that could be is a
 * character reference, which can't stand for markup; the comment behind an @ keeps it apart from the name.
 */
export function markdownText(text: string): string {
  return printable(text).replace(active, (char) => (char === '@' ? '&#64;<!-- -->' : `&#${char.codePointAt(0)!};`));
}

/** Text from outside as code, in which GitHub looks for no references. */
export function markdownCode(text: string): string {
  return `<code>${markdownText(text)}</code>`;
}
