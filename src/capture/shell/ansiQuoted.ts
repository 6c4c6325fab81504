import { ShellRefusal } from './shellCommand.js';

const escapes: Readonly<Record<string, string>> = {
  ...{ n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', e: '\x1b', E: '\x1b', f: '\f', v: '\v' },
  ...{ '\\': '\\', "'": "'", '"': '"', '?': '?' },
};
const escaped = /\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|([0-7]{1,3})|c([\s\S])|([\s\S]))/y;
const secondHalf = /\\u([dD][c-fC-F][0-9A-Fa-f]{2})/y;

/** Returns what stands in `$'…'`, from behind the opening quote, as bytes; halves of a character, as browsers copy them, are joined. */
export function ansiQuoted(text: string, start: number): { value: string; next: number; isJoined: boolean } {
  let value = '';
  let isJoined = false;
  let at = start;
  while (text[at] !== "'") {
    if (at >= text.length) throw unclosed();
    if (text[at] !== '\\') {
      const end = nextOf(text, at);
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
        isJoined = true;
      } else value += utf8(Number.parseInt(unicode, 16));
    } else if (code !== undefined) value += notZero(String.fromCharCode(code));
    else if (control !== undefined) value += notZero(String.fromCharCode(control.toUpperCase().charCodeAt(0) & 0x1f));
    else value += escapes[letter!] ?? `\\${letter}`;
  }
  return { value, next: at + 1, isJoined };
}

function nextOf(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '\\' && text[at] !== "'") at++;
  return at;
}

function unclosed(): ShellRefusal {
  return new ShellRefusal("a $' is never closed. Is it copied whole");
}

function utf8(code: number): string {
  if (code > 0x10ffff) throw new ShellRefusal('it holds an escape that is no character');
  if (code >= 0xd800 && code <= 0xdfff) throw new ShellRefusal('it holds half of a character (\\ud800 to \\udfff)');
  return notZero(Buffer.from(String.fromCodePoint(code)).toString('latin1'));
}

/** No word of a shell can hold the character NUL. */
function notZero(char: string): string {
  if (char === '\0') throw new ShellRefusal('it holds the character NUL, which no argument can');
  return char;
}
