const tokens = /"(?:[^"\\]|\\.)*"|\b(?:true|false|null)\b/g;

/** What a terminal shows as nothing or as a blank. */
const unprintable = /[\p{C}\p{Z}]/gu;

/** JSON as Python writes it, as `str` shows what was read from it. */
export function printedByPython(text: string): string {
  const words: Readonly<Record<string, string>> = { true: 'True', false: 'False', null: 'None' };
  return text.replace(tokens, (token) => words[token] ?? pythonText(JSON.parse(token) as string));
}

function pythonText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', ' ': ' ' };
  const shown = text
    .replace(/\\/g, '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replace(unprintable, (char) => named[char] ?? pythonEscape(char.codePointAt(0)!));
  return `${quote}${shown}${quote}`;
}

function pythonEscape(code: number): string {
  const [letter, digits] = code <= 0xff ? ['x', 2] : code <= 0xffff ? ['u', 4] : ['U', 8];
  return `\\${letter}${code.toString(16).padStart(digits, '0')}`;
}

/** JSON without spaces but for those that Ruby puts between items, as `to_s` shows what was read from it. */
export function printedByRuby(text: string): string {
  return text.replace(tokens, (token) =>
    token === 'null' ? 'nil' : token.startsWith('"') ? rubyText(JSON.parse(token) as string) : token,
  );
}

function rubyText(text: string): string {
  const named: Readonly<Record<string, string>> = {
    ...{ '\n': '\\n', '\r': '\\r', '\t': '\\t', '\f': '\\f', '\v': '\\v', '\b': '\\b' },
    ...{ '\x07': '\\a', '\x1b': '\\e', ' ': ' ' },
  };
  const shown = text.replace(/["\\]|#(?=[{$@])/g, '\\$&').replace(unprintable, (char) => {
    const hex = char.codePointAt(0)!.toString(16).toUpperCase();
    return named[char] ?? (hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`);
  });
  return `"${shown}"`;
}
