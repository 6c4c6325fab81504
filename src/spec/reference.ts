import { isRecord } from '../core/isRecord.js';
import { pointerSteps, pointerTo } from '../core/jsonPointer.js';

/** The two parts of a text around the first mark in it; the whole text where there is none. */
export function splitOnce(text: string, mark: string): string[] {
  const at = text.indexOf(mark);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** Returns the JSON Pointer of a fragment; an anchor is looked up among the definitions. */
export function pointerOfFragment(fragment: string, data: unknown): string | null {
  try {
    const text = decodeURIComponent(fragment);
    if (text === '' || text.startsWith('/')) return text.slice(0, 2000);
    for (const key of ['$defs', 'definitions']) {
      const map = isRecord(data) ? data[key] : undefined;
      if (!isRecord(map)) continue;
      const found = Object.keys(map).find(
        (name) => isRecord(map[name]) && (map[name] as Record<string, unknown>).$anchor === text,
      );
      if (found !== undefined) return pointerTo([key, found]);
    }
    return null;
  } catch {
    return null;
  }
}

/** The value that a JSON Pointer leads to; undefined where there is none. */
export function valueAt(data: unknown, pointer: string): unknown {
  let value = data;
  for (const key of pointerSteps(pointer)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
