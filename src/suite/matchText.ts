import { UsageError } from '../core/errors.js';
import { findMatch, readPattern, tooSlow } from '../core/findMatch.js';
import type { TextMatcher } from './suite.js';

/** What is wrong with a text, as the end of a sentence that begins with what it is; null where nothing is. */
export type TextTest = (text: string | undefined) => string | null;

/** Characters of a text that a sentence quotes. */
const quoted = 200;

/** Makes the test of a matcher. Throws a UsageError for one that says nothing clear; `what` says where it stands. */
export function textTest(matcher: string | TextMatcher, what: string): TextTest {
  const { equals, contains, matches, absent } = typeof matcher === 'string' ? { equals: matcher } : matcher;
  checkAbsence(typeof matcher === 'string' ? {} : matcher, what);
  const pattern = matches === undefined ? null : patternTest(matches, what);
  return (text) => {
    if (absent === true) return text === undefined ? null : `is ${quoteExcerpt(text)}, expected none`;
    if (text === undefined) return 'is missing';
    if (equals !== undefined && text !== equals) return `is ${quoteExcerpt(text)}, expected ${quoteExcerpt(equals)}`;
    if (contains !== undefined && !text.includes(contains)) {
      return `is ${quoteExcerpt(text)}, which does not contain ${quoteExcerpt(contains)}`;
    }
    const wrong = pattern?.(text) ?? null;
    return wrong === null ? null : `is ${quoteExcerpt(text)}, ${wrong}`;
  };
}

/** Throws a UsageError for what demands something of a value that must not be there. */
export function checkAbsence(matcher: object, what: string): void {
  const { absent, ...others } = matcher as { readonly absent?: unknown };
  const [other] = Object.keys(others);
  if (absent === true && other !== undefined) {
    throw new UsageError(
      'BAD_MATCHER',
      `${what}: absent leaves nothing that ${other} could be said of. Leave one out.`,
    );
  }
}

/** Makes what says how a text does not match the source of a regular expression; null where it does. */
export function patternTest(source: string, what: string): (text: string) => string | null {
  const pattern = readPattern(source, what);
  return (text) => {
    const match = findMatch(pattern, text);
    if (match === tooSlow) return `and ${pattern} ${tooSlow}`;
    return match ? null : `which does not match ${pattern}`;
  };
}

/** A text, cut to what is worth reading. */
export function cut(text: string): string {
  return text.length > quoted ? `${text.slice(0, quoted)}…` : text;
}

/** A text in quotes, cut to what is worth reading. */
export function quoteExcerpt(text: string): string {
  return JSON.stringify(cut(text));
}
