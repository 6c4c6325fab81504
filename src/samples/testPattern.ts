/** The longest pattern that is looked at, and the longest text that one is tried on. */
const maxPattern = 1000;
const maxTested = 1000;

/** The text length up to which a pattern has to be quick to be used. */
const usualLength = 100;

/** The most ways in which an engine that backtracks may have to try: three repeats without end on a text of usual length, and a little more. */
const maxWays = 2 * usualLength ** 3;

/** The length up to which a fixed number of times costs next to nothing. */
const shortRun = 50;
const maxDepth = 50;

/**
 * Returns whether a pattern can be tried on a text in a short time. An engine that backtracks never ends with some others:
 * those where a repeated part can take the same text in several ways, and those with many repeats in a row.
 */
export function isSafePattern(pattern: string): boolean {
  return isQuick(pattern, usualLength);
}

/** Returns whether a pattern takes a text; true as well where that can't be tried in a short time. */
export function testPattern(pattern: string, text: string): boolean {
  if (text.length > maxTested || !isQuick(pattern, Math.max(text.length, usualLength))) return true;
  try {
    return new RegExp(pattern).test(text);
  } catch {
    // Some patterns turn out to be too large only when they are tried.
    return true;
  }
}

function isQuick(pattern: string, length: number): boolean {
  if (pattern.length > maxPattern || /\\[1-9]|\\k<|\(\?[a-z-]+:/.test(pattern)) return false;
  try {
    new RegExp(pattern);
  } catch {
    return false;
  }
  const places = pattern.startsWith('^') ? 1 : length;
  return places * waysOfAlternatives({ pattern, length, at: 0, depth: 0 }) <= maxWays;
}

interface Cursor {
  readonly pattern: string;
  /** Of the text. */
  readonly length: number;
  at: number;
  depth: number;
}

function waysOfAlternatives(cursor: Cursor): number {
  const { pattern } = cursor;
  if (++cursor.depth > maxDepth) return Number.POSITIVE_INFINITY;
  let [all, ways] = [0, 1];
  while (cursor.at < pattern.length && pattern[cursor.at] !== ')') {
    if (pattern[cursor.at] === '|') {
      cursor.at++;
      all += ways;
      ways = 1;
      // A pattern without an anchor is tried at each place.
      if (cursor.depth === 1 && pattern.startsWith('^') && pattern[cursor.at] !== '^') ways = cursor.length;
    } else ways *= waysOfPart(cursor);
  }
  cursor.depth--;
  return all + ways;
}

function waysOfPart(cursor: Cursor): number {
  const { pattern, at: from } = cursor;
  const isGroup = pattern[from] === '(';
  let inner = 1;
  if (isGroup) {
    cursor.at += /^\((?:\?(?:[:=!]|<[=!]|<[^>]*>))?/.exec(pattern.slice(from))![0].length;
    inner = waysOfAlternatives(cursor);
    cursor.at++;
  } else cursor.at = endOfAtom(pattern, from);
  const atom = pattern.slice(from, cursor.at);
  const { least, most } = readRepeat(cursor);
  const run = least > shortRun ? least / 10 : 1;
  const isFixed = least === most || (!isGroup && isGuarded(atom, pattern.slice(cursor.at, cursor.at + 3)));
  const lengths = isFixed ? 1 : most - least + 1;
  return (inner === 1 ? 1 : inner ** most) * run * lengths;
}

/** Returns whether what follows a repeated character can't be one itself, so that only one length of the repeat goes on. */
function isGuarded(atom: string, rest: string): boolean {
  const [, escaped, plain, more] = /^(?:\\([^A-Za-z0-9])|([^()[\]{}|^$.*+?\\]))([*?{])?/.exec(rest) ?? [];
  const next = escaped ?? plain;
  return next !== undefined && more === undefined && !new RegExp(`^${atom}$`).test(next);
}

function readRepeat(cursor: Cursor): { readonly least: number; readonly most: number } {
  const rest = cursor.pattern.slice(cursor.at);
  const [text, from, comma, to] = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/.exec(rest) ?? [''];
  cursor.at += text.length;
  const atMost = (count: string | undefined) => Math.min(Number(count), cursor.length);
  if (text === '') return { least: 1, most: 1 };
  if (text.startsWith('?')) return { least: 0, most: 1 };
  if (from === undefined) return { least: 0, most: cursor.length };
  const least = atMost(from);
  return { least, most: comma === '' ? least : to === '' ? cursor.length : Math.max(least, atMost(to)) };
}

function endOfAtom(pattern: string, from: number): number {
  if (pattern[from] === '[') return endOfSet(pattern, from) + 1;
  if (pattern[from] !== '\\') return from + 1;
  const [text] = /^\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|.?)/s.exec(pattern.slice(from)) ?? [''];
  return from + text.length;
}

/** Returns the end of a character set in a pattern. */
export function endOfSet(pattern: string, from: number): number {
  for (let at = from + 1; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++;
    else if (pattern[at] === ']') return at;
  }
  return pattern.length;
}
