import { printable } from '../../../core/printable.js';
import { writeFaithfully } from '../../../json/dialect.js';
import { formatPath, type PathStep } from '../../../json/path.js';
import { type Json, JsonNumber } from '../../../json/value.js';

/** Edits as `--set` and `--unset` take them. */
export interface Changes {
  readonly set: string[];
  readonly unset: string[];
}

/** The changes that make one document of another, the order of members included; null where edits can't say them. */
export function changesBetween(before: Json, after: Json): Changes | null {
  const changes: Changes = { set: [], unset: [] };
  return compare(before, after, [], changes) ? changes : null;
}

function compare(before: Json, after: Json, path: readonly PathStep[], changes: Changes): boolean {
  if (writeFaithfully(before, 'js') === writeFaithfully(after, 'js')) return true;
  if (before instanceof Map && after instanceof Map && keepsOrder(before, after, path.length === 0)) {
    for (const key of before.keys()) if (!after.has(key)) changes.unset.push(formatPath([...path, key]));
    for (const [key, value] of after) {
      const old = before.get(key);
      if (old === undefined) changes.set.push(`${formatPath([...path, key])}:=${jsonText(value)}`);
      else compare(old, value, [...path, key], changes);
    }
    return true;
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    for (const [i, item] of after.entries()) compare(before[i]!, item, [...path, i], changes);
    return true;
  }
  if (path.length === 0) return false;
  changes.set.push(setText(before, after, formatPath(path)));
  return true;
}

/**
 * Whether the members stand as edits would leave them: those that stay in their order, then the new ones. Of the outermost members only the order
 * of those that stay counts: what is added to them may come last.
 */
function keepsOrder(
  before: ReadonlyMap<string, Json>,
  after: ReadonlyMap<string, Json>,
  isOutermost: boolean,
): boolean {
  const kept = [...before.keys()].filter((key) => after.has(key));
  const found = isOutermost ? [...after.keys()].filter((key) => before.has(key)) : [...after.keys()];
  return kept.every((key, i) => key === found[i]);
}

function setText(before: Json, after: Json, place: string): string {
  const isText = typeof before === 'string' && typeof after === 'string' && !after.includes('{{');
  if (isText && printable(after) === after) return `${place}=${after}`;
  if (before instanceof JsonNumber && after instanceof JsonNumber) return `${place}=${after.text}`;
  return `${place}:=${jsonText(after)}`;
}

/** JSON without the characters that a terminal must not get. */
function jsonText(value: Json): string {
  const text = writeFaithfully(value, 'js');
  if (printable(text) === text) return text;
  return text.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
