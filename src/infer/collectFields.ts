import { formatPath, type PathStep } from '../json/path.js';
import { type Json, JsonNumber } from '../json/value.js';

/** A text or number of a body, and its path. */
export interface Field {
  readonly path: string;
  readonly steps: readonly PathStep[];
  readonly text: string;
  readonly isNumber: boolean;
}

/** Fields of a body that are looked at, those nearest to its surface. */
const maxFields = 400;

/** The texts and numbers of a body, those of the upper levels first. */
export function collectFields(body: Json | undefined): Field[] {
  const fields: Field[] = [];
  const queue: { value: Json; steps: readonly PathStep[] }[] = body === undefined ? [] : [{ value: body, steps: [] }];
  for (let at = 0; at < queue.length && at < maxFields * 4 && fields.length < maxFields; at++) {
    const { value, steps } = queue[at]!;
    const isNumber = value instanceof JsonNumber;
    if ((typeof value === 'string' || isNumber) && steps.length > 0) {
      const text = isNumber ? value.text : (value as string);
      if (text !== '' && text.length <= 8192) fields.push({ path: formatPath(steps), steps, text, isNumber });
    } else if (Array.isArray(value)) {
      for (const [index, item] of value.slice(0, 20).entries()) queue.push({ value: item, steps: [...steps, index] });
    } else if (value instanceof Map) {
      let count = 0;
      for (const [key, member] of value) {
        if (count++ === maxFields) break;
        queue.push({ value: member, steps: [...steps, key] });
      }
    }
  }
  return fields;
}

/** Returns whether two fields are in the same object. */
export function areSiblings(one: string, other: string): boolean {
  return parentOf(one) === parentOf(other);
}

function parentOf(path: string): string {
  return path.replace(/(?:^|\.)[^.[\]]+$/, '');
}
