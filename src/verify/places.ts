import type { ReceivedRequest } from '../core/delivery.js';
import type { Provider } from '../core/provider.js';
import { readUrl } from '../core/readUrl.js';
import { templateNames } from '../core/template.js';
import { splitAdded } from '../delivery/addedQuery.js';
import { payloadRequest } from '../delivery/queryPayload.js';
import { parsePath } from '../json/path.js';
import { type BodyReading, readPayload } from '../json/readPayload.js';
import { extract } from '../signing/extract.js';
import {
  type HeaderTemplate,
  readBodyTemplate,
  readFieldTemplates,
  readHeaderTemplates,
  readQueryTemplates,
} from '../signing/templates.js';

/** A place of a request that carries values: a header, a field of the body, or a parameter added to the query. */
export interface ValuePlace {
  readonly kind: 'header' | 'field' | 'query' | 'body';
  readonly what: string;
  readonly template: HeaderTemplate;
  readonly texts: () => readonly string[];
}

/**
 * Returns the places of a request that carry the names of a provider's templates; `wire` is the request as received, where `request` has its payload
 * as the body.
 */
export function valueSources(provider: Provider, request: ReceivedRequest, wire = request): ValuePlace[] {
  const headers = readHeaderTemplates(provider).map((template) => ({
    kind: 'header' as const,
    what: `the header ${template.name}`,
    template,
    texts: () => headerTexts(request, template.name),
  }));
  let reading: BodyReading | undefined;
  const body = () => (reading ??= readPayload(payloadRequest(provider, request).body, provider.dialect));
  const fields = readFieldTemplates(provider).map(({ name, template }) => ({
    kind: 'field' as const,
    what: `the field ${name} of the body`,
    template: { name, head: [], each: template, join: null },
    texts: () => body().textsAt(parsePath(name)),
  }));
  const query = readQueryTemplates(provider);
  const { added, url: rest } = splitAdded(request.url, query);
  const parameters = query.map(({ name, template }) => ({
    kind: 'query' as const,
    what: `the parameter ${name} of the URL`,
    template: { name, head: [], each: template, join: null },
    texts: () => [...parametersOf(rest, name), ...[added.get(name) ?? []].flat()],
  }));
  const template = readBodyTemplate(provider);
  const wrapped = template && {
    kind: 'body' as const,
    what: 'the body',
    template: { name: 'body', head: [], each: template, join: null },
    texts: () => [Buffer.from(wire.body).toString('utf8').trim()],
  };
  return [...headers, ...fields, ...parameters, ...(wrapped ? [wrapped] : [])];
}

/** Returns the values of a query parameter of an address. */
function parametersOf(address: string, name: string): string[] {
  return readUrl(address)?.searchParams.getAll(name) ?? [];
}

/** Returns the values of all headers of a name. */
export function headerTexts({ headers }: ReceivedRequest, name: string): string[] {
  const [before = '', after] = name.toLowerCase().split('{number}');
  return headers.filter(([received]) => isNamed(received.toLowerCase(), before, after)).map(([, text]) => text);
}

/** Returns whether a header has a name, or one that a number completes. */
function isNamed(received: string, before: string, after: string | undefined): boolean {
  if (after === undefined) return received === before;
  const number = received.slice(before.length, received.length - after.length);
  return received.startsWith(before) && received.endsWith(after) && /^[1-9]\d{0,3}$/.test(number);
}

/** The names of a place's template. */
export function templateNamesOf({ template: { head, each } }: ValuePlace): string[] {
  return [...templateNames(head), ...templateNames(each)];
}

/** Adds the values of a place to `found`; returns the problem with it, or null. A doubled header is ambiguous. */
export function collectValues({ template, texts }: ValuePlace, found: Map<string, Set<string>>): string | null {
  const all = texts();
  if (all.length === 0) return template.on === undefined || template.on === 'each secret' ? 'is missing' : null;
  if (all.length > 1 && template.on !== 'each secret') return 'came more than once';
  for (const text of all) {
    if (text === '') return 'is empty';
    const extracted = extract(template, text);
    if (!extracted) return "has another form than the provider's";
    for (const [part, value] of extracted) found.set(part, (found.get(part) ?? new Set()).add(value));
  }
  return null;
}
