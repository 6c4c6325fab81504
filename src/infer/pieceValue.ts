import type { ValueSpec } from '../core/template.js';
import { givenNames } from '../signing/templates.js';
import { areSiblings } from './collectFields.js';
import type { Material, Piece } from './material.js';
import type { Hit } from './search.js';
import type { SpanPlace } from './spans.js';
import { idKindOf, namesDelivery, timeSpecOf } from './valueKinds.js';

/** Gives names to values and signatures, each once and none that templates have already. */
export class Names {
  private readonly used = new Set<string>(givenNames);

  take(wanted: string): string {
    const base = /^[A-Za-z]\w*$/.test(wanted) ? wanted : 'value';
    for (let count = 1; ; count++) {
      const name = count === 1 ? base : `${base}${count}`;
      if (this.used.has(name)) continue;
      this.used.add(name);
      return name;
    }
  }
}

/** Returns a name for the value of a header or field: `triggeredAt` for `X-Shopify-Triggered-At`, `delivery` for `X-GitHub-Delivery`. */
export function nameFor(place: string): string {
  const words = place
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => /^[A-Za-z]/.test(word) && !/^x$/i.test(word))
    .map((word) => word.toLowerCase());
  const last = words.at(-1) ?? 'value';
  const isVague = ['id', 'at', 'uuid', 'guid', 'key', 'token', 'type', 'time', 'name'].includes(last);
  const [first, ...rest] = words.slice(isVague ? -2 : -1);
  return [first ?? 'value', ...rest.map((word) => word[0]!.toUpperCase() + word.slice(1))].join('');
}

/** Returns how a description expresses a signed text, and the places that carry it then; without `spec` it can only be fixed text. */
export function pieceValue(
  piece: Piece,
  material: Material,
  hits: readonly Hit[],
): { spec?: ValueSpec; places: readonly SpanPlace[] } {
  const { role, text } = piece;
  const outside = piece.places.filter((place) => place.in !== 'field');
  const inBody = piece.places.filter((place) => place.in === 'field');
  const besideSignature = inBody.filter(({ name }) =>
    hits.some(({ claim }) => claim.place.in === 'field' && areSiblings(claim.place.name, name)),
  );
  const time = role === 'time' ? timeSpecOf(text) : undefined;
  if (time) {
    // A field of the body that holds the same time is made with it, else the two would differ.
    const fields = besideSignature.length > 0 ? besideSignature : material.isForm ? [] : inBody;
    if (outside.length > 0 || fields.length > 0) return { spec: time, places: [...outside, ...fields] };
    const [field] = inBody;
    return { spec: field ? { kind: 'field', path: field.name } : time, places: [] };
  }
  const kind = role === 'id' ? idKindOf(text) : undefined;
  if (besideSignature.length > 0 && kind) return { spec: kind, places: [...outside, ...besideSignature] };
  const [field] = inBody;
  if (field) return { spec: { kind: 'field', path: field.name }, places: outside };
  const isFresh =
    piece.places.length === 0 ||
    outside.some((place) => place.in === 'parameter' || namesDelivery(place.name) || isPart(place));
  if (kind && isFresh) return { spec: kind, places: outside };
  const header = outside.find((place) => place.in === 'header' && !isPart(place));
  return header ? { spec: { kind: 'header', name: header.name }, places: [] } : { places: [] };
}

function isPart({ start, end, whole }: SpanPlace): boolean {
  return end - start < whole.length;
}
