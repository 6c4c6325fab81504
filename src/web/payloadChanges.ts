import { writeFaithfully } from '../json/encodeJson.js';
import { formatPath, type PathStep } from '../json/path.js';
import { type Json, JsonNumber } from '../json/value.js';

/** The changes that turn one payload into another. */
export interface PayloadChanges {
  /** JSON values by path. */
  readonly set: readonly (readonly [path: string, value: Json])[];
  readonly unset: readonly string[];
}

/** The changes from one payload to another, as few as there are; null where they have nothing in common. */
export function findPayloadChanges(from: Json, to: Json): PayloadChanges | null {
  const set: [string, Json][] = [];
  const unset: string[] = [];
  const walk = (before: Json, after: Json, path: readonly PathStep[]): void => {
    if (before instanceof Map && after instanceof Map) {
      for (const key of before.keys()) if (!after.has(key)) unset.push(formatPath([...path, key]));
      for (const [key, value] of after) {
        const earlier = before.get(key);
        if (earlier === undefined) set.push([formatPath([...path, key]), value]);
        else walk(earlier, value, [...path, key]);
      }
    } else if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
      for (const [at, value] of after.entries()) walk(before[at]!, value, [...path, at]);
    } else if (!isSame(before, after)) set.push([formatPath(path), after]);
  };
  walk(from, to, []);
  return set.some(([path]) => path === '') ? null : { set, unset };
}

function isSame(one: Json, other: Json): boolean {
  if (one instanceof JsonNumber && other instanceof JsonNumber) return one.text === other.text;
  return one === other || writeFaithfully(one, 'js') === writeFaithfully(other, 'js');
}
