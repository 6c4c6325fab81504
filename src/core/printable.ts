import { isAbsolute, relative } from 'node:path';
import { breakText } from './breakText.js';
import { cutText, isAscii, textWidth } from './textWidth.js';

/** C0 and C1 controls, DEL, characters that reorder or hide text on a terminal or page, and code points without a character. */
const hostile =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]/gu;

/** Workflow commands of a CI that reads the output: `::name …::` at the start, `##[name]` and `##name[…]` anywhere. */
const firstCommand = /^(\s*):(?=:[a-z][^:]*::)/i;
const command = /#(?=#[\w.]*\[)/g;

/** Makes text from outside safe for one line of a terminal or a CI's log: escapes all control characters. */
export function printable(text: string): string {
  return text.replace(hostile, toEscape).replace(command, toEscape).replace(firstCommand, '$1\\x3a');
}

function toEscape(char: string): string {
  const code = char.codePointAt(0)!;
  if (char === '\n') return '\\n';
  if (char === '\r') return '\\r';
  if (char === '\t') return '\\t';
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}

/** Printable text, cut to a number of columns. */
export function excerpt(text: string, limit: number): string {
  // An escape is longer than the character that it replaces.
  const safe = printable(text.slice(0, limit + 1));
  const isMissing = text.length > limit + 1 && textWidth(safe) <= limit;
  return cutText(isMissing ? `${safe}…` : safe, limit);
}

/** Text broken into lines of at most `width` columns at spaces, and between characters where a script has none. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let [line, used] = ['', 0];
  const words = text.split(' ').flatMap((word) => (isAscii(word) ? [word] : breakText(word, width)));
  for (const word of words) {
    const added = textWidth(word);
    if (line !== '' && used + 1 + added > width) {
      lines.push(line);
      [line, used] = [word, added];
    } else {
      used += line === '' ? added : added + 1;
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** Returns a file as people see it from a folder: its relative path, or the whole path where it lies outside. */
export function shownPath(file: string, cwd: string): string {
  const path = relative(cwd, file);
  return path === '' || path.startsWith('..') || isAbsolute(path) ? file : path;
}
