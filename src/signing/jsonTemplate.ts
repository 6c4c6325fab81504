import {
  type ClaimTemplate,
  isJsonTemplate,
  type JsonTemplateKind,
  jsonTemplateKind,
  templateSource,
} from '../core/scheme.js';
import { parseTemplate, renderTemplate, type Template } from '../core/template.js';

/** A value of JSON with its templates read. */
export type JsonTree =
  | { readonly template: Template; readonly kind: JsonTemplateKind }
  | { readonly fixed: boolean | number | null }
  | { readonly items: readonly JsonTree[] }
  | { readonly members: readonly (readonly [name: string, value: JsonTree])[] };

/** Reads the templates of a value. Throws a UsageError for a bad one. */
export function readJsonTree(value: ClaimTemplate, known: readonly string[], what: string): JsonTree {
  if (isJsonTemplate(value)) {
    return { template: parseTemplate(templateSource(value), known, what), kind: jsonTemplateKind(value) };
  }
  if (typeof value !== 'object' || value === null) return { fixed: value };
  if (Array.isArray(value)) return { items: value.map((item: ClaimTemplate) => readJsonTree(item, known, what)) };
  const members = Object.entries(value as Readonly<Record<string, ClaimTemplate>>);
  return { members: members.map(([name, member]) => [name, readJsonTree(member, known, `${what} ${name}`)]) };
}

/** Renders a tree as JSON, with each name of its templates replaced by its `value`. */
export function renderJsonTree(tree: JsonTree, value: (name: string) => string): string {
  if ('fixed' in tree) return JSON.stringify(tree.fixed);
  if ('items' in tree) return `[${tree.items.map((item) => renderJsonTree(item, value)).join(',')}]`;
  if ('members' in tree) {
    const members = tree.members.map(([name, member]) => `${JSON.stringify(name)}:${renderJsonTree(member, value)}`);
    return `{${members.join(',')}}`;
  }
  const text = renderTemplate(tree.template, value);
  if (tree.kind === 'json') return text;
  return JSON.stringify(tree.kind === 'number' ? Number(text) : text);
}

/** Returns the templates of a tree, each with its path (`user.id`). */
export function templatesIn(
  tree: JsonTree,
  place: readonly string[] = [],
): { readonly place: readonly string[]; readonly template: Template }[] {
  if ('template' in tree) return [{ place, template: tree.template }];
  if ('items' in tree) return tree.items.flatMap((item, at) => templatesIn(item, [...place, String(at)]));
  return 'members' in tree ? tree.members.flatMap(([name, member]) => templatesIn(member, [...place, name])) : [];
}
