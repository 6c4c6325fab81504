import { readUrl } from '../../core/readUrl.js';
import type { Variant } from '../hypothesis.js';
import { type ContentHypothesis, names, plan } from './contentFacts.js';

function urlForms(text: string): Variant<string>[] {
  if (readUrl(text) === null) return [];
  const { protocol, host, hostname, pathname, search } = new URL(text);
  const base = `${protocol}//${host}`;
  const whole = base + pathname + search;
  const slashed = pathname.endsWith('/') ? pathname.slice(0, -1) : `${pathname}/`;
  return [
    {
      value: `${protocol === 'http:' ? 'https:' : 'http:'}//${host}${pathname}${search}`,
      detail: 'http for https, or the reverse',
    },
    { value: base + slashed + search, detail: 'with or without the slash at the end of its path' },
    { value: base + pathname, detail: 'without its query' },
    { value: `${protocol}//${hostname}${pathname}${search}`, detail: 'without its port' },
    { value: `https://${hostname}${pathname}${search}`, detail: 'https and without its port' },
    { value: pathname + search, detail: 'its path alone' },
    { value: pathname, detail: 'its path alone, without the query' },
    { value: text, detail: 'as it was typed' },
    { value: whole.toLowerCase(), detail: 'in lower case' },
  ];
}

/** The URL that was signed in another form. */
export const contentUrls: readonly ContentHypothesis[] = [
  {
    name: 'content-url-form',
    title: '{content} with another form of the URL: {detail}',
    change: {
      signature:
        'The URL that was signed is the one that the provider has, which differs from --url: {detail}. Verify with that one.',
      computed:
        'Behind a proxy a receiver sees another URL: {detail}. Hash the public one that the provider has, and trust X-Forwarded-Proto only from your proxy.',
    },
    variants: ({ template, url }) =>
      names(template).includes('url')
        ? urlForms(url).map(({ value, detail }) => ({
            value: plan(template, new Map([['url', value]])),
            ...(detail !== undefined && { detail }),
          }))
        : [],
  },
];
