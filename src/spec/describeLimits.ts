import { excerpt } from '../core/printable.js';
import type { FlatSchema } from '../samples/flattenSchema.js';

/** Characters of a pattern, and patterns of one value. */
const maxPattern = 80;
const maxPatterns = 3;

/** Describes the limits of a value, each in words: `from 1 to 100`, `at most 20 characters`, `2 or more items`. */
export function describeLimits({ least, most, patterns, keywords }: FlatSchema): string[] {
  const step = keywords.get('multipleOf');
  return [
    ...describeRange(least, most),
    ...(typeof step === 'number' ? [`a multiple of ${step}`] : []),
    ...describeCount('character', least.get('minLength'), most.get('maxLength')),
    ...[...new Set(patterns)].slice(0, maxPatterns).map((pattern) => `matches ${excerpt(pattern, maxPattern)}`),
    ...describeCount('item', least.get('minItems'), most.get('maxItems')),
    ...(keywords.get('uniqueItems') === true ? ['each item once'] : []),
    ...describeCount('field', least.get('minProperties'), most.get('maxProperties')),
  ];
}

function describeRange(least: ReadonlyMap<string, number>, most: ReadonlyMap<string, number>): string[] {
  const [minimum = -Infinity, above = -Infinity] = [least.get('minimum'), least.get('exclusiveMinimum')];
  const [maximum = Infinity, below = Infinity] = [most.get('maximum'), most.get('exclusiveMaximum')];
  if (minimum > above && maximum < below) return [minimum === maximum ? `${minimum}` : `from ${minimum} to ${maximum}`];
  return [
    ...(above >= minimum ? (above === -Infinity ? [] : [`more than ${above}`]) : [`at least ${minimum}`]),
    ...(below <= maximum ? (below === Infinity ? [] : [`less than ${below}`]) : [`at most ${maximum}`]),
  ];
}

function describeCount(unit: string, from = 0, to = Infinity): string[] {
  const units = to === 1 ? unit : `${unit}s`;
  if (from === to) return [`${to} ${units}`];
  if (to === Infinity) return from === 0 ? [] : [`${from} or more ${unit}s`];
  return [from === 0 ? `at most ${to} ${units}` : `${from} to ${to} ${units}`];
}
