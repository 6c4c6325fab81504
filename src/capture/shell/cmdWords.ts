import { ShellRefusal, type ShellWord } from './shellCommand.js';

/**
 * The words of a command for the command prompt of Windows: first its carets are taken away outside of quotes, then the program divides
 * the rest as those of Microsoft do (https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments). Throws a ShellRefusal.
 */
export function cmdWords(text: string): ShellWord[] {
  return splitArguments(withoutCarets(text));
}

/** Returns the first command, with its carets resolved: one before a line end joins lines, one before another character removes its meaning. */
function withoutCarets(text: string): string {
  let line = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === '^' && !isQuoted) {
      const next = text.startsWith('\r\n', at + 1) ? '\r\n' : (text[at + 1] ?? '');
      at += next.length;
      if (next !== '\n' && next !== '\r\n') line += next;
      else {
        // A line end after the joint is the result of an escaped line end.
        const second = text.startsWith('\r\n', at + 1) ? '\r\n' : text[at + 1] === '\n' ? '\n' : '';
        if (second !== '') {
          line += '\n';
          at += second.length;
        }
      }
    } else if (char === '"') {
      isQuoted = !isQuoted;
      line += char;
    } else if (char === '\n' || (char === '\r' && text[at + 1] === '\n')) {
      break;
    } else if (!isQuoted && /[&|<>]/.test(char)) {
      if (char === '&' && /\S/.test(text[at - 1] ?? ' ') && /\w/.test(text[at + 1] ?? ' ')) {
        throw new ShellRefusal(
          'an & without quotes ends the command in the command prompt. Put the URL in double quotes',
        );
      }
      if (isUnclosed(line)) {
        throw new ShellRefusal(
          `a ${char} ends the command in the command prompt, where \\" closes a quote. Write ^${char}, or "" for \\"`,
        );
      }
      break;
    } else line += char;
  }
  return line;
}

/** Returns whether a program would wait for the end of a quote. */
function isUnclosed(line: string): boolean {
  return (line.replace(/\\\\/g, '').replace(/\\"/g, '').match(/"/g)?.length ?? 0) % 2 === 1;
}

function splitArguments(line: string): ShellWord[] {
  const words: ShellWord[] = [];
  let word: string | null = null;
  let isQuoted = false;
  for (let at = 0; at < line.length; ) {
    const char = line[at]!;
    if (char === '\\') {
      let end = at;
      while (line[end] === '\\') end++;
      const count = end - at;
      const isBeforeQuote = line[end] === '"';
      word = (word ?? '') + '\\'.repeat(isBeforeQuote ? Math.floor(count / 2) : count);
      at = end;
      if (isBeforeQuote && count % 2 === 1) {
        word += '"';
        at++;
      }
    } else if (char === '"') {
      word ??= '';
      if (isQuoted && line[at + 1] === '"') {
        word += '"';
        at += 2;
      } else {
        isQuoted = !isQuoted;
        at++;
      }
    } else if (!isQuoted && /[ \t]/.test(char)) {
      if (word !== null) words.push(plain(word));
      word = null;
      at++;
    } else {
      word = (word ?? '') + char;
      at++;
    }
  }
  if (isQuoted) throw new ShellRefusal('a double quote is never closed. Is it copied whole');
  if (word !== null) words.push(plain(word));
  return words;
}

function plain(text: string): ShellWord {
  return { text, variables: [], refusal: null };
}
