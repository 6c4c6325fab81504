import { formatPath, type PathStep } from '../../json/path.js';
import { type Json, JsonNumber, jsonType } from '../../json/value.js';

/** The comparison of two bodies, by the paths of their fields. */
export interface ComparedShapes {
  readonly confirmed: number;
  readonly missing: readonly string[];
  readonly unknown: readonly string[];
  readonly otherTypes: readonly string[];
}

const maxDepth = 40;

/** Compares the fields of a sample with those of a recorded body. Of lists the first items are compared; null goes with any type. */
export function compareShapes(sample: Json, recorded: Json): ComparedShapes {
  const missing: string[] = [];
  const unknown: string[] = [];
  const otherTypes: string[] = [];
  let confirmed = 0;
  const visit = (mine: Json, theirs: Json, path: readonly PathStep[]): void => {
    if (path.length > maxDepth) return;
    if (mine instanceof Map && theirs instanceof Map) {
      for (const [key, value] of mine) {
        const other = theirs.get(key);
        if (other === undefined) missing.push(formatPath([...path, key]));
        else visit(value, other, [...path, key]);
      }
      for (const key of theirs.keys()) if (!mine.has(key)) unknown.push(formatPath([...path, key]));
    } else if (Array.isArray(mine) && Array.isArray(theirs)) {
      confirmed++;
      const [first] = mine;
      const [other] = theirs;
      if (first !== undefined && other !== undefined) visit(first, other, [...path, 0]);
    } else if (mine === null || theirs === null || kindOf(mine) === kindOf(theirs)) confirmed++;
    else otherTypes.push(`${formatPath(path)}: ${jsonType(theirs)} in place of ${jsonType(mine)}`);
  };
  visit(sample, recorded, []);
  return { confirmed, missing, unknown, otherTypes };
}

function kindOf(value: Json): string {
  if (value instanceof JsonNumber) return 'number';
  if (Array.isArray(value)) return 'list';
  return value instanceof Map ? 'object' : typeof value;
}
