import { UsageError } from '../core/errors.js';
import { nearest } from '../core/nearest.js';
import { type Json, type JsonObject, jsonType } from './value.js';

/** One step of a path: a member's key or an item's index. */
export type PathStep = string | number;

/** Keys that need no quotes, so that a path is also safe before the `=` or `:=` of `--set`. */
const plainKey = /^[^.[\]"=\u0000-\u001f]*[^.[\]"=:\u0000-\u001f]$/;
const quotedKey = String.raw`"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"`;
/** The source of a regular expression for a step in brackets: an index, or a key in quotes. */
export const bracketed = String.raw`\[(?:(\d{1,15})|(${quotedKey}))\]`;

/** Paths that are known; descriptions name the same few for each delivery. */
const maxKnown = 2000;
const known = new Map<string, readonly PathStep[]>();

/** Reads `data.items[0].price`; a key with dots or brackets goes in quotes: `data["a.b"]`. */
export function parsePath(text: string): readonly PathStep[] {
  const found = known.get(text);
  if (found) return found;
  if (known.size >= maxKnown) known.clear();
  const steps = readSteps(text);
  known.set(text, steps);
  return steps;
}

function readSteps(text: string): PathStep[] {
  const steps: PathStep[] = [];
  const token = new RegExp(`(?:^|\\.)([^.[\\]"]+)|${bracketed}`, 'y');
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (!match) {
      throw new UsageError(
        'BAD_PATH',
        `"${text}" is not a path: unexpected text at "${text.slice(at)}". Write data.items[0].price.`,
      );
    }
    const [, key, index, quoted] = match;
    steps.push(key ?? (index !== undefined ? Number(index) : (JSON.parse(quoted!) as string)));
  }
  if (steps.length === 0) throw new UsageError('BAD_PATH', 'A path must not be empty. Write data.items[0].price.');
  return steps;
}

/** The path of the member whose value holds what a path leads to; null where that is the document itself, or an item of a list. */
export function pathOfParent(path: string): string | null {
  const parent = parsePath(path).slice(0, -1);
  return typeof parent.at(-1) === 'string' ? formatPath(parent) : null;
}

/** A path as its text. */
export function formatPath(steps: readonly PathStep[]): string {
  return steps
    .map((step, i) => {
      if (typeof step === 'number') return `[${step}]`;
      if (!plainKey.test(step)) return `[${JSON.stringify(step)}]`;
      return i === 0 ? step : `.${step}`;
    })
    .join('');
}

function child(value: Json, step: PathStep): Json | undefined {
  if (Array.isArray(value)) return typeof step === 'number' ? value[step] : undefined;
  return value instanceof Map ? value.get(String(step)) : undefined;
}

/** The value at a path; undefined where there is none. */
export function getPath(root: Json, steps: readonly PathStep[]): Json | undefined {
  let value: Json | undefined = root;
  for (const step of steps) {
    if (value === undefined) return undefined;
    value = child(value, step);
  }
  return value;
}

/** All paths of a document, parents before children. */
export function allPaths(root: Json, prefix: readonly PathStep[] = []): PathStep[][] {
  const members: [PathStep, Json][] = Array.isArray(root)
    ? root.map((item, i) => [i, item])
    : root instanceof Map
      ? [...root]
      : [];
  return members.flatMap(([step, value]) => [[...prefix, step], ...allPaths(value, [...prefix, step])]);
}

function parentOf(root: Json, steps: readonly PathStep[]): Json[] | JsonObject {
  const parent = getPath(root, steps.slice(0, -1));
  if (Array.isArray(parent) || parent instanceof Map) return parent;
  throw unknownPath(root, parent === undefined ? steps.slice(0, -1) : steps);
}

/** Returns the error for a path that a document does not have: says where it ends, or suggests similar paths. */
export function unknownPath(root: Json, steps: readonly PathStep[]): UsageError {
  let depth = 0;
  while (depth < steps.length && getPath(root, steps.slice(0, depth + 1)) !== undefined) depth++;
  const found = getPath(root, steps.slice(0, depth))!;
  const place = formatPath(steps.slice(0, depth)) || 'the payload';
  const rest = formatPath(steps.slice(depth));
  const error = (hint: string) => new UsageError('UNKNOWN_PATH', `The payload has no ${formatPath(steps)}${hint}`);
  if (Array.isArray(found)) {
    const first = formatPath([...steps.slice(0, depth), 0]);
    if (typeof steps[depth] !== 'number') return error(`: ${place} is an array. Write an index, such as ${first}.`);
    if (found.length === 0) return error(`: ${place} is an empty array.`);
    return error(`: the last item is ${formatPath([...steps.slice(0, depth), found.length - 1])}.`);
  }
  if (!(found instanceof Map)) return error(`: ${place} is ${withArticle(found)}, without a member ${rest}.`);
  const ancestors = steps.slice(0, depth).map((_, i) => formatPath(steps.slice(0, i + 1)));
  const known = allPaths(root)
    .map(formatPath)
    .filter((path) => !ancestors.includes(path));
  const near = nearest(formatPath(steps), known);
  if (near.length > 0) return error(`. Did you mean ${near.join(' or ')}?`);
  if (known.length === 0) return error(`: ${place} is empty.`);
  return error(`. It has: ${known.slice(0, 8).join(', ')}${known.length > 8 ? ', …' : ''}.`);
}

function withArticle(value: Json): string {
  const type = jsonType(value);
  if (value === null) return type;
  return `${/^[ao]/.test(type) ? 'an' : 'a'} ${type}`;
}

/** Puts a value at a path, in place; the parent must exist, and an array only grows at its end. */
export function setPath(root: Json, steps: readonly PathStep[], value: Json): void {
  const parent = parentOf(root, steps);
  const last = steps.at(-1)!;
  if (Array.isArray(parent)) {
    if (typeof last !== 'number' || last > parent.length) throw unknownPath(root, steps);
    parent[last] = value;
  } else {
    parent.set(String(last), value);
  }
}

/** Removes the value at a path, in place. */
export function unsetPath(root: Json, steps: readonly PathStep[]): void {
  const parent = parentOf(root, steps);
  const last = steps.at(-1)!;
  if (getPath(root, steps) === undefined) throw unknownPath(root, steps);
  if (Array.isArray(parent)) parent.splice(last as number, 1);
  else parent.delete(String(last));
}
