import type { Header } from '../core/delivery.js';
import { readUrl } from '../core/readUrl.js';
import { maxParsed } from '../diagnose/hypotheses/bodyFacts.js';
import { formOf } from '../json/form.js';
import type { Json } from '../json/value.js';
import type { SampleReading } from './capturedBody.js';
import { areSiblings, collectFields, type Field } from './collectFields.js';
import type { CapturedRequest } from './foundScheme.js';
import { claimsIn, overlap, type SignatureClaim, type SpanPlace } from './spans.js';
import { idKindOf, isTimeText, namesDelivery, timeSpecOf } from './valueKinds.js';

/** A text of a request that may be signed, and the places that carry it. */
export interface Piece {
  readonly role: 'time' | 'id';
  readonly text: string;
  readonly places: readonly SpanPlace[];
}

/** The parts of a request that are searched. */
export interface Material {
  readonly request: CapturedRequest;
  /** The provider's own headers. */
  readonly headers: readonly Header[];
  /** The parsed body; undefined where it has no fields, or too many. */
  readonly body: Json | undefined;
  /** True for a form or the parts of `multipart`. */
  readonly isForm: boolean;
  readonly fields: readonly Field[];
  readonly parameters: readonly (readonly [name: string, value: string])[];
  readonly claims: readonly SignatureClaim[];
  /** The likeliest first. */
  readonly times: readonly Piece[];
  readonly ids: readonly Piece[];
}

/** The fields of larger forms are not looked at. */
const maxForm = 1 << 20;
/** Pieces of a role that are tried. */
const maxPieces = 5;

/** Reads what a search needs of a request, whatever it holds; `read` is its body, null where that can't be read. */
export function readMaterial(
  request: CapturedRequest,
  headers: readonly Header[],
  read: SampleReading | null,
): Material {
  const isForm = read !== null && formOf(read.dialect) !== null;
  const isSmall = request.body.length <= (isForm ? maxForm : maxParsed);
  const body = isSmall && read !== null && read.dialect !== 'text' ? read.value : undefined;
  const fields = collectFields(body);
  const parameters = parametersOf(request.url);
  const places = [
    ...headers.map(([name, whole], index) => place('header', index, name, whole)),
    ...parameters.map(([name, whole], index) => place('parameter', index, name, whole)),
    ...fields.map((field) => ({ ...place('field', 0, field.path, field.text), isNumber: field.isNumber })),
  ];
  const claims = places.filter(mayHold).flatMap(claimsIn);
  const parts = places.flatMap((whole) => partsOf(whole, claims));
  return {
    request,
    headers,
    body,
    isForm,
    fields,
    parameters,
    claims,
    times: piecesOf('time', parts, claims),
    ids: piecesOf('id', parts, claims),
  };
}

/** Returns whether a place may hold a signature; most long texts of a body are something else. */
function mayHold({ in: kind, name, isNumber }: SpanPlace): boolean {
  if (isNumber) return false;
  return kind === 'field' ? /sign|hmac|hash|digest|checksum|(^|[._])(sig|mac)$/i.test(name) : !namesDelivery(name);
}

function place(kind: SpanPlace['in'], index: number, name: string, whole: string): SpanPlace {
  return { in: kind, index, name, whole, start: 0, end: whole.length, isNumber: false };
}

function parametersOf(url: string | null): (readonly [string, string])[] {
  if (url === null || readUrl(url) === null) return [];
  return [...new URL(url).searchParams].slice(0, 50);
}

/** Returns the parts of a text that may be a time or an id: all of it, and those next to a signature or in a list. */
function partsOf(whole: SpanPlace, claims: readonly SignatureClaim[]): SpanPlace[] {
  if (whole.whole.length > 2048 || whole.whole === '') return [];
  if (whole.in === 'field') return [whole];
  const parts = [...whole.whole.matchAll(/[^\s,;="']+/g)].slice(0, 20).map((match) => ({
    ...whole,
    start: match.index,
    end: match.index + match[0].length,
  }));
  const hasClaim = claims.some(({ place }) => overlap(place, whole));
  const isList = hasClaim || /[,;]/.test(whole.whole);
  return isList ? [whole, ...parts.filter(({ start, end }) => end - start < whole.end)] : [whole];
}

function piecesOf(role: Piece['role'], places: readonly SpanPlace[], claims: readonly SignatureClaim[]): Piece[] {
  const byText = new Map<string, { places: SpanPlace[]; weight: number }>();
  for (const place of places) {
    const text = place.whole.slice(place.start, place.end);
    const weight = role === 'time' ? timeWeight(text, place, claims) : idWeight(text, place, claims);
    if (weight === 0) continue;
    const known = byText.get(text);
    if (known) known.places.push(place);
    else byText.set(text, { places: [place], weight });
    const kept = byText.get(text)!;
    kept.weight = Math.max(kept.weight, weight);
  }
  return [...byText]
    .sort(([, a], [, b]) => b.weight - a.weight)
    .slice(0, maxPieces)
    .map(([text, { places }]) => ({ role, text, places }));
}

/** Returns how likely a text is a time that is signed; 0 where it is none. */
function timeWeight(text: string, place: SpanPlace, claims: readonly SignatureClaim[]): number {
  if (!timeSpecOf(text) && !(place.in === 'header' && isTimeText(text))) return 0;
  const isPart = place.end - place.start < place.whole.length;
  if (isPart && place.in === 'header') return 6;
  if (place.in === 'header') return /time|stamp|date/i.test(place.name) ? 5 : 4;
  if (place.in === 'parameter') return 3;
  return isNextToClaim(place, claims) ? 3 : /time|stamp|date|_at$|At$/.test(place.name) ? 2 : 1;
}

function idWeight(text: string, place: SpanPlace, claims: readonly SignatureClaim[]): number {
  if (text.length < 4 || text.length > 200 || timeSpecOf(text) || /[\s{}]/.test(text)) return 0;
  const isClaim = claims.some((claim) => overlap(claim.place, place));
  const isWhole = place.end - place.start === place.whole.length;
  if (isClaim && !idKindOf(text)) return 0;
  if (place.in === 'header') {
    if (/^(content-type|user-agent|accept|authorization)$/i.test(place.name)) return 0;
    if (!isWhole) return 2;
    return namesDelivery(place.name) ? 6 : idKindOf(text) ? 4 : 1;
  }
  if (place.in === 'parameter') return 2;
  if (isNextToClaim(place, claims)) return 3;
  return /(^|[._])id$|nonce|token/i.test(place.name) ? 2 : 0;
}

function isNextToClaim({ in: kind, name }: SpanPlace, claims: readonly SignatureClaim[]): boolean {
  return (
    kind === 'field' &&
    claims.some(
      ({ place }) =>
        place.in === 'field' &&
        place.name !== name &&
        /sign|hmac|hash/i.test(place.name) &&
        areSiblings(place.name, name),
    )
  );
}
