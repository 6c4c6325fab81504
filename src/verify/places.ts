import type { ReceivedRequest } from '../core/delivery.js';
import type { Provider } from '../core/provider.js';
import { templateNames } from '../core/template.js';
import { parsePath } from '../json/path.js';
import { type BodyReading, readPayload } from '../json/readPayload.js';
import { extract } from '../signing/extract.js';
import {
  type HeaderTemplate,
  type NamedTemplate,
  readFieldTemplates,
  readHeaderTemplates,
  readQueryTemplates,
} from '../signing/templates.js';

/** A place of a request that tells values: a header, a field of the body, or a parameter that is added to the query. */
export interface ValuePlace {
  readonly kind: 'header' | 'field' | 'query';
  readonly what: string;
  readonly template: HeaderTemplate;
  readonly texts: () => readonly string[];
}

/** The places of a request that tell what a provider's templates name. */
export function valueSources(provider: Provider, request: ReceivedRequest): ValuePlace[] {
  const headers = readHeaderTemplates(provider).map((template) => ({
    kind: 'header' as const,
    what: `the header ${template.name}`,
    template,
    texts: () => headerTexts(request, template.name),
  }));
  let reading: BodyReading | undefined;
  const body = () => (reading ??= readPayload(request.body, provider.dialect));
  const fields = readFieldTemplates(provider).map(({ name, template }) => ({
    kind: 'field' as const,
    what: `the field ${name} of the body`,
    template: { name, head: [], each: template, join: null },
    texts: () => body().textsAt(parsePath(name)),
  }));
  const query = readQueryTemplates(provider);
  const { added } = splitAdded(request.url, query);
  const parameters = query.map(({ name, template }) => ({
    kind: 'query' as const,
    what: `the parameter ${name} of the URL`,
    template: { name, head: [], each: template, join: null },
    texts: () => [added.get(name) ?? []].flat(),
  }));
  return [...headers, ...fields, ...parameters];
}

/** What the headers of a name say. */
export function headerTexts({ headers }: ReceivedRequest, name: string): string[] {
  return headers.filter(([received]) => received.toLowerCase() === name.toLowerCase()).map(([, text]) => text);
}

/** The names of a place's template. */
export function templateNamesOf({ template: { head, each } }: ValuePlace): string[] {
  return [...templateNames(head), ...templateNames(each)];
}

/** Adds what a place tells to `found`; returns what is wrong with it, or null. A doubled header has no one meaning. */
export function collectValues({ template, texts }: ValuePlace, found: Map<string, Set<string>>): string | null {
  const [text, ...more] = texts();
  if (text === undefined) return 'is missing';
  if (more.length > 0) return 'came more than once';
  if (text === '') return 'is empty';
  const extracted = extract(template, text);
  if (!extracted) return "has another form than the provider's";
  for (const [part, value] of extracted) found.set(part, (found.get(part) ?? new Set()).add(value));
  return null;
}

/** An address as it was before parameters were added at its end, and what each of those says. */
interface SplitAddress {
  readonly url: string;
  readonly added: ReadonlyMap<string, string>;
}

/** Takes the parameters that a provider adds to the query off the end of an address; those that are not there are passed over. */
export function splitAdded(url: string, query: readonly Pick<NamedTemplate, 'name'>[]): SplitAddress {
  const added = new Map<string, string>();
  let rest = url;
  for (const { name } of query.toReversed()) {
    const at = Math.max(rest.lastIndexOf('?'), rest.lastIndexOf('&'));
    const last = rest.slice(at + 1);
    const written = `${encodeURIComponent(name)}=`;
    if (at < 0 || !last.startsWith(written)) continue;
    added.set(name, decoded(last.slice(written.length)));
    rest = rest.slice(0, at);
  }
  return { url: rest, added };
}

/** An address with the parameters that another one has behind `before`, as they are written there. */
export function withAddedOf(url: string, address: string, before: string): string {
  const added = address.slice(before.length + 1);
  return added === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${added}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
