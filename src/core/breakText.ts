import { charactersOf, textWidth } from './textWidth.js';

/** Escapes of JSON and of `printable`, and pairs of escapes that are one character. */
const unbroken = /(\\ud[89ab][\da-f]{2}\\ud[c-f][\da-f]{2}|\\u\{[\da-f]+\}|\\u[\da-f]{4}|\\x[\da-f]{2}|\\.)/i;

/** Text broken into lines of at most `width` columns, which together are the text: after a space or comma where one is near, and in no character or escape. */
export function breakText(text: string, width: number): string[] {
  if (text.length * 2 <= width || textWidth(text) <= width) return [text];
  const lines: string[] = [];
  let [line, used, rest] = ['', 0, ''];
  for (const piece of piecesOf(text)) {
    const added = textWidth(piece);
    if (used + added > width && line !== '') {
      const isNear = rest.length < line.length / 2;
      lines.push(isNear ? line.slice(0, line.length - rest.length) : line);
      line = isNear ? rest : '';
      used = textWidth(line);
      rest = line;
    }
    line += piece;
    used += added;
    rest = /[ ,;&]/.test(piece) ? '' : rest + piece;
  }
  return [...lines, line];
}

/** The characters and escapes of a text. */
function piecesOf(text: string): string[] {
  return text.split(unbroken).flatMap((part, at) => (at % 2 === 1 ? [part] : charactersOf(part)));
}
