import { isAbsolute, relative } from 'node:path';

/** C0 and C1 controls, DEL, the characters that reorder or hide text on a terminal or page, and what is none. */
const hostile =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]/gu;

/** Workflow commands of a CI that reads the output: `::name …::` at the start, `##[name]` and `##name[…]` anywhere. */
const firstCommand = /^(\s*):(?=:[a-z][^:]*::)/i;
const command = /#(?=#[\w.]*\[)/g;

/** Text from outside made safe for one line of a terminal or a CI's log: what could control it is shown as an escape. */
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

/** Printable text, cut to a number of characters. */
export function excerpt(text: string, limit: number): string {
  // An escape is longer than the character that it replaces.
  const safe = printable(text.slice(0, limit + 1));
  // A character of two code units is not cut in half.
  return safe.length > limit ? `${safe.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…` : safe;
}

/** Text broken into lines of at most `width` characters, at spaces. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
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
