import type { NamedTemplate } from '../signing/templates.js';

/** An address before parameters were added at its end, and the text of each of those. */
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
export function withAddedQuery(url: string, address: string, before: string): string {
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
