import { UsageError } from '../core/errors.js';
import { findMatch, readPattern, tooSlowReason } from '../core/findMatch.js';
import type { Plain } from '../core/plain.js';
import { textOfJson, writeJson } from '../json/dialect.js';
import { type Json, JsonNumber, toJson } from '../json/value.js';
import type { TextMatcher, ValueMatcher } from './suite.js';

/** Returns the problem with a text, as the end of a sentence that begins with its name; null for none. */
type TextTest = (text: string | undefined) => string | null;

/** Characters of a text that a sentence quotes. */
const quoted = 200;

/** Builds the test of a matcher. Throws a UsageError for an ambiguous one; `what` names its place. */
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
function checkAbsence(matcher: object, what: string): void {
  const { absent, ...others } = matcher as { readonly absent?: unknown };
  const [other] = Object.keys(others);
  if (absent === true && other !== undefined) {
    throw new UsageError('BAD_MATCHER', `${what}: absent leaves nothing for ${other} to check. Leave one out.`);
  }
}

/** Builds a test that reports a text not matching the source of a regular expression; null where it matches. */
function patternTest(source: string, what: string): (text: string) => string | null {
  const pattern = readPattern(source, what);
  return (text) => {
    const match = findMatch(pattern, text);
    if (match === tooSlowReason) return `and ${pattern} ${tooSlowReason}`;
    return match ? null : `which does not match ${pattern}`;
  };
}

/** Cuts a text to a readable length. */
function cut(text: string): string {
  return text.length > quoted ? `${text.slice(0, quoted)}…` : text;
}

/** Quotes a text, cut to a readable length. */
function quoteExcerpt(text: string): string {
  return JSON.stringify(cut(text));
}

/** Returns the problem with a member of an answer's JSON; null for none. */
export type ValueTest = (value: Json | undefined) => string | null;

/** The type of each key of a matcher. */
const matcherKeys: Record<string, 'string' | 'boolean' | null> = {
  equals: null,
  contains: 'string',
  matches: 'string',
  absent: 'boolean',
};

/** Returns whether an object is a matcher and not a value to be equal to. */
function isMatcher(value: Plain | ValueMatcher): value is ValueMatcher {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => Object.hasOwn(matcherKeys, key));
}

/** Builds the test of a value or matcher. Throws a UsageError for an ambiguous one; `what` names its place. */
export function valueTest(expected: Plain | ValueMatcher, what: string): ValueTest {
  const matcher: ValueMatcher = isMatcher(expected) ? expected : { equals: expected };
  checkTypes(matcher, what);
  checkAbsence(matcher, what);
  const { equals, contains, matches, absent } = matcher;
  const pattern = matches === undefined ? null : patternTest(matches, what);
  const wanted = equals === undefined ? undefined : toJson(equals);
  return (value) => {
    if (absent === true) return value === undefined ? null : `is ${shown(value)}, expected none`;
    if (value === undefined) return 'is missing';
    if (wanted !== undefined && !isEqual(value, wanted)) return `is ${shown(value)}, expected ${shown(wanted)}`;
    if (contains !== undefined && !holds(value, contains)) {
      return `is ${shown(value)}, which does not contain ${quoteExcerpt(contains)}`;
    }
    const wrong = pattern?.(textOfJson(value)) ?? null;
    return wrong === null ? null : `is ${shown(value)}, ${wrong}`;
  };
}

/** Throws for values of the wrong type: the file's schema can't tell a matcher from a value to be equal to. */
function checkTypes(matcher: ValueMatcher, what: string): void {
  for (const [key, value] of Object.entries(matcher)) {
    const type = matcherKeys[key];
    if (type && typeof value !== type) {
      const wanted = type === 'string' ? 'text' : 'true or false';
      throw new UsageError(
        'BAD_MATCHER',
        `${what}.${key} must be ${wanted}; an object to be equal to goes into equals.`,
      );
    }
  }
}

/** Equal as values: numbers by what they amount to, objects whatever the order of their members. */
function isEqual(a: Json, b: Json): boolean {
  if (a instanceof JsonNumber || b instanceof JsonNumber) {
    return a instanceof JsonNumber && b instanceof JsonNumber && Number(a.text) === Number(b.text);
  }
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, at) => isEqual(item, b[at]!));
  }
  if (!(a instanceof Map)) return a === b;
  if (!(b instanceof Map) || a.size !== b.size) return false;
  return [...a].every(([key, member]) => b.has(key) && isEqual(member, b.get(key)!));
}

/** Returns whether a text contains a part, or an array an item. */
function holds(value: Json, part: string): boolean {
  return Array.isArray(value) ? value.some((item) => textOfJson(item) === part) : textOfJson(value).includes(part);
}

function shown(value: Json): string {
  return cut(writeJson(value, 'js'));
}
