import type { Header } from '../../core/delivery.js';
import { readUrl } from '../../core/readUrl.js';
import type { Variant } from '../hypothesis.js';
import {
  type ContentChange,
  type ContentFacts,
  type ContentHypothesis,
  contentChange,
  namesInTemplate,
} from './contentFacts.js';

/** An address in parts, each as it is written. */
interface Address {
  readonly scheme: string;
  readonly host: string;
  readonly path: string;
  /** With its question mark. */
  readonly query: string;
}

type UrlForm = readonly [url: string, detail: string];

const maxUrl = 8192;

function parseAddress(url: string): Address | null {
  const [, scheme, host, path = '', query = ''] =
    (url.length <= maxUrl && /^(https?):\/\/([^/?#]+)([^?#]*)(\?[^#]*)?/i.exec(url)) || [];
  return scheme && host ? { scheme: scheme.toLowerCase(), host, path, query } : null;
}

const formatAddress = ({ scheme, host, path, query }: Address) => `${scheme}://${host}${path}${query}`;
const withoutPort = (host: string) => host.replace(/:\d+$/, '');

/** The address by which a receiver may have been called, without its query, which may be secret. */
const shown = (address: Address) => formatAddress({ ...address, query: address.query === '' ? '' : '?…' });

/** The addresses in a proxy's headers, each with its source. */
function forwarded(own: Address, headers: readonly Header[]): (readonly [address: Address, detail: string])[] {
  const claimed = (pattern: RegExp) =>
    headers.filter(([name]) => pattern.test(name)).map(([name, text]) => [name, text.split(',')[0]!.trim()] as const);
  const parameter = (key: string) =>
    claimed(/^forwarded$/i).flatMap(([name, text]) => {
      const value = new RegExp(`(?:^|;)\\s*${key}="?([^";]+)`, 'i').exec(text.slice(0, 500))?.[1];
      return value === undefined ? [] : [[name, value] as const];
    });
  const schemes = [
    ...claimed(/^(?:x-forwarded-(?:proto|scheme|protocol)|x-url-scheme|x-scheme|cloudfront-forwarded-proto)$/i),
    ...parameter('proto'),
    ...claimed(/^(?:x-forwarded-ssl|front-end-https)$/i).map(
      ([name, text]) => [name, text === 'on' ? 'https' : ''] as const,
    ),
    ...claimed(/^cf-visitor$/i).map(([name, text]) => [name, text.includes('"https"') ? 'https' : ''] as const),
  ].filter(([, text]) => /^https?$/i.test(text));
  const hosts = [...claimed(/^(?:x-(?:forwarded|original)-host|x-host|host)$/i), ...parameter('host')].filter(
    ([, text]) => /^[\w.:[\]-]{1,255}$/.test(text) && text !== own.host,
  );
  const ports = claimed(/^x-forwarded-port$/i).filter(([, text]) => /^\d{1,5}$/.test(text));
  const paths = claimed(/^x-(?:original-ur[il]|rewrite-url|forwarded-uri)$/i).filter(([, text]) =>
    text.startsWith('/'),
  );
  const prefixes = claimed(/^x-forwarded-(?:prefix|path)$/i).filter(([, text]) => text.startsWith('/'));
  let known: (readonly [Address, readonly string[]])[] = [[own, []]];
  const add = (found: readonly (readonly [string, string])[], change: (address: Address, text: string) => Address) => {
    const more = known.flatMap(([address, by]) =>
      found.slice(0, 2).map(([name, text]) => [change(address, text), [...by, name]] as const),
    );
    known = [...known, ...more].slice(0, 40);
  };
  add(schemes, (address, text) => ({ ...address, scheme: text.toLowerCase() }));
  add(hosts, (address, host) => ({ ...address, host }));
  add(ports, (address, port) => ({ ...address, host: `${withoutPort(address.host)}:${port}` }));
  add(paths, (address, text) => ({
    ...address,
    path: text.split('?')[0]!,
    query: text.includes('?') ? text.slice(text.indexOf('?')) : '',
  }));
  add(prefixes, (address, prefix) => ({ ...address, path: prefix.replace(/\/$/, '') + address.path }));
  return known.slice(1).map(([address, by]) => [address, `${shown(address)}, as ${by.join(' and ')} says`]);
}

/** The addresses that a provider may have had for a receiver, each with its difference. */
function* addresses(own: Address, headers: readonly Header[]): Generator<readonly [Address, string]> {
  yield* forwarded(own, headers);
  yield [own, ''];
  yield [{ ...own, scheme: own.scheme === 'http' ? 'https' : 'http' }, 'http for https, or the reverse'];
  yield [{ ...own, scheme: 'https', host: withoutPort(own.host) }, 'https and without its port'];
  yield [{ ...own, host: withoutPort(own.host) }, 'without its port'];
}

const encodedParts = (query: string, change: (part: string) => string) =>
  query === '' ? '' : `?${change(query.slice(1))}`;
const inOrder = (query: string, order: (parts: string[]) => string[]) =>
  encodedParts(query, (text) => order(text.split('&')).join('&'));

/** One address in the forms in which it may have been signed. */
function* addressForms(address: Address): Generator<UrlForm> {
  const { scheme, host, path, query } = address;
  const text = (changed: Partial<Address>) => formatAddress({ ...address, ...changed });
  const port = scheme === 'https' ? 443 : 80;
  yield [text({}), ''];
  yield [
    text({ path: path.endsWith('/') ? path.slice(0, -1) : `${path}/` }),
    'with or without the slash at the end of its path',
  ];
  yield [text({ query: '' }), 'without its query'];
  yield [text({ host: `${withoutPort(host)}:${port}` }), `with :${port} after its host`];
  yield [text({ query: inOrder(query, (parts) => parts.sort()) }), 'with the parameters of its query sorted'];
  yield [
    text({ query: inOrder(query, (parts) => parts.reverse()) }),
    'with the parameters of its query in the reverse order',
  ];
  yield [text({ query: query.replaceAll("'", '%27') }), "with %27 for '"];
  yield [text({ path: path.replaceAll('%27', "'"), query: query.replaceAll('%27', "'") }), "with ' for %27"];
  yield [text({ query: query.replaceAll('%20', '+') }), 'with + for %20'];
  yield [text({ query: query.replaceAll('+', '%20') }), 'with %20 for +'];
  yield [percentDecoded(text({})), 'percent-decoded'];
  yield [readUrl(text({}))?.href ?? text({}), 'as browsers write it'];
  yield [
    text({
      path: path.replace(/%[0-9a-f]{2}/gi, (hex) => hex.toUpperCase()),
      query: query.replace(/%[0-9a-f]{2}/gi, (hex) => hex.toUpperCase()),
    }),
    'with capital hex digits',
  ];
  yield [
    text({
      path: path.replace(/%[0-9a-f]{2}/gi, (hex) => hex.toLowerCase()),
      query: query.replace(/%[0-9a-f]{2}/gi, (hex) => hex.toLowerCase()),
    }),
    'with small hex digits',
  ];
  yield [text({ host: host.toLowerCase() }), 'with its host in small letters'];
  yield [text({}).toLowerCase(), 'in lower case'];
  yield [path + query, 'its path alone'];
  yield [path, 'its path alone, without the query'];
  yield [host + path + query, 'without its scheme'];
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function* urlForms({ url, headers }: ContentFacts): Generator<UrlForm> {
  const own = parseAddress(url);
  if (!own) return;
  const seen = new Set([url]);
  for (const [address, how] of addresses(own, headers)) {
    if (readUrl(formatAddress(address)) === null) continue;
    for (const [text, form] of addressForms(address)) {
      if (seen.has(text)) continue;
      seen.add(text);
      yield [text, [how, form].filter((part) => part !== '').join('; ')];
    }
  }
}

const parameter = (url: string, name: string, value: string) =>
  `${url}${url.includes('?') ? '&' : '?'}${name}=${value}`;

/** Contents of the URL with a digest of the body, and nothing of the fields. */
function* withDigest(facts: ContentFacts): Generator<Variant<ContentChange>> {
  const { template, url, fields, bodyDigest } = facts;
  if (!namesInTemplate(template).includes('url') || fields.length === 0) return;
  const empty = fields.map(({ name }) => [name, ''] as const);
  const digest = bodyDigest();
  for (const [form, detail] of [[url, ''] as const, ...urlForms(facts)]) {
    const value = /[?&]bodySHA256=([0-9a-f]*)/i.exec(form)?.[1];
    const fits =
      value?.toLowerCase() === digest ? 'which is that of this body' : 'which is not that of this body: it was changed';
    const text = value === undefined ? parameter(form, 'bodySHA256', digest) : form;
    const says = value === undefined ? 'which your URL lacks' : fits;
    yield {
      value: contentChange(template, new Map([['url', text], ...empty])),
      detail: detail === '' ? says : `${says}; ${detail}`,
    };
  }
}

/** The URL that was signed in another form. */
export const contentUrls: readonly ContentHypothesis[] = [
  {
    name: 'content-url-form',
    title: '{content} with another form of the URL: {detail}',
    change: {
      signature:
        'The URL that was signed is the one that the provider has, which differs from {option:url}: {detail}. Verify with that one.',
      computed:
        'Behind a proxy a receiver sees another URL: {detail}. Hash the public one that the provider has, and trust X-Forwarded-Proto only from your proxy.',
    },
    variants: function* (facts) {
      if (!namesInTemplate(facts.template).includes('url')) return;
      for (const [text, detail] of urlForms(facts))
        yield { value: contentChange(facts.template, new Map([['url', text]])), detail };
    },
  },
  {
    name: 'content-body-digest',
    title: 'the URL without any fields, with the digest of the body in its parameter bodySHA256, {detail}',
    change: {
      signature:
        'So {provider} signs JSON: hash the URL alone, bodySHA256 and all, and compare that parameter with the SHA-256 of the bytes that came, in hex.',
      computed:
        'Your receiver hashes the URL with bodySHA256 and no fields, which is the form for JSON. For a form hash {content}.',
    },
    variants: withDigest,
  },
];
