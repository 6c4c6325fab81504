import type { ClaimTemplate, JsonTemplate } from '../core/scheme.js';
import { parseTemplate, renderTemplate, type Template } from '../core/template.js';

/** A value of JSON with its templates read. */
export type JsonTree =
  | { readonly template: Template; readonly isNumber: boolean }
  | { readonly fixed: boolean | number | null }
  | { readonly items: readonly JsonTree[] }
  | { readonly members: readonly (readonly [name: string, value: JsonTree])[] };

/** Whether a value stands for a text, or for a number that a template writes. */
export function isJsonTemplate(value: ClaimTemplate): value is JsonTemplate {
  if (typeof value === 'string') return true;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return 'number' in value && typeof value.number === 'string' && Object.keys(value).length === 1;
}

/** Reads the templates of a value. Throws a UsageError for a bad one. */
export function readJsonTree(value: ClaimTemplate, known: readonly string[], what: string): JsonTree {
  if (isJsonTemplate(value)) {
    const isNumber = typeof value !== 'string';
    return { template: parseTemplate(isNumber ? value.number : value, known, what), isNumber };
  }
  if (typeof value !== 'object' || value === null) return { fixed: value };
  if (Array.isArray(value)) return { items: value.map((item: ClaimTemplate) => readJsonTree(item, known, what)) };
  const members = Object.entries(value as Readonly<Record<string, ClaimTemplate>>);
  return { members: members.map(([name, member]) => [name, readJsonTree(member, known, `${what} ${name}`)]) };
}

/** The value that a tree stands for, each name of its templates replaced by what `value` says of it. */
export function renderJsonTree(tree: JsonTree, value: (name: string) => string): unknown {
  if ('fixed' in tree) return tree.fixed;
  if ('items' in tree) return tree.items.map((item) => renderJsonTree(item, value));
  if ('members' in tree)
    return Object.fromEntries(tree.members.map(([name, member]) => [name, renderJsonTree(member, value)]));
  const text = renderTemplate(tree.template, value);
  return tree.isNumber ? Number(text) : text;
}

/** The templates of a tree, each with the place at which it stands (`user.id`). */
export function templatesIn(
  tree: JsonTree,
  place: readonly string[] = [],
): { readonly place: readonly string[]; readonly template: Template }[] {
  if ('template' in tree) return [{ place, template: tree.template }];
  if ('items' in tree) return tree.items.flatMap((item, at) => templatesIn(item, [...place, String(at)]));
  return 'members' in tree ? tree.members.flatMap(([name, member]) => templatesIn(member, [...place, name])) : [];
}
