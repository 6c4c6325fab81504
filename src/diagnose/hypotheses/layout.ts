import type { Json, JsonObject } from '../../json/value.js';

/** Strings whole, and the signs between them; of text without white space between its items. */
const tokens = /"[^"\\]*(?:\\[\s\S]?[^"\\]*)*(?:"|$)|[{}[\],:]/g;

/** JSON text, written without spaces or in the way of Python, with other text between items, and between key and value. */
export function respaced(text: string, comma: string, colon: string): string {
  return text.replace(/"[^"\\]*(?:\\[\s\S]?[^"\\]*)*(?:"|$)|, ?|: ?/g, (token) =>
    token[0] === ',' ? comma : token[0] === ':' ? colon : token,
  );
}

/** JSON text without spaces laid out over lines, as JavaScript, Python and PHP do; `indent` is what one level is set in by. */
export function laidOut(text: string, indent: string): string {
  let line = '\n';
  return text.replace(tokens, (token, at: number) => {
    switch (token) {
      case '{':
      case '[':
        line += indent;
        return text[at + 1] === '}' || text[at + 1] === ']' ? token : token + line;
      case '}':
      case ']':
        line = line.slice(0, line.length - indent.length);
        return text[at - 1] === '{' || text[at - 1] === '[' ? token : line + token;
      case ',':
        return token + line;
      case ':':
        return ': ';
      default:
        return token;
    }
  });
}

/** JSON text without spaces as Jackson's DefaultPrettyPrinter lays it out: members on lines of their own, items of lists on one. */
export function laidOutByJackson(text: string): string {
  const open: string[] = [];
  const line = () => `\n${'  '.repeat(open.filter((sign) => sign === '{').length)}`;
  return text.replace(tokens, (token, at: number) => {
    const isEmpty = /[{[]/.test(text[at - 1] ?? '') && /[}\]]/.test(token);
    switch (token) {
      case '{':
      case '[':
        open.push(token);
        return /[}\]]/.test(text[at + 1] ?? '') ? token : token + (token === '{' ? line() : ' ');
      case '}':
      case ']':
        open.pop();
        return isEmpty || token === ']' ? ` ${token}` : line() + token;
      case ',':
        return token + (open.at(-1) === '{' ? line() : ' ');
      case ':':
        return ' : ';
      default:
        return token;
    }
  });
}

/** JSON text with the escapes of characters beyond ASCII undone. */
export function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|.)/g, (escaped, hex: string | undefined) => {
    const code = hex === undefined ? 0 : Number.parseInt(hex, 16);
    return code >= 0x7f ? String.fromCharCode(code) : escaped;
  });
}

/** The value with the keys of all its objects in alphabetic order. */
export function sorted(value: Json): Json {
  return sortedBy(value, (a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** From here on the order of UTF-16 and that of UTF-8 differ. */
const beyond = /[\ud800-\uffff]/;

/** The same in the order of UTF-8, which differs beyond 16 bits. */
export function sortedByBytes(value: Json): Json {
  return sortedBy(value, (a, b) =>
    beyond.test(a) || beyond.test(b) ? Buffer.compare(Buffer.from(a), Buffer.from(b)) : a < b ? -1 : a > b ? 1 : 0,
  );
}

function sortedBy(value: Json, compare: (a: string, b: string) => number): Json {
  if (Array.isArray(value)) return value.map((item) => sortedBy(item, compare));
  if (!(value instanceof Map)) return value;
  const members = [...value].sort(([a], [b]) => compare(a, b));
  return new Map(members.map(([key, member]) => [key, sortedBy(member, compare)])) as JsonObject;
}

/** JSON text with arrays in place of empty objects, as PHP's associative arrays write these. */
export function emptyAsArrays(text: string): string {
  return text.replace(/"[^"\\]*(?:\\[\s\S]?[^"\\]*)*(?:"|$)|\{\}/g, (token) => (token === '{}' ? '[]' : token));
}
