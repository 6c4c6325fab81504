import type { ForgeryChange } from '../core/forgery.js';
import type { Provider } from '../core/provider.js';
import { checkPublicUrl, readUrl } from '../core/readUrl.js';
import { templateNames } from '../core/template.js';
import { eventTexts } from '../core/wireName.js';
import { encodeParameter } from '../signing/messageSignature.js';
import type { NamedTemplate } from '../signing/templates.js';
import type { TemplateRenderer } from './texts.js';

/** The facts about a delivery that every template may name before it is made. */
export interface GivenSource {
  readonly provider: Provider;
  readonly event: string;
  readonly publicUrl?: string | undefined;
}

/** The event with its parts, the method, and the address by which the receiver is known, whole and in parts. Throws a UsageError for what is no URL. */
export function requestVariables({ provider, event, publicUrl }: GivenSource, url: string): Map<string, string> {
  if (publicUrl !== undefined) checkPublicUrl(publicUrl);
  return new Map([...eventTexts(provider, event), ['method', provider.method], ...urlTexts(publicUrl ?? url)]);
}

/** The method and the address of a received request; the parts are empty where the address is no URL. */
export function receivedTexts(method: string, url: string): Map<string, string> {
  const parts = readUrl(url) ? urlTexts(url) : [['url', url] as const, ...emptyParts];
  return new Map([['method', method], ...parts]);
}

const emptyParts = ['host', 'path', 'query', '@scheme', '@query'].map((name) => [name, ''] as const);

/** A forgery's change to the parameters that carry a proof. */
export interface DroppedParameters {
  readonly names: readonly string[];
  readonly is: 'missing' | 'empty';
}

/** The parameters that a forgery of the place of a signature leaves out or empties; null for none. */
export function droppedParameters(
  query: readonly NamedTemplate[],
  proofs: readonly string[],
  change: ForgeryChange | null,
): DroppedParameters | null {
  if (change?.stage !== 'header' || (change.is !== 'missing' && change.is !== 'empty')) return null;
  const carrying = query.filter(({ template }) => templateNames(template).some((name) => proofs.includes(name)));
  return { names: carrying.map(({ name }) => name), is: change.is };
}

/** The URL that a delivery goes to, with what is added to its query, and the texts that name the other. */
export function withQuery(
  given: ReadonlyMap<string, string>,
  url: string,
  query: readonly NamedTemplate[],
  text: TemplateRenderer,
  dropped: DroppedParameters | null,
): { url: string; given: Map<string, string> } {
  const added = query.flatMap(({ name, template }) => {
    const isGone = dropped?.names.includes(name);
    if (isGone && dropped?.is === 'missing') return [];
    return `${encodeURIComponent(name)}=${isGone ? '' : encodeURIComponent(text(template, 0))}`;
  });
  if (added.length === 0) return { url, given: new Map(given) };
  const extended = (address: string) => `${address}${address.includes('?') ? '&' : '?'}${added.join('&')}`;
  return { url: extended(url), given: new Map([...given, ...urlTexts(extended(given.get('url')!))]) };
}

/** The parameters that occur once in a query, by the names that templates of a signature base have for them. */
function parameterTexts(parameters: URLSearchParams): [string, string][] {
  return [...parameters].flatMap(([name, value]): [string, string][] =>
    parameters.getAll(name).length === 1 ? [[`@query-param ${encodeParameter(name)}`, encodeParameter(value)]] : [],
  );
}

/** An address and its parts, by the names that templates have for them. */
export function urlTexts(url: string): [string, string][] {
  const { host, pathname, search, protocol, searchParams } = new URL(url);
  return [
    ['@scheme', protocol.slice(0, -1)],
    ['@query', search === '' ? '?' : search],
    ['url', url],
    ['host', host],
    ['path', pathname],
    ['query', search],
    ...(search === '' ? [] : parameterTexts(searchParams)),
  ];
}
