/** A word of a shell command, in which each character stands for one byte; `variables` are those that it holds as `$NAME`. */
export interface ShellWord {
  readonly text: string;
  readonly variables: readonly string[];
}

/** What keeps a command from being read without a shell, as the end of a sentence. */
export class ShellRefusal extends Error {}

const variable = /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/y;
const escapes: Readonly<Record<string, string>> = {
  ...{ n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', e: '\x1b', E: '\x1b', f: '\f', v: '\v' },
  ...{ '\\': '\\', "'": "'", '"': '"', '?': '?' },
};

/**
 * The words of the first command in a text, as a POSIX shell or bash divides and unquotes them; nothing is executed. `text` has one
 * character for each byte. `rest` is what follows the command. Throws a ShellRefusal for what only a shell could know.
 */
export function shellWords(text: string): { words: ShellWord[]; rest: string } {
  const words: ShellWord[] = [];
  let word: { text: string; variables: string[] } | null = null;
  let at = 0;
  const add = (more: string) => {
    word ??= { text: '', variables: [] };
    word.text += more;
  };
  const end = () => {
    if (word) words.push(word);
    word = null;
  };
  const addVariable = () => {
    variable.lastIndex = at;
    const match = variable.exec(text);
    if (match) {
      add(match[0]);
      word!.variables.push(match[1] ?? match[2]!);
      at = variable.lastIndex;
    } else if (/[({0-9@*#?$!-]/.test(text[at + 1] ?? '')) {
      throw new ShellRefusal(
        text[at + 1] === '('
          ? 'it runs another command in $(…), which is never done here. Put its result there'
          : 'it holds something of the shell behind a $. Put its value there, or the whole word in single quotes',
      );
    } else {
      add('$');
      at++;
    }
  };

  while (at < text.length) {
    const char = text[at]!;
    if (char === '\\') {
      const next = text.startsWith('\r\n', at + 1) ? '\r\n' : (text[at + 1] ?? '');
      if (!/^\r?\n$/.test(next)) add(next === '\r\n' ? '' : next);
      at += 1 + next.length;
    } else if (char === "'") {
      const close = text.indexOf("'", at + 1);
      if (close < 0) throw new ShellRefusal('a single quote is never closed. Is it copied whole');
      add(text.slice(at + 1, close));
      at = close + 1;
    } else if (char === '"') {
      at++;
      add('');
      while (text[at] !== '"') {
        const inner = text[at];
        if (inner === undefined) throw new ShellRefusal('a double quote is never closed. Is it copied whole');
        if (inner === '`') throw backtick();
        if (inner === '$') addVariable();
        else if (inner === '\\') {
          const next = text[at + 1] ?? '';
          add(next === '\n' ? '' : /["\\$`]/.test(next) ? next : `\\${next}`);
          at += 2;
        } else {
          add(inner);
          at++;
        }
      }
      at++;
    } else if (char === '$' && text[at + 1] === "'") {
      const { value, next } = ansiQuoted(text, at + 2);
      add(value);
      at = next;
    } else if (char === '$' && text[at + 1] === '"') {
      throw new ShellRefusal('it holds a translated text, $"…". Write it without the $');
    } else if (char === '$') addVariable();
    else if (char === '`') throw backtick();
    else if (/[ \t]/.test(char)) {
      end();
      at++;
    } else if (char === '#' && word === null) {
      const newline = text.indexOf('\n', at);
      at = newline < 0 ? text.length : newline;
    } else if (/[\n\r;|]/.test(char)) {
      end();
      if (words.length > 0) break;
      at++;
    } else if (char === '&' || char === '<' || char === '>' || char === '(' || char === ')') {
      if (char === '&' && text[at + 1] === '&') break;
      throw new ShellRefusal(
        char === '&'
          ? 'an & without quotes ends the command in a shell. Put the URL in single quotes'
          : `a ${char} without quotes belongs to the shell. Leave out what is redirected, or quote the word`,
      );
    } else if (char === '{' && /^\{[^\s{}]*(,|\.\.)[^\s]*\}/.test(text.slice(at, at + 256))) {
      throw new ShellRefusal('braces without quotes are taken apart by a shell. Put the word in single quotes');
    } else {
      add(char);
      at++;
    }
  }
  end();
  return { words, rest: text.slice(at) };
}

function backtick(): ShellRefusal {
  return new ShellRefusal('it runs another command in backticks, which is never done here. Put its result there');
}

/** What stands in `$'…'`, from behind the opening quote. */
function ansiQuoted(text: string, start: number): { value: string; next: number } {
  const escaped = /\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|([0-7]{1,3})|c([\s\S])|([\s\S]))/y;
  let value = '';
  let at = start;
  while (text[at] !== "'") {
    if (at >= text.length) throw new ShellRefusal("a $' is never closed. Is it copied whole");
    if (text[at] !== '\\') {
      value += text[at++];
      continue;
    }
    escaped.lastIndex = at;
    const match = escaped.exec(text);
    if (!match) throw new ShellRefusal("a $' is never closed. Is it copied whole");
    const [whole, hex, short, long, octal, control, letter] = match;
    const unicode = short ?? long;
    const code =
      hex !== undefined ? Number.parseInt(hex, 16) : octal !== undefined ? Number.parseInt(octal, 8) & 0xff : undefined;
    if (unicode !== undefined) value += utf8(Number.parseInt(unicode, 16));
    else if (code !== undefined) value += notZero(String.fromCharCode(code));
    else if (control !== undefined) value += notZero(String.fromCharCode(control.toUpperCase().charCodeAt(0) & 0x1f));
    else value += escapes[letter!] ?? `\\${letter}`;
    at += whole.length;
  }
  return { value, next: at + 1 };
}

function utf8(code: number): string {
  if (code > 0x10ffff) throw new ShellRefusal('it holds an escape that is no character');
  return notZero(Buffer.from(String.fromCodePoint(code)).toString('latin1'));
}

/** No word of a shell can hold the character NUL. */
function notZero(char: string): string {
  if (char === '\0') throw new ShellRefusal('it holds the character NUL, which no argument can');
  return char;
}
