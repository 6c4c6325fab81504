import { allPaths, formatPath, getPath } from '../json/path.js';
import { type Json, JsonNumber } from '../json/value.js';
import type { CompiledPayload } from '../payloads/compiled.js';
import { literalFinder } from '../payloads/literalFinder.js';
import type { Replacement } from '../payloads/renewal.js';

/** An identity of a payload, named for the first place that holds it. */
export interface NamedIdentity {
  /** A path, such as `data.orderId`. */
  readonly path: string;
  readonly replacement: Replacement;
}

/** The identities that a payload holds; `document` is what it was compiled from. */
export function identitiesIn({ holes }: CompiledPayload, document: Json): NamedIdentity[] {
  const places = allPaths(document).map((path) => ({ path, text: leafText(getPath(document, path)) }));
  return holes.flatMap(({ replacement }) => {
    if (replacement.type !== 'identity') return [];
    const finder = literalFinder([replacement.literal]);
    const found = places.find(({ text }) => text !== undefined && text.search(finder) >= 0);
    return found ? [{ path: formatPath(found.path), replacement }] : [];
  });
}

function leafText(value: Json | undefined): string | undefined {
  return value instanceof JsonNumber ? value.text : typeof value === 'string' ? value : undefined;
}
