import { formatPath, type PathStep } from '../json/path.js';
import { type Json, JsonNumber } from '../json/value.js';

/** A place where two documents differ; undefined stands for a value that one of them does not have. */
export interface Difference {
  readonly path: string;
  readonly left: Json | undefined;
  readonly right: Json | undefined;
}

/** Where two documents differ, from the top down; objects whatever the order of their members, numbers by what they amount to. */
export function* differences(
  left: Json | undefined,
  right: Json | undefined,
  path: readonly PathStep[] = [],
): Generator<Difference, void> {
  if (Array.isArray(left) && Array.isArray(right)) {
    for (let at = 0; at < Math.max(left.length, right.length); at++) {
      yield* differences(left[at], right[at], [...path, at]);
    }
  } else if (left instanceof Map && right instanceof Map) {
    for (const key of new Set([...left.keys(), ...right.keys()])) {
      yield* differences(left.get(key), right.get(key), [...path, key]);
    }
  } else if (!isSame(left, right)) {
    yield { path: formatPath(path), left, right };
  }
}

function isSame(left: Json | undefined, right: Json | undefined): boolean {
  if (left instanceof JsonNumber && right instanceof JsonNumber) {
    return left.text === right.text || Number(left.text) === Number(right.text);
  }
  return left === right;
}

/** Whether a difference is one of values, and not of shape: both documents have something without members there. */
export function isOfValues({ left, right }: Difference): boolean {
  return [left, right].every((value) => value !== undefined && !Array.isArray(value) && !(value instanceof Map));
}
