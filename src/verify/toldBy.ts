import type { Provider } from '../core/provider.js';
import { textOf } from '../delivery/readValues.js';
import { parsedBody } from '../json/dialect.js';
import { getPath, parsePath } from '../json/path.js';
import { extract } from '../signing/extract.js';
import { readFieldTemplates, readQueryTemplates } from '../signing/templates.js';
import { splitAdded } from './addedQuery.js';

/** The values that the fields of a body tell which each delivery fills, by the names that templates have for them. */
export function extractFieldValues(provider: Provider, body: Uint8Array): (readonly [name: string, value: string])[] {
  const templates = readFieldTemplates(provider);
  const parsed = templates.length > 0 ? parsedBody(body, provider) : undefined;
  if (parsed === undefined) return [];
  return templates.flatMap(({ name, template }) => {
    const value = getPath(parsed, parsePath(name));
    if (value === undefined) return [];
    return extract({ name, head: [], each: template, join: null }, textOf(value)) ?? [];
  });
}

/** The values that the parameters tell which a provider adds to the query of an address. */
export function extractQueryValues(provider: Provider, url: string): (readonly [name: string, value: string])[] {
  const templates = readQueryTemplates(provider);
  const { added } = splitAdded(url, templates);
  return templates.flatMap(({ name, template }) => {
    const text = added.get(name);
    return text === undefined ? [] : (extract({ name, head: [], each: template, join: null }, text) ?? []);
  });
}
