import type { Header } from '../../core/delivery.js';
import { readUrl } from '../../core/readUrl.js';
import { bodyTemplate, type ContentHypothesis, contentChange, isBodyOnly, namesInTemplate } from './contentFacts.js';

/** Texts of the request's headers that may have been signed as a time or an id. */
function shortHeaders(headers: readonly Header[], test: (header: Header) => boolean): Header[] {
  return headers.filter((header) => header[1].length < 200 && test(header)).slice(0, 4);
}

const isTime = ([name, text]: Header) =>
  /time|date|stamp/i.test(name) || /^\d{10}(?:\d{3})?$|^\d{4}-\d\d-\d\dT/.test(text);
const isId = ([name]: Header) => /\bid$|event|topic|delivery|key/i.test(name);

/** The scheme's content with further values of the request. */
export const contentAdded: readonly ContentHypothesis[] = [
  {
    name: 'content-with-header',
    title: 'the value of the header {detail} together with the body',
    alone: true,
    change: {
      signature: '{provider} signs {content} and nothing else. Is it another version of the scheme?',
      computed: 'Your receiver hashes {detail} together with the body. Hash {content} and nothing else.',
    },
    variants: ({ template, headers }) =>
      isBodyOnly(template)
        ? [...shortHeaders(headers, isTime), ...shortHeaders(headers, isId)].flatMap(([name, text]) =>
            ['.', ':', '', '\n', '|'].flatMap((separator) => [
              { value: contentChange([{ text: text + separator }, ...bodyTemplate]), detail: name },
              { value: contentChange([...bodyTemplate, { text: separator + text }]), detail: name },
              { value: contentChange([{ text: `v0${separator}${text}${separator}` }, ...bodyTemplate]), detail: name },
            ]),
          )
        : [],
  },
  {
    name: 'content-with-url',
    title: 'the URL together with the body ({detail})',
    alone: true,
    change: {
      signature: '{provider} signs {content} and nothing else. Is it another version of the scheme?',
      computed: 'Your receiver hashes the URL together with the body. Hash {content} and nothing else.',
    },
    variants: ({ template, method, url }) => {
      if (namesInTemplate(template).includes('url') || readUrl(url) === null) return [];
      const { href, pathname, search } = new URL(url);
      return [href, pathname + search, pathname].flatMap((place) =>
        ['', '.', '\n', ':'].flatMap((separator) => [
          {
            value: contentChange([{ text: place + separator }, ...bodyTemplate]),
            detail: `url${separator.trim()}body`,
          },
          {
            value: contentChange([...bodyTemplate, { text: separator + place }]),
            detail: `body${separator.trim()}url`,
          },
          {
            value: contentChange([{ text: method + separator + place + separator }, ...bodyTemplate]),
            detail: `method${separator.trim()}url${separator.trim()}body`,
          },
        ]),
      );
    },
  },
];
