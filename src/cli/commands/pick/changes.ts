import { UsageError } from '../../../core/errors.js';
import { writeFaithfully } from '../../../json/dialect.js';
import { formatPath, type PathStep } from '../../../json/path.js';
import { type Json, JsonNumber } from '../../../json/value.js';

/** Edits as `--set` and `--unset` take them. */
export interface Changes {
  readonly set: string[];
  readonly unset: string[];
}

/** The changes that make one document of another. Throws a UsageError where that takes a new root. */
export function changesBetween(before: Json, after: Json): Changes {
  const changes: Changes = { set: [], unset: [] };
  compare(before, after, [], changes);
  return changes;
}

function compare(before: Json, after: Json, path: readonly PathStep[], changes: Changes): void {
  if (writeFaithfully(before, 'js') === writeFaithfully(after, 'js')) return;
  if (before instanceof Map && after instanceof Map) {
    for (const key of before.keys()) if (!after.has(key)) changes.unset.push(formatPath([...path, key]));
    for (const [key, value] of after) {
      const old = before.get(key);
      if (old === undefined) changes.set.push(`${formatPath([...path, key])}:=${writeFaithfully(value, 'js')}`);
      else compare(old, value, [...path, key], changes);
    }
  } else if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    for (const [i, item] of after.entries()) compare(before[i]!, item, [...path, i], changes);
  } else if (path.length === 0) {
    throw new UsageError('BAD_DATA', 'The whole payload is another value now. Send it from a file, with --data.');
  } else {
    changes.set.push(setText(before, after, formatPath(path)));
  }
}

function setText(before: Json, after: Json, place: string): string {
  if (typeof before === 'string' && typeof after === 'string' && !after.includes('{{')) return `${place}=${after}`;
  if (before instanceof JsonNumber && after instanceof JsonNumber) return `${place}=${after.text}`;
  return `${place}:=${writeFaithfully(after, 'js')}`;
}
