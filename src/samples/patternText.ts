import { type Random, randomBelow } from '../core/random.js';
import { endOfSet, isSafePattern, testPattern } from './testPattern.js';

/** The most characters that a pattern's text has. */
const maxText = 400;

/** A part of a regular expression: a set of characters, a group of alternatives, or nothing that takes characters. */
type Part = { readonly chars: readonly string[] } | { readonly alternatives: readonly (readonly Repeat[])[] };

interface Repeat {
  readonly part: Part;
  readonly least: number;
  readonly most: number;
}

const digits = [...'0123456789'];
const small = [...'abcdefghijklmnopqrstuvwxyz'];
const capitals = small.map((letter) => letter.toUpperCase());
const usual = [...small, ...digits];

/** A text that a pattern takes; null where none was found. */
export function patternText(pattern: string, random: Random): string | null {
  if (!isSafePattern(pattern)) return null;
  try {
    const reader = { pattern, at: 0, depth: 0 };
    const alternatives = readAlternatives(reader);
    for (let attempt = 0; attempt < 8; attempt++) {
      const text = writeAlternatives(alternatives, random).slice(0, maxText);
      if (testPattern(pattern, text)) return text;
    }
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
  }
  return null;
}

class PatternError extends Error {}

interface Reader {
  readonly pattern: string;
  at: number;
  depth: number;
}

function readAlternatives(reader: Reader): Repeat[][] {
  if (++reader.depth > 20) throw new PatternError('too deep');
  const alternatives: Repeat[][] = [[]];
  while (reader.at < reader.pattern.length && reader.pattern[reader.at] !== ')') {
    const char = reader.pattern[reader.at]!;
    if (char === '|') {
      alternatives.push([]);
      reader.at++;
      continue;
    }
    const part = readPart(reader);
    if (part) alternatives.at(-1)!.push({ part, ...readCount(reader) });
  }
  reader.depth--;
  return alternatives;
}

function readPart(reader: Reader): Part | null {
  const { pattern } = reader;
  const char = pattern[reader.at++]!;
  if (char === '^' || char === '$') return null;
  if (char === '.') return { chars: usual };
  if (char === '[') return readSet(reader);
  if (char === '\\') return readEscape(reader);
  if (char !== '(') return { chars: [char] };
  const [look] = /^\?(?:[:=!]|<[=!]|<\w+>)/.exec(pattern.slice(reader.at, reader.at + 40)) ?? [''];
  reader.at += look.length;
  const alternatives = readAlternatives(reader);
  reader.at++;
  return /[=!]$/.test(look) ? null : { alternatives };
}

function readEscape(reader: Reader): Part | null {
  const char = reader.pattern[reader.at++] ?? '';
  if (char === 'b' || char === 'B') return null;
  if (char === 'd') return { chars: digits };
  if (char === 'w') return { chars: usual };
  if (char === 's') return { chars: [' '] };
  if (char === 'S' || char === 'D' || char === 'W') return { chars: char === 'W' ? ['-'] : small };
  if (char === 'u' || char === 'x') {
    const length = char === 'u' ? 4 : 2;
    const code = reader.pattern.slice(reader.at, reader.at + length);
    reader.at += length;
    return { chars: [String.fromCharCode(Number.parseInt(code, 16))] };
  }
  if (char === 'p' || char === 'P') throw new PatternError('a property');
  const control = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', '0': '\0' }[char];
  return { chars: [control ?? char] };
}

function readSet(reader: Reader): Part {
  const end = endOfSet(reader.pattern, reader.at - 1);
  const isNot = reader.pattern[reader.at] === '^';
  if (isNot) reader.at++;
  const chars: string[] = [];
  while (reader.at < end) {
    const first = readSetChar(reader);
    if (first.length === 1 && reader.pattern[reader.at] === '-' && reader.at + 1 < end) {
      reader.at++;
      const last = readSetChar(reader);
      const [from, to] = [first[0]!.charCodeAt(0), last[0]!.charCodeAt(0)];
      for (let code = from; code <= to && code < from + 200; code++) chars.push(String.fromCharCode(code));
    } else chars.push(...first);
  }
  reader.at = end + 1;
  const taken = isNot ? [...usual, ...capitals, '-', '_'].filter((char) => !chars.includes(char)) : chars;
  if (taken.length === 0) throw new PatternError('an empty set');
  const nice = taken.filter((char) => /[a-z0-9]/.test(char));
  const big = taken.filter((char) => /[A-Z0-9]/.test(char));
  return { chars: nice.length > 0 && big.length === nice.length ? big : nice.length > 0 ? nice : taken };
}

function readSetChar(reader: Reader): readonly string[] {
  const char = reader.pattern[reader.at++]!;
  if (char !== '\\') return [char];
  const part = readEscape(reader);
  return part && 'chars' in part ? part.chars : [' '];
}

function readCount(reader: Reader): { least: number; most: number } {
  const rest = reader.pattern.slice(reader.at, reader.at + 24);
  const [text, from, comma, to] = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/.exec(rest) ?? [''];
  reader.at += text.length;
  if (text === '') return { least: 1, most: 1 };
  if (text.startsWith('*')) return { least: 1, most: 8 };
  if (text.startsWith('+')) return { least: 4, most: 10 };
  if (text.startsWith('?')) return { least: 1, most: 1 };
  const least = Math.min(Number(from), maxText);
  if (comma === '') return { least, most: least };
  const wanted = Math.max(least, Math.min(least + 8, to === '' ? Number.POSITIVE_INFINITY : Number(to)));
  return { least: Math.max(least, Math.min(wanted, 1)), most: wanted };
}

function writeAlternatives(alternatives: readonly (readonly Repeat[])[], random: Random): string {
  const parts = alternatives[randomBelow(random, alternatives.length)] ?? [];
  let text = '';
  for (const { part, least, most } of parts) {
    const times = least + randomBelow(random, most - least + 1);
    for (let time = 0; time < times && text.length < maxText; time++) {
      text +=
        'chars' in part
          ? part.chars[randomBelow(random, part.chars.length)]!
          : writeAlternatives(part.alternatives, random);
    }
  }
  return text;
}
