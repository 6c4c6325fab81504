import { ShellRefusal } from './shellCommand.js';

const escapes: Readonly<Record<string, string>> = {
  ...{ n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', e: '\x1b', E: '\x1b', f: '\f', v: '\v' },
  ...{ '\\': '\\', "'": "'", '"': '"', '?': '?' },
};
const escaped = /\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|([0-7]{1,3})|c([\s\S])|([\s\S]))/y;
const secondHalf = /\\u([dD][c-fC-F][0-9A-Fa-f]{2})/y;

/**
 * Reads the text of `$'…'`, from after the opening quote, as bytes. Joins surrogate halves, as browsers copy them: `joined` holds those escapes as
 * they are written.
 */
export function ansiQuoted(text: string, start: number): { value: string; next: number; joined: string[] } {
  let value = '';
  const joined: string[] = [];
  let at = start;
  while (text[at] !== "'") {
    if (at >= text.length) throw unclosed();
    if (text[at] !== '\\') {
      const end = findNext(text, at);
      value += text.slice(at, end);
      at = end;
      continue;
    }
    escaped.lastIndex = at;
    const match = escaped.exec(text);
    if (!match) throw unclosed();
    const [whole, hex, short, long, octal, control, letter] = match;
    at += whole.length;
    const unicode = short ?? long;
    const code =
      hex !== undefined ? Number.parseInt(hex, 16) : octal !== undefined ? Number.parseInt(octal, 8) & 0xff : undefined;
    if (unicode !== undefined) {
      secondHalf.lastIndex = at;
      const half = /^d[89ab]/i.test(unicode) && unicode.length === 4 ? secondHalf.exec(text) : null;
      if (half) {
        value += Buffer.from(String.fromCharCode(Number.parseInt(unicode, 16), Number.parseInt(half[1]!, 16))).toString(
          'latin1',
        );
        at += half[0].length;
        joined.push(`\\u${unicode}${half[0]}`);
      } else value += utf8(Number.parseInt(unicode, 16), placed(text, at, whole));
    } else if (code !== undefined) value += assertNotZero(String.fromCharCode(code));
    else if (control !== undefined)
      value += assertNotZero(String.fromCharCode(control.toUpperCase().charCodeAt(0) & 0x1f));
    else value += escapes[letter!] ?? `\\${letter}`;
  }
  return { value, next: at + 1, joined };
}

function findNext(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '\\' && text[at] !== "'") at++;
  return at;
}

function unclosed(): ShellRefusal {
  return new ShellRefusal("a $' is never closed. Is it copied whole");
}

/** An escape as it is written, with its line where there are several. */
function placed(text: string, at: number, written: string): string {
  const line = text.slice(0, at).split('\n').length;
  return line === 1 && !text.trimEnd().includes('\n') ? written : `${written} in line ${line}`;
}

function utf8(code: number, shown: string): string {
  if (code > 0x10ffff) throw new ShellRefusal(`it holds an escape that is no character (${shown})`);
  if (code >= 0xd800 && code <= 0xdfff) {
    throw new ShellRefusal(
      `it holds half of a character (${shown}), which UTF-8 does not have. Save the body as a file, and the request as raw`,
    );
  }
  return assertNotZero(Buffer.from(String.fromCodePoint(code)).toString('latin1'));
}

/** No word of a shell can hold the character NUL. */
function assertNotZero(char: string): string {
  if (char === '\0') throw new ShellRefusal('it holds the character NUL, which no argument can');
  return char;
}
