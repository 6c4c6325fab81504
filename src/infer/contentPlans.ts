import { createHash } from 'node:crypto';
import { findHeader } from '../core/delivery.js';
import { readUrl } from '../core/readUrl.js';
import type { Encoding, HashName } from '../core/scheme.js';
import type { ReadValueSpec } from '../core/template.js';
import { valueReaders } from '../delivery/readValues.js';
import { readingOfValue } from '../json/readPayload.js';
import type { Json } from '../json/value.js';
import { fieldRecipes } from './fieldRecipes.js';
import type { Material, Piece } from './material.js';

/** A part of what may be signed: its meaning in a description, and its bytes in the request. */
export type ContentPart = { readonly bytes: string | Uint8Array } & (
  | { readonly is: 'given'; readonly name: 'body' | 'method' | 'url' | 'host' | 'path' | 'query' | 'event' | 'secret' }
  | { readonly is: 'text' }
  | { readonly is: 'target' }
  | { readonly is: 'piece'; readonly piece: Piece }
  | { readonly is: 'fields'; readonly spec: ReadValueSpec }
  | { readonly is: 'hash'; readonly hash: HashName; readonly encoding: Encoding }
);

/** Something that may be signed. */
export interface ContentPlan {
  readonly parts: readonly ContentPart[];
}

/**
 * The orders in which providers put things together, the likeliest first: B body, T time, I id, V version, U URL, P path and
 * query, M method, H host, E event, F fields, D hash of the body.
 */
const likely = [
  ...['B', 'TB', 'VTB', 'ITB', 'TIB', 'MUBT', 'UB', 'UF', 'F', 'TI', 'IT', 'BT', 'IB', 'BI', 'MUB', 'PB', 'TUB', 'UTB'],
  ...['MUTB', 'MPB', 'TMPB', 'MPTB', 'MPBT', 'TMUB', 'MPTIB', 'MPITB', 'TBI', 'BTI', 'IBT', 'EB', 'ETB', 'TEB', 'BU'],
  ...[
    'ITEB',
    'VITB',
    'VTIB',
    'FT',
    'TF',
    'U',
    'T',
    'I',
    'P',
    'TD',
    'ITD',
    'MPTD',
    'MPD',
    'TMPD',
    'MHPTD',
    'MHPTB',
    'D',
  ],
];
const separators = ['.', '', ':', '|', '\n', '-', ',', '&', ' ', '/', '_', '~', '+', ';'];

/** Returns all that may be signed, the likeliest first; `literals` are the words before signatures. */
export function contentPlans(material: Material, event: string | null, literals: readonly string[]): ContentPlan[] {
  const parts = partsByLetter(material, event, literals);
  const plans: { plan: ContentPlan; cost: number }[] = [];
  for (const [rank, order] of likely.entries()) {
    const choices = [...order].map((letter) => parts[letter]!);
    if (choices.some((list) => list.length === 0)) continue;
    for (const { chosen, cost } of combinations(choices)) {
      const between = order.length === 1 ? [''] : separators;
      for (const [at, separator] of between.entries())
        plans.push({ plan: joined(chosen, separator), cost: rank + at * 3 + cost * 4 });
    }
  }
  return plans.sort((a, b) => a.cost - b.cost).map(({ plan }) => plan);
}

/** Every order of up to four parts that is not among the likely ones, with the usual signs between them. */
export function* otherPlans(
  material: Material,
  event: string | null,
  literals: readonly string[],
): Generator<ContentPlan> {
  const parts = partsByLetter(material, event, literals);
  const first = (letter: string, count: number) => parts[letter]!.slice(0, count);
  const letters = ['B', 'T', 'I', 'M', 'U', 'P', 'V', 'E', 'H', 'D'].filter((letter) => parts[letter]!.length > 0);
  for (const length of [2, 3, 4]) {
    for (const order of permutations(letters, length)) {
      if (likely.includes(order.join(''))) continue;
      if (!order.some((letter) => 'BTDUP'.includes(letter))) continue;
      for (const { chosen } of combinations(order.map((letter) => first(letter, length < 4 ? 2 : 1)))) {
        for (const separator of separators.slice(0, 5)) yield joined(chosen, separator);
      }
    }
  }
}

/** Returns contents that may be hashed together with the secret, which is then part of them. */
export function digestPlans(plans: readonly ContentPlan[], secret: string): ContentPlan[] {
  const part: ContentPart = { is: 'given', name: 'secret', bytes: secret };
  return plans.flatMap((plan) => {
    const between = plan.parts.find(({ is }) => is === 'text');
    const signs =
      between && !plan.parts.some(({ is, bytes }) => is === 'text' && bytes !== between.bytes) ? [between] : [];
    const glued = plan.parts.length === 1 ? ['', '.', ':', '|', '&', '-', '&key=', '&secret='] : [];
    return [
      ...(plan.parts.length > 1
        ? [
            [part, ...signs, ...plan.parts],
            [...plan.parts, ...signs, part],
          ]
        : []),
      ...glued.flatMap((sign) => {
        const text: ContentPart[] = sign ? [{ is: 'text', bytes: sign }] : [];
        return [
          [part, ...text, ...plan.parts],
          [...plan.parts, ...text, part],
        ];
      }),
    ].map((parts) => ({ parts }));
  });
}

/** The secret alone: a token that does not show it. */
export function secretPlan(secret: string): ContentPlan {
  return { parts: [{ is: 'given', name: 'secret', bytes: secret }] };
}

function partsByLetter(
  material: Material,
  event: string | null,
  literals: readonly string[],
): Record<string, ContentPart[]> {
  const { request, times, ids } = material;
  const given = (name: (ContentPart & { is: 'given' })['name'], bytes: string | Uint8Array): ContentPart => ({
    is: 'given',
    name,
    bytes,
  });
  const urls = addressesOf(material).map((url) => given('url', url));
  const address = request.url === null ? null : readUrl(request.url);
  const path = address ? [given('path', address.pathname)] : [];
  if (address?.search) path.unshift({ is: 'target', bytes: `${address.pathname}${address.search}` });
  const piece = (found: Piece): ContentPart => ({ is: 'piece', piece: found, bytes: found.text });
  return {
    B: [given('body', request.body)],
    T: times.map(piece),
    I: ids.filter(({ text }) => text !== event).map(piece),
    V: literals.map((bytes): ContentPart => ({ is: 'text', bytes })),
    U: urls,
    P: path,
    M: [given('method', request.method)],
    H: address ? [given('host', address.host)] : [],
    E: event === null ? [] : [given('event', event)],
    F: fieldParts(material),
    D: bodyHashes(request.body),
  };
}

/** The address that the request went to, and what it may have been before a proxy. */
export function addressesOf({ request: { url, headers } }: Material): string[] {
  if (url === null || readUrl(url) === null) return [];
  const text = (name: string) => findHeader(headers, name);
  const { protocol, host, pathname, search } = new URL(url);
  const forwarded = text('x-forwarded-host') ?? text('host') ?? host;
  const secure = `https://${forwarded}${pathname}${search}`;
  const found = [url, `${protocol}//${host}${pathname}${search}`, secure, `http://${forwarded}${pathname}${search}`];
  const bare = [
    ...found,
    ...found.map((address) => address.replace(/\?.*$/, '')),
    ...found.map((address) => address.replace(/\/$/, '')),
  ];
  return [...new Set(bare)].filter((address) => /^https?:\/\/\S+$/.test(address)).slice(0, 6);
}

function bodyHashes(body: Uint8Array): ContentPart[] {
  return (['sha256', 'md5', 'sha512', 'sha1'] as const).flatMap((hash) => {
    const digest = createHash(hash).update(body).digest();
    return (['hex', 'base64'] as const).map(
      (encoding): ContentPart => ({ is: 'hash', hash, encoding, bytes: digest.toString(encoding) }),
    );
  });
}

/** Returns the fields of a body as text: those that a provider documents, all top-level ones sorted, those next to a signature. */
function fieldParts(material: Material): ContentPart[] {
  const { body, fields } = material;
  if (body === undefined) return [];
  const known = fieldRecipes
    .filter(({ needs }) => needs.every((path) => fields.some((field) => field.path === path)))
    .map(({ needs: _, ...recipe }): ContentPart => {
      const spec: ReadValueSpec = { kind: 'fields', ...recipe };
      return { is: 'fields', spec, bytes: fieldsText(spec, body) };
    });
  return [...known, ...outermostParts(material)];
}

/** Bodies with more fields are signed as they are. */
const maxSigned = 100;

function outermostParts({ body, claims }: Material): ContentPart[] {
  if (!(body instanceof Map) || body.size > maxSigned) return [];
  const own = claims.filter(({ place }) => place.in === 'field').map(({ place }) => place.name);
  const lists: (readonly string[] | 'sorted')[] = ['sorted'];
  for (const name of new Set(own.filter((path) => body.has(path)).slice(0, 3))) {
    const others = [...body.keys()].filter((key) => key !== name && /^[\w-]+$/.test(key));
    if (others.length > 0) lists.push([...others].sort(), others);
  }
  const forms = [
    ['{name}{value}', ''],
    ['{name}={value}', '&'],
    ['{value}', ''],
    ['{name}={value}', ','],
    ['{value}', '|'],
    ['{value}', ':'],
    ['{name}:{value}', ','],
    ['{value}', '.'],
  ] as const;
  return lists.flatMap((paths) =>
    forms.map(([each, join]): ContentPart => {
      const spec: ReadValueSpec = { kind: 'fields', paths, each, join, absent: 'left out' };
      return { is: 'fields', spec, bytes: fieldsText(spec, body) };
    }),
  );
}

function fieldsText(spec: ReadValueSpec, body: Json): string {
  const readers = valueReaders({ name: 'capture', values: { fields: spec } });
  return readers.get('fields')!({ body: () => readingOfValue(body), header: () => '' });
}

function joined(parts: readonly ContentPart[], separator: string): ContentPlan {
  if (separator === '') return { parts };
  return {
    parts: parts.flatMap((part, at): ContentPart[] => (at === 0 ? [part] : [{ is: 'text', bytes: separator }, part])),
  };
}

/** Returns one of each list, in all combinations; the cost counts how far down the lists they are. */
function combinations(lists: readonly (readonly ContentPart[])[]): { chosen: ContentPart[]; cost: number }[] {
  return lists.reduce<{ chosen: ContentPart[]; cost: number }[]>(
    (found, list) =>
      found.flatMap(({ chosen, cost }) =>
        list.flatMap((part, at) => (chosen.includes(part) ? [] : [{ chosen: [...chosen, part], cost: cost + at }])),
      ),
    [{ chosen: [], cost: 0 }],
  );
}

function* permutations(letters: readonly string[], length: number): Generator<string[]> {
  if (length === 0) yield [];
  else
    for (const letter of letters) {
      for (const rest of permutations(
        letters.filter((other) => other !== letter),
        length - 1,
      ))
        yield [letter, ...rest];
    }
}
