import { parsePath, setPath } from '../json/path.js';
import { type Json, JsonNumber, toJson } from '../json/value.js';
import { literalFinder } from '../payloads/literalFinder.js';
import { loadSample } from '../payloads/load.js';
import type { ScriptStep } from './script.js';

/** The sample of a step as its flow tells it: about the flow's own things, and with the members that the flow changes. */
export async function storySample({ provider, event, variant, story }: ScriptStep): Promise<Json> {
  const sample = retold(await loadSample({ provider, event, variant }), story.same ?? {});
  for (const [path, value] of Object.entries(story.set ?? {})) setPath(sample, parsePath(path), toJson(value));
  return sample;
}

/** A copy of a document in which texts stand for others. */
function retold(sample: Json, same: Readonly<Record<string, string>>): Json {
  const finder = Object.keys(same).length > 0 ? literalFinder(Object.keys(same)) : null;
  const text = (whole: string) => (finder ? whole.replace(finder, (found) => same[found]!) : whole);
  const walk = (value: Json): Json => {
    if (typeof value === 'string') return text(value);
    if (value instanceof JsonNumber) return new JsonNumber(text(value.text));
    if (Array.isArray(value)) return value.map(walk);
    return value instanceof Map ? new Map([...value].map(([key, member]) => [key, walk(member)])) : value;
  };
  return walk(sample);
}
