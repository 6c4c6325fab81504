import type { Provider } from '../core/provider.js';
import { wireParts } from '../core/wireName.js';
import { getPath, type PathStep, parsePath, setPath } from '../json/path.js';
import type { Json } from '../json/value.js';

/** A place in the body for a part of an event's name: a text at a path, or the member of an object that is there. */
interface PartPlace {
  readonly steps: readonly PathStep[];
  /** True when the part is the name of a member of the object at the path, and not a text. */
  readonly isMember: boolean;
}

/** Reads a path of an event's name; a `*` at its end stands for the name of a member. Throws a UsageError for an invalid path. */
export function partPlace(path: string): PartPlace {
  const steps = parsePath(path);
  return steps.at(-1) === '*' ? { steps: steps.slice(0, -1), isMember: true } : { steps, isMember: false };
}

/** Returns the part of an event's name at a path of a body, by its number from 0; undefined for none. */
export function readPart(provider: Provider, body: Json, path: string, at: number): string | undefined {
  const { steps, isMember } = partPlace(path);
  const found = getPath(body, steps);
  if (!isMember) return typeof found === 'string' ? found : undefined;
  if (!(found instanceof Map)) return undefined;
  const known = new Set(Object.keys(provider.events).map((event) => wireParts(provider, event)[at]));
  return [...found.keys()].find((key) => known.has(key));
}

/** Writes a part of an event's name into a body that has a place for it. */
export function writePart(
  provider: Provider,
  body: Json,
  { path, at }: { path: string; at: number },
  part: string,
): void {
  const { steps, isMember } = partPlace(path);
  const holder = getPath(body, isMember ? steps : steps.slice(0, -1));
  if (!isMember) {
    if (holder instanceof Map || Array.isArray(holder)) setPath(body, steps, part);
    return;
  }
  const old = readPart(provider, body, path, at);
  if (!(holder instanceof Map) || old === undefined) return;
  const members = [...holder];
  holder.clear();
  for (const [key, member] of members) holder.set(key === old ? part : key, member);
}
