import { createHash } from 'node:crypto';
import { findHeader } from '../core/delivery.js';
import { readUrl } from '../core/readUrl.js';
import type { ContentPart, ContentPlan } from './contentPlans.js';
import type { Material, Piece } from './material.js';
import type { SpanPlace } from './spans.js';
import { timeSpecOf } from './valueKinds.js';

/** A signed content made of names and values, which no search would find: each label, and the source of the value after it. */
interface LabelledRecipe {
  readonly parts: readonly (readonly [label: string, source: LabelledSource])[];
  readonly end: string;
}

type LabelledSource = { readonly header: string } | { readonly parameter: string } | 'time' | 'path' | 'digest';

const recipes: readonly LabelledRecipe[] = [
  {
    // https://unpkg.com/mercadopago@3.6.1/dist/utils/webhook/index.js
    parts: [
      ['id:', { parameter: 'data.id' }],
      [';request-id:', { header: 'x-request-id' }],
      [';ts:', 'time'],
    ],
    end: ';',
  },
  {
    // https://developers.doku.com/get-started-with-doku-api/signature-component/non-snap/signature-component-from-request-header
    parts: [
      ['Client-Id:', { header: 'Client-Id' }],
      ['\nRequest-Id:', { header: 'Request-Id' }],
      ['\nRequest-Timestamp:', { header: 'Request-Timestamp' }],
      ['\nRequest-Target:', 'path'],
      ['\nDigest:', 'digest'],
    ],
    end: '',
  },
];

/** The lists of names and values of which a request has all parts. */
export function labelledPlans(material: Material): ContentPlan[] {
  return recipes.flatMap(({ parts, end }): ContentPlan[] => {
    const filled = parts.map(([label, source]) => [label, partOf(source, material)] as const);
    if (filled.some(([, part]) => part === null)) return [];
    const all = filled.flatMap(([label, part]): ContentPart[] => [{ is: 'text', bytes: label }, part!]);
    return [{ parts: end === '' ? all : [...all, { is: 'text', bytes: end }] }];
  });
}

function partOf(source: LabelledSource, material: Material): ContentPart | null {
  const { request, times } = material;
  const address = request.url === null ? null : readUrl(request.url);
  if (source === 'path') return address && { is: 'given', name: 'path', bytes: address.pathname };
  if (source === 'digest') {
    const bytes = createHash('sha256').update(request.body).digest('base64');
    return { is: 'hash', hash: 'sha256', encoding: 'base64', bytes };
  }
  const [time] = times;
  if (source === 'time') return time ? { is: 'piece', piece: time, bytes: time.text } : null;
  const text =
    'header' in source ? findHeader(request.headers, source.header) : parameterOf(material, source.parameter);
  return text === undefined || text === '' ? null : { is: 'piece', piece: findPiece(text, material), bytes: text };
}

function parameterOf({ parameters }: Material, wanted: string): string | undefined {
  return parameters.find(([name]) => name === wanted)?.[1];
}

/** The piece with a text, or a new one with all places that have it. */
function findPiece(text: string, { times, ids, headers, parameters, fields }: Material): Piece {
  const known = [...times, ...ids].find((piece) => piece.text === text);
  if (known) return known;
  const place = (kind: SpanPlace['in'], index: number, name: string): SpanPlace => ({
    in: kind,
    index,
    name,
    whole: text,
    start: 0,
    end: text.length,
    isNumber: false,
  });
  const places = [
    ...headers.flatMap(([name, whole], index) => (whole === text ? [place('header', index, name)] : [])),
    ...parameters.flatMap(([name, whole], index) => (whole === text ? [place('parameter', index, name)] : [])),
    ...fields.flatMap(({ path, text: whole }) => (whole === text ? [place('field', 0, path)] : [])),
  ];
  return { role: timeSpecOf(text) ? 'time' : 'id', text, places };
}
