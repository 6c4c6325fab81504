import type { Provider } from '../core/provider.js';
import { checkPublicUrl } from '../core/publicUrl.js';
import type { NamedTemplate } from '../signing/templates.js';
import type { TextMaker } from './texts.js';

/** What every template may name of a delivery before it is made. */
export interface GivenSource {
  readonly provider: Provider;
  readonly event: string;
  readonly publicUrl?: string | undefined;
}

/** The event, the method, and the address by which the receiver is known, whole and in parts. Throws a UsageError for what is no URL. */
export function givenTexts({ provider, event, publicUrl }: GivenSource, url: string): Map<string, string> {
  if (publicUrl !== undefined) checkPublicUrl(publicUrl);
  return new Map([['event', event], ['method', provider.method], ...urlTexts(publicUrl ?? url)]);
}

/** The URL that a delivery goes to, with what is added to its query, and the texts that name the other. */
export function withQuery(
  given: ReadonlyMap<string, string>,
  url: string,
  query: readonly NamedTemplate[],
  text: TextMaker,
): { url: string; given: Map<string, string> } {
  const added = query.map(
    ({ name, template }) => `${encodeURIComponent(name)}=${encodeURIComponent(text(template, 0))}`,
  );
  const extended = (address: string) => `${address}${address.includes('?') ? '&' : '?'}${added.join('&')}`;
  return { url: extended(url), given: new Map([...given, ...urlTexts(extended(given.get('url')!))]) };
}

function urlTexts(url: string): [string, string][] {
  const { host, pathname, search } = new URL(url);
  return [
    ['url', url],
    ['host', host],
    ['path', pathname],
    ['query', search],
  ];
}
