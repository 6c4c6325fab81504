import type { BodyFieldSpec, QuerySpec } from '../core/scheme.js';
import { escaped } from './layout.js';
import type { Material } from './material.js';
import type { Hit } from './search.js';
import type { SpanPlace } from './spans.js';

/** A place, and the name of its value. */
export interface NamedPlace {
  readonly place: SpanPlace;
  readonly name: string;
}

/** The parts named while a description was written. */
interface NamedParts {
  readonly placed: readonly NamedPlace[];
  readonly nameOf: ReadonlyMap<Hit, string>;
}

/** The fields that each delivery fills, those of values before those of signatures, which may cover them. */
export function filledFields(
  { placed, nameOf }: NamedParts,
  { hits, material }: { readonly hits: readonly Hit[]; readonly material: Material },
  tokens: readonly NamedPlace[],
): BodyFieldSpec[] {
  const values = [...placed, ...tokens].filter(({ place }) => place.in === 'field');
  const signed = hits
    .filter(({ claim }) => claim.place.in === 'field')
    .map((hit) => ({ place: hit.claim.place, name: nameOf.get(hit)! }));
  const inOrder = (list: typeof values) => [...list].sort((a, b) => order(a.place) - order(b.place));
  const order = (place: SpanPlace) => material.fields.findIndex(({ path }) => path === place.name);
  return [...inOrder(values), ...inOrder(signed)].map(({ place, name }): BodyFieldSpec => {
    const template = `${escaped(place.whole.slice(0, place.start))}{${name}}${escaped(place.whole.slice(place.end))}`;
    return [place.name, place.isNumber ? { number: template } : template];
  });
}

/** The parameters that are added to the query, in the order of the request. */
export function filledQuery(
  { placed, nameOf }: NamedParts,
  { hits }: { readonly hits: readonly Hit[] },
  tokens: readonly NamedPlace[],
): QuerySpec[] {
  const named = [
    ...[...placed, ...tokens].filter(({ place }) => place.in === 'parameter'),
    ...hits
      .filter(({ claim }) => claim.place.in === 'parameter')
      .map((hit) => ({ place: hit.claim.place, name: nameOf.get(hit)! })),
  ];
  return named
    .sort((a, b) => a.place.index - b.place.index)
    .map(
      ({ place, name }): QuerySpec => [
        place.name,
        `${escaped(place.whole.slice(0, place.start))}{${name}}${escaped(place.whole.slice(place.end))}`,
      ],
    );
}
