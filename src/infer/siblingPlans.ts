import { areSiblings } from './collectFields.js';
import type { ContentPart, ContentPlan } from './contentPlans.js';
import type { Material } from './material.js';

/** Names of fields that are often signed together, such as the id of a payment, its amount and its status. */
const nameOfIdOrTime =
  /id$|order|invoice|ref|amount|total|currency|status|code|merchant|event|type|time|date|account|number|no$/i;

/** The number of fields that are combined in each order: many in pairs, few in fours. */
const counts = [
  { size: 2, most: 20, joins: ['', '.', ':', '|', '&', ',', '-', '_'] },
  { size: 3, most: 14, joins: ['', ':', '|', '.', '&'] },
  { size: 4, most: 8, joins: ['', ':', '|'] },
] as const;

/** Yields combinations of fields in some order, where the body holds the signature and so can't be signed as a whole. */
export function* siblingPlans({ fields, claims }: Material): Generator<ContentPlan> {
  const [claim] = claims.filter(({ place }) => place.in === 'field').map(({ place }) => place.name);
  if (claim === undefined) return;
  const beside = fields.filter(({ path, text }) => path !== claim && areSiblings(path, claim) && text.length <= 200);
  const rank = (path: string) => (nameOfIdOrTime.test(path) ? 0 : 1);
  const likely = beside
    .map((field, at) => ({ field, at }))
    .sort((a, b) => rank(a.field.path) - rank(b.field.path) || a.at - b.at);
  for (const { size, most, joins } of counts) {
    const some = likely.slice(0, most).map(({ field }) => field);
    for (const chosen of ordersOf(some, size)) {
      for (const join of joins) {
        const spec = {
          kind: 'fields' as const,
          paths: chosen.map(({ path }) => path),
          each: '{value}',
          join,
          absent: 'empty' as const,
        };
        yield { parts: [{ is: 'fields', spec, bytes: chosen.map(({ text }) => text).join(join) }] };
      }
    }
  }
}

/** The same with the secret before or behind the fields, divided from them as they are from each other. */
export function* siblingsWithSecret(material: Material, secret: string): Generator<ContentPlan> {
  const own: ContentPart = { is: 'given', name: 'secret', bytes: secret };
  for (const { parts } of siblingPlans(material)) {
    const [fields] = parts;
    const join = fields?.is === 'fields' && fields.spec.kind === 'fields' ? fields.spec.join : '';
    const between: ContentPart[] = join === '' ? [] : [{ is: 'text', bytes: join }];
    yield { parts: [...parts, ...between, own] };
    yield { parts: [own, ...between, ...parts] };
  }
}

function* ordersOf<T>(items: readonly T[], size: number): Generator<T[]> {
  if (size === 0) yield [];
  else
    for (const item of items)
      for (const rest of ordersOf(
        items.filter((other) => other !== item),
        size - 1,
      ))
        yield [item, ...rest];
}
