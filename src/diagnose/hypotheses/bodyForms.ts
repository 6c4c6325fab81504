import type { Variant } from '../hypothesis.js';
import { attempt, type BodyFacts, type BodyHypothesis, bodyFacts, captureAdvice, hashRaw } from './bodyFacts.js';
import { jsonEncoders } from './jsonEncoders.js';

/** Larger forms are not parsed and written again. */
const maxForm = 256 << 10;

/** A way to write the fields of a form. */
interface FormWriter {
  readonly call: string;
  /** Characters that stay as they are, besides letters and digits. */
  readonly kept: string;
  readonly space: '+' | '%20';
  readonly lowerHex?: true;
}

const writers: readonly FormWriter[] = [
  { call: 'URLSearchParams, URI.encode_www_form in Ruby, URLEncoder in Java', kept: '*-._', space: '+' },
  { call: 'urlencode in Python, url.Values in Go, FormUrlEncodedContent in .NET', kept: '-_.~', space: '+' },
  { call: 'http_build_query in PHP', kept: '-_.', space: '+' },
  { call: 'querystring.stringify, encodeURIComponent', kept: "!'()*-._~", space: '%20' },
  { call: 'qs.stringify, urlencode with quote_via=quote, PHP_QUERY_RFC3986', kept: '-_.~', space: '%20' },
  { call: 'URLEncoder with %20 for +', kept: '*-._', space: '%20' },
  { call: 'WebUtility.UrlEncode in .NET', kept: '-_.!*()', space: '+' },
  { call: 'HttpUtility.UrlEncode in .NET', kept: '-_.!*()', space: '+', lowerHex: true },
  { call: 'rawurlencode without ~', kept: '-_.', space: '%20' },
  { call: 'quote in Python, which keeps /', kept: '-_.~/', space: '%20' },
  { call: 'quote_plus with safe="/"', kept: '-_.~/', space: '+' },
];

type Field = readonly [name: string, value: string];

/** Decodes to Latin-1, so that bytes that are no UTF-8 are written unchanged. */
function decoded(text: string): string {
  return text
    .replaceAll('+', ' ')
    .replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function parseFields({ bytes }: BodyFacts): Field[] | null {
  if (bytes.length > maxForm) return null;
  const text = bytes.toString('latin1').trim();
  if (!/^[^\s{}["<>]+$/.test(text) || !text.includes('=')) return null;
  return text
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      return at < 0 ? [decoded(part), ''] : [decoded(part.slice(0, at)), decoded(part.slice(at + 1))];
    });
}

function encoded(text: string, { kept, space, lowerHex }: FormWriter): string {
  return text.replace(/[^A-Za-z0-9]/g, (char) => {
    if (kept.includes(char)) return char;
    if (char === ' ') return space;
    const hex = char.charCodeAt(0).toString(16).padStart(2, '0');
    return `%${lowerHex ? hex : hex.toUpperCase()}`;
  });
}

/** The fields as parsers leave them, each with what was done to them. */
function arrangements(fields: readonly Field[]): (readonly [fields: readonly Field[], detail: string])[] {
  const inOrder = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  const sortedByName = (list: readonly Field[]) => list.toSorted(([a], [b]) => inOrder(a, b));
  const filled = fields.filter(([, value]) => value !== '');
  const last = [...new Map(fields)];
  const first = [...new Map(fields.toReversed())].reverse();
  const groups = new Map<string, Field[]>();
  for (const field of fields) {
    const group = groups.get(field[0]);
    if (group) group.push(field);
    else groups.set(field[0], [field]);
  }
  const values = (list: readonly Field[]) => JSON.stringify(list);
  const all: (readonly [readonly Field[], string])[] = [
    [fields, ''],
    [sortedByName(fields), ', sorted by name'],
    [fields.toSorted((a, b) => inOrder(a[0], b[0]) || inOrder(a[1], b[1])), ', sorted by name and value'],
    [filled, ', without empty fields'],
    [sortedByName(filled), ', sorted and without empty fields'],
    [[...groups.values()].flat(), ', with fields of one name together'],
    [last, ', with one field of each name'],
    [first, ', with the first field of each name'],
  ];
  const seen = new Set<string>();
  return all.filter(([list]) => !seen.has(values(list)) && seen.add(values(list)));
}

function* reencoded(body: BodyFacts): Generator<Variant<Uint8Array>> {
  const fields = parseFields(body);
  if (!fields) return;
  for (const [list, detail] of arrangements(fields)) {
    for (const writer of writers) {
      const text = list.map(([name, value]) => `${encoded(name, writer)}=${encoded(value, writer)}`).join('&');
      yield { value: Buffer.from(text, 'latin1'), detail: writer.call + detail };
    }
  }
  const text = body.bytes.toString('latin1');
  yield { value: Buffer.from(text.replaceAll('+', '%20'), 'latin1'), detail: '%20 in place of +' };
  yield { value: Buffer.from(text.replaceAll('%20', '+'), 'latin1'), detail: '+ in place of %20' };
  yield {
    value: Buffer.from(text.replace(/%[0-9A-Fa-f]{2}/g, (hex) => hex.toLowerCase())),
    detail: 'small hex digits',
  };
  yield {
    value: Buffer.from(text.replace(/%[0-9A-Fa-f]{2}/g, (hex) => hex.toUpperCase())),
    detail: 'capital hex digits',
  };
}

function* decodedForms(body: BodyFacts): Generator<Variant<Uint8Array>> {
  const fields = parseFields(body);
  if (!fields) return;
  for (const [list, detail] of arrangements(fields)) {
    for (const join of ['&', '', '\n', ',']) {
      const text = list.map(([name, value]) => `${name}=${value}`).join(join);
      const how =
        join === '&' ? 'name=value' : `name=value, joined by ${join === '' ? 'nothing' : JSON.stringify(join)}`;
      yield { value: Buffer.from(text, 'latin1'), detail: how + detail };
    }
    yield { value: Buffer.from(list.flat().join(''), 'latin1'), detail: `names and values${detail}` };
    yield { value: Buffer.from(list.map(([, value]) => value).join(''), 'latin1'), detail: `the values${detail}` };
  }
}

type Tree = string | Tree[] | { [key: string]: Tree };

/** The objects that parsers make of a form, with what makes them. */
function buildObjects(fields: readonly Field[]): (readonly [object: string, detail: string])[] {
  const utf8 = fields.map(([name, value]): Field => [fromLatin1(name), fromLatin1(value)]);
  const lists = new Map<string, string[]>();
  for (const [name, value] of utf8) {
    const list = lists.get(name);
    if (list) list.push(value);
    else lists.set(name, [value]);
  }
  const repeated = [...lists].map(([name, values]) => [name, values.length === 1 ? values[0]! : values] as const);
  const nested = utf8.some(([name]) => /^[^[]+\[/.test(name))
    ? [[buildNested(utf8), ', with its brackets as objects'] as const]
    : [];
  return [
    [objectText(repeated), ''],
    ...nested.map(([tree, detail]) => [JSON.stringify(tree), detail] as const),
    [objectText([...new Map(utf8)]), ', one value of each name'],
    [objectText([...lists]), ', each value in a list'],
    [JSON.stringify(utf8), ', as a list of pairs'],
  ];
}

/** By hand, for JavaScript moves keys that look like numbers. */
function objectText(members: readonly (readonly [name: string, value: unknown])[]): string {
  return `{${members.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
}

function fromLatin1(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8');
}

function buildNested(fields: readonly Field[]): Tree {
  const root = Object.create(null) as { [key: string]: Tree };
  for (const [name, value] of fields) {
    const keys = [name.split('[')[0]!, ...[...name.matchAll(/\[([^[\]]*)\]/g)].slice(0, 16).map((match) => match[1]!)];
    let holder: { [key: string]: Tree } | Tree[] = root;
    for (const [at, key] of keys.entries()) {
      // What would leave a hole in a list is put at its end.
      const isItem = Array.isArray(holder) && !(/^\d{1,9}$/.test(key) && Number(key) < holder.length);
      const place: string = isItem ? String(holder.length) : key;
      const slots = holder as { [key: string]: Tree };
      if (at === keys.length - 1) slots[place] = value;
      else {
        const old: Tree | undefined = Object.hasOwn(slots, place) ? slots[place] : undefined;
        const next = typeof old === 'object' ? old : /^0?$/.test(keys[at + 1]!) ? [] : (Object.create(null) as object);
        slots[place] = next as Tree;
        holder = next as { [key: string]: Tree };
      }
    }
  }
  return root;
}

const usualEncoders = jsonEncoders.filter(({ name, languages }) => languages !== undefined || name === 'body-sorted');

function* jsonForms(body: BodyFacts): Generator<Variant<Uint8Array>> {
  const fields = parseFields(body);
  if (!fields) return;
  for (const [json, how] of attempt(() => buildObjects(fields)) ?? []) {
    const inner = bodyFacts(Buffer.from(json));
    for (const { texts } of usualEncoders) {
      for (const [text, call] of texts(inner)) {
        if (text !== undefined) yield { value: Buffer.from(text), detail: `${call}${how}` };
      }
    }
  }
}

/** A form parsed and written again, in the way of each language. */
export const bodyForms: readonly BodyHypothesis[] = [
  {
    name: 'body-form-reencoded',
    alone: true,
    title: 'the form parsed and re-encoded: {detail}',
    change: {
      signature: captureAdvice('a parser or a proxy read the form and rewrote it, as {detail} does.'),
      computed: hashRaw(
        'Your receiver parses the form and re-encodes its fields ({detail}), which writes other bytes.',
      ),
    },
    variants: reencoded,
  },
  {
    name: 'body-form-fields',
    alone: true,
    title: 'the decoded fields of the form ({detail})',
    change: {
      signature: captureAdvice('its decoded fields were signed ({detail}).'),
      computed: hashRaw('Your receiver puts the decoded fields of the form together ({detail}).'),
    },
    variants: decodedForms,
  },
  {
    name: 'body-form-json',
    alone: true,
    title: 'the fields of the form as JSON: {detail}',
    change: {
      signature: captureAdvice('the fields of the form were signed as JSON ({detail}).'),
      computed: hashRaw('Your receiver parses the form and hashes the object that comes of it as JSON ({detail}).'),
    },
    variants: jsonForms,
  },
];
