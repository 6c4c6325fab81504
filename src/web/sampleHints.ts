import { type Json, JsonNumber, jsonType } from '../json/value.js';
import type { SampleHint } from './protocol.js';

/** Values that are suggested for a place, and the characters of one. */
const maxValues = 8;
const maxCharacters = 40;

interface Seen {
  readonly types: Set<string>;
  readonly values: Set<string>;
}

/** Returns the types and values at each place of samples. */
export function sampleHints(samples: readonly Json[]): SampleHint[] {
  const seen = new Map<string, Seen>();
  for (const sample of samples) look(sample, '', seen);
  seen.delete('');
  return [...seen].map(([path, { types, values }]) => ({
    path,
    types: [...types],
    values: values.size > 1 && values.size <= maxValues ? [...values] : [],
  }));
}

function look(value: Json, path: string, seen: Map<string, Seen>): void {
  const here = seen.get(path) ?? { types: new Set(), values: new Set() };
  seen.set(path, here);
  const type = jsonType(value);
  here.types.add(type);
  if (Array.isArray(value)) for (const item of value) look(item, `${path}[]`, seen);
  else if (value instanceof Map) {
    for (const [name, member] of value) look(member, path === '' ? name : `${path}.${name}`, seen);
  } else if (here.values.size <= maxValues) {
    const text = value instanceof JsonNumber ? value.text : String(value);
    if (text.length <= maxCharacters) here.values.add(text);
  }
}
