import type { Dialect } from '../../core/provider.js';
import { allPaths, formatPath, getPath } from '../../json/path.js';
import { type Json, JsonNumber } from '../../json/value.js';
import { idLike } from '../../payloads/identityRenewal.js';

/** A text or number of a captured body. */
export interface Leaf {
  /** Its path; in a text, the text right before it. */
  readonly path: string;
  readonly name: string;
  /** Names on the way to it, its own among them. */
  readonly depth: number;
  readonly text: string;
  readonly isNumber: boolean;
}

/** The texts and numbers of a body, the outermost first; of a text those that have a name, or look like an id. */
export function capturedLeaves(body: Json, dialect: Dialect): Leaf[] {
  if (dialect === 'text') return typeof body === 'string' ? leavesOfText(body) : [];
  return allPaths(body)
    .flatMap((steps): Leaf[] => {
      const value = getPath(body, steps);
      const text = typeof value === 'string' ? value : value instanceof JsonNumber ? value.text : undefined;
      if (text === undefined || text === '') return [];
      const name = String(steps.findLast((step) => typeof step === 'string') ?? '');
      return [
        {
          path: formatPath(steps),
          name,
          depth: steps.filter((step) => typeof step === 'string').length,
          text,
          isNumber: value instanceof JsonNumber,
        },
      ];
    })
    .sort((a, b) => a.depth - b.depth);
}

/** Patterns of named values in a text: an element of XML, an attribute, and a line with a colon or equals sign. */
const named = [
  /(<(?:[\w.-]+:)?([\w.-]{1,60})(?:\s[^<>]{0,200})?>(?:<!\[CDATA\[)?)([^<>[\]]{1,200})(?=\]\]>|<\/)/g,
  /(\s(?:[\w.-]+:)?([\w.-]{1,60})=")([^"<>]{1,200})(?=")/g,
  /(?<=^|\n)([ \t]*([\w .-]{1,40}?)[ \t]*[:=][ \t]*)([^\s<>][^\r\n<>]{0,200})(?=\r?\n|$)/g,
];

function leavesOfText(body: string): Leaf[] {
  const found = named.flatMap((shape) =>
    [...body.matchAll(shape)].map(([, path = '', name = '', text = '']) => ({ path, name, text: text.trimEnd() })),
  );
  const known = new Set(found.map(({ text }) => text));
  const others = idLike(body)
    .filter((text) => !known.has(text))
    .map((text) => ({ path: '', name: '', text }));
  return [...found, ...others].map((leaf) => ({ ...leaf, depth: 1, isNumber: false }));
}
