import { isDeepStrictEqual } from 'node:util';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import type { JsonSchema } from './jsonSchema.js';
import { type ComplaintList, type SchemaCheck, schemaComplaint } from './schemaComplaint.js';
import { testPattern } from './testPattern.js';

const bounds = [
  ['minimum', '>=', (value: number, limit: number) => value >= limit],
  ['maximum', '<=', (value: number, limit: number) => value <= limit],
  ['exclusiveMinimum', '>', (value: number, limit: number) => value > limit],
  ['exclusiveMaximum', '<', (value: number, limit: number) => value < limit],
] as const;

/** The checks of a schema that look at a number, a text or the value as a whole, and at nothing in it. */
export function plainChecks(node: JsonSchema): SchemaCheck[] {
  return [...valueChecks(node), ...numberChecks(node), ...textChecks(node)];
}

/** The check of the type; null where any type is taken. */
export function typeCheck({ type }: JsonSchema): SchemaCheck | null {
  if (type === undefined) return null;
  const types = [type].flat() as string[];
  const tests = types.map((name) => typeTests[name] ?? (() => true));
  const [only] = tests;
  const isOf = tests.length === 1 ? only! : (value: unknown) => tests.some((test) => test(value));
  const message = `must be ${types.join(',')}`;
  return (value, list) => isOf(value) || schemaComplaint(list, 'type', message, { type });
}

const typeTests: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
  array: Array.isArray,
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

function* valueChecks(node: JsonSchema): Iterable<SchemaCheck> {
  if ('const' in node) {
    const allowedValue = node.const;
    yield (value, list) =>
      isSame(value, allowedValue) || schemaComplaint(list, 'const', 'must be equal to constant', { allowedValue });
  }
  const allowedValues = node.enum;
  if (allowedValues === undefined) return;
  const plain = new Set(allowedValues.filter((each) => typeof each !== 'object' || each === null));
  const others = allowedValues.filter((each) => !plain.has(each));
  yield (value, list) =>
    plain.has(value) ||
    others.some((each) => isSame(value, each)) ||
    schemaComplaint(list, 'enum', 'must be equal to one of the allowed values', { allowedValues });
}

function* numberChecks(node: JsonSchema): Iterable<SchemaCheck> {
  for (const [keyword, comparison, holds] of bounds) {
    const limit = node[keyword];
    if (typeof limit !== 'number') continue;
    yield numberCheck(
      (value, list) =>
        holds(value, limit) || schemaComplaint(list, keyword, `must be ${comparison} ${limit}`, { comparison, limit }),
    );
  }
  const { multipleOf } = node;
  if (typeof multipleOf === 'number') {
    yield numberCheck(
      (value, list) =>
        Number.isInteger(value / multipleOf) ||
        schemaComplaint(list, 'multipleOf', `must be multiple of ${multipleOf}`, { multipleOf }),
    );
  }
}

function* textChecks(node: JsonSchema): Iterable<SchemaCheck> {
  const { minLength, maxLength, pattern, format } = node;
  if (maxLength !== undefined) {
    const message = `must NOT have more than ${maxLength} characters`;
    yield textCheck(
      (text, list) => lengthOf(text) <= maxLength || schemaComplaint(list, 'maxLength', message, { limit: maxLength }),
    );
  }
  if (minLength !== undefined) {
    const message = `must NOT have fewer than ${minLength} characters`;
    yield textCheck(
      (text, list) => lengthOf(text) >= minLength || schemaComplaint(list, 'minLength', message, { limit: minLength }),
    );
  }
  if (pattern !== undefined) {
    yield textCheck(
      (text, list) =>
        testPattern(pattern, text) || schemaComplaint(list, 'pattern', `must match pattern "${pattern}"`, { pattern }),
    );
  }
  if (format !== undefined && Object.hasOwn(fullFormats, format)) yield* formatCheck(format);
}

function* formatCheck(format: string): Iterable<SchemaCheck> {
  const known = fullFormats[format as keyof typeof fullFormats];
  if (known === true || typeof known === 'boolean') return;
  const isDefined = typeof known === 'object' && !(known instanceof RegExp);
  const test = (isDefined ? known.validate : known) as RegExp | ((value: unknown) => boolean);
  const takes = typeof test === 'function' ? test : (value: unknown) => test.test(value as string);
  const type = isDefined && known.type === 'number' ? 'number' : 'string';
  yield (value, list) =>
    typeof value !== type ||
    takes(value) ||
    schemaComplaint(list, 'format', `must match format "${format}"`, { format });
}

function numberCheck(check: (value: number, list: ComplaintList | null) => boolean): SchemaCheck {
  return (value, list) => typeof value !== 'number' || !Number.isFinite(value) || check(value, list);
}

function textCheck(check: (value: string, list: ComplaintList | null) => boolean): SchemaCheck {
  return (value, list) => typeof value !== 'string' || check(value, list);
}

/** The number of characters, not of UTF-16 units. */
function lengthOf(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length - 1; at++) {
    const isPair = (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
    if (!isPair) continue;
    count--;
    at++;
  }
  return count;
}

/** Returns whether two values of JSON are equal, whatever the order of members. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  return typeof one === 'object' && typeof other === 'object' && isDeepStrictEqual(one, other);
}
