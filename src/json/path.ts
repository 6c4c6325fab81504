import { UsageError } from '../core/errors.js';
import { suggest } from '../core/nearest.js';
import { type Json, type JsonObject, jsonType } from './value.js';

/** One step of a path: a member's key or an item's index. */
export type PathStep = string | number;

/** Reads `data.items[0].price`; a key with dots or brackets goes in quotes: `data["a.b"]`. */
export function parsePath(text: string): PathStep[] {
  const steps: PathStep[] = [];
  const token = /(?:^|\.)([^.[\]"]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (!match) {
      throw new UsageError(
        'BAD_PATH',
        `"${text}" is not a path: it goes wrong at "${text.slice(at)}". Write data.items[0].price.`,
      );
    }
    const [, key, index, quoted] = match;
    steps.push(key ?? (index !== undefined ? Number(index) : (JSON.parse(quoted!) as string)));
  }
  if (steps.length === 0) throw new UsageError('BAD_PATH', 'A path must not be empty. Write data.items[0].price.');
  return steps;
}

/** A path as its text. */
export function formatPath(steps: readonly PathStep[]): string {
  return steps
    .map((step, i) => {
      if (typeof step === 'number') return `[${step}]`;
      if (!/^[^.[\]"]+$/.test(step)) return `[${JSON.stringify(step)}]`;
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
  const place = formatPath(steps.slice(0, -1));
  if (parent !== undefined) {
    throw new UsageError('BAD_PATH', `${place} is ${jsonType(parent)}, so it has no ${formatPath(steps.slice(-1))}.`);
  }
  throw unknownPath(root, steps);
}

/** The error for a path that a document does not have, naming near ones. */
export function unknownPath(root: Json, steps: readonly PathStep[]): UsageError {
  const known = allPaths(root).map(formatPath);
  const near = suggest(formatPath(steps), known);
  const hint = near.startsWith('Known')
    ? `It has: ${known.slice(0, 8).join(', ')}${known.length > 8 ? ', …' : ''}.`
    : near;
  return new UsageError('UNKNOWN_PATH', `The payload has no ${formatPath(steps)}. ${hint}`);
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

/** Removes what is at a path, in place. */
export function unsetPath(root: Json, steps: readonly PathStep[]): void {
  const parent = parentOf(root, steps);
  const last = steps.at(-1)!;
  if (getPath(root, steps) === undefined) throw unknownPath(root, steps);
  if (Array.isArray(parent)) parent.splice(last as number, 1);
  else parent.delete(String(last));
}
