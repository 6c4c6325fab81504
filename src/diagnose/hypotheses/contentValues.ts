import { readUrl } from '../../core/readUrl.js';
import type { Variant } from '../hypothesis.js';
import {
  type ContentChange,
  type ContentFacts,
  type ContentHypothesis,
  contentChange,
  isBodyOnly,
  namesInTemplate,
} from './contentFacts.js';

/** Names of values that are not the request's own; other hypotheses vary them. */
const others = ['body', 'secret', 'url', 'host', 'path', 'query', 'method'];

/** The forms that programs give to a text or a number on its way, each with what differs. */
function* textForms(value: string): Generator<readonly [form: string, detail: string]> {
  yield [value.toLowerCase(), 'in small letters'];
  yield [value.toUpperCase(), 'in capital letters'];
  if (/^-?\d+\.\d+$/.test(value)) {
    yield [String(Number(value)), 'as the number that a parser makes of it'];
    yield [String(Math.trunc(Number(value))), 'without what is behind its point'];
  }
  if (/^-?\d+$/.test(value)) {
    yield [`${value}.00`, 'with two digits behind a point'];
    yield [`${value}.0`, 'with one digit behind a point'];
  }
  yield [value.trim(), 'without the spaces around it'];
  yield [JSON.stringify(value), 'in the quotation marks of JSON'];
  yield [encodeURIComponent(value), 'percent-encoded'];
}

function* valueForms({ template, times, readValue }: ContentFacts): Generator<Variant<ContentChange>> {
  const names = new Set(namesInTemplate(template).filter((name) => !others.includes(name) && !times.includes(name)));
  for (const name of names) {
    const value = readValue(name);
    if (value === undefined) continue;
    for (const [form, detail] of textForms(value))
      if (form !== value)
        yield { value: contentChange(template, new Map([[name, form]])), detail: `${name} ${detail}` };
  }
}

function* pathForms({ template, url }: ContentFacts): Generator<Variant<ContentChange>> {
  const address = namesInTemplate(template).includes('path') && readUrl(url);
  if (!address) return;
  const { href, host, origin, pathname, search } = address;
  const forms = [
    [href, 'the whole URL'],
    [origin + pathname, 'the URL without its query'],
    [host + pathname, 'the host before it'],
    [pathname + search, 'the query behind it'],
    [pathname.endsWith('/') ? pathname.slice(0, -1) : `${pathname}/`, 'the slash at its end, or without it'],
    [pathname.slice(1), 'nothing of the slash at its beginning'],
    ['/', 'a slash alone'],
    ['', 'nothing in its place'],
  ] as const;
  for (const [form, detail] of forms)
    if (form !== pathname) yield { value: contentChange(template, new Map([['path', form]])), detail };
}

/** The values of the scheme's content, each in another form. */
export const contentValues: readonly ContentHypothesis[] = [
  {
    name: 'content-value-form',
    title: '{content} with {detail}',
    change: {
      signature: '{provider} signs {content}, with each value as it is written in the request.',
      computed:
        'Take each value as it is written in the request, as a text and before anything changes or parses it: yours has {detail}.',
    },
    variants: valueForms,
  },
  {
    name: 'content-path-form',
    title: '{content} with another path: {detail}',
    change: {
      signature: 'The path that was signed is that of the URL which the provider has, and differs from {option:url}.',
      computed: 'The path is that of your URL, as the provider has it and without anything else: yours has {detail}.',
    },
    variants: pathForms,
  },
  {
    name: 'content-newline-added',
    title: '{content} with a line break behind it',
    change: {
      signature: '{provider} signs {content} without a line break at its end.',
      computed: 'Your receiver puts a line break behind the last part. Put them between the parts only.',
    },
    variants: ({ template }) => (isBodyOnly(template) ? [] : [{ value: contentChange([...template, { text: '\n' }]) }]),
  },
];
