import { type FlatSchema, flattenSchema } from './flattenSchema.js';
import type { SchemaNode, SchemaSet } from './jsonSchema.js';

/** A member of an object that says which of the others is present: `type: 'card'` next to `card`, `link` and `sepa_debit`. */
export interface TaggedMembers {
  readonly tags: readonly (readonly [name: string, members: SchemaNode[]])[];
  /** Returns whether the values chosen so far name a member. */
  isChosen(name: string, chosen: ReadonlyMap<string, unknown>): boolean;
  /** Returns whether they name another one instead. */
  isOfOther(name: string, chosen: ReadonlyMap<string, unknown>): boolean;
}

/** Tagged members found in schemas, which are needed repeatedly. */
const known = new WeakMap<FlatSchema, TaggedMembers | null>();

/** Finds the members whose values are the names of other members; null where there are none. */
export function findTaggedMembers(flat: FlatSchema, set: SchemaSet): TaggedMembers | null {
  if (flat.properties.size < 3) return null;
  const kept = known.get(flat);
  if (kept !== undefined) return kept;
  const found = taggedMembersOf(flat, set);
  known.set(flat, found);
  return found;
}

function taggedMembersOf({ properties }: FlatSchema, set: SchemaSet): TaggedMembers | null {
  const names = new Map<string, ReadonlySet<unknown>>();
  const tags = [...properties].filter(([name, members]) => {
    const values = flattenSchema(members, set).values?.filter(
      (value) => value !== name && properties.has(String(value)),
    );
    if (values === undefined || values.length < 2) return false;
    names.set(name, new Set(values));
    return true;
  });
  if (tags.length === 0) return null;
  const isChosen = (name: string, chosen: ReadonlyMap<string, unknown>) =>
    [...names.keys()].some((tag) => chosen.get(tag) === name);
  const isOfOther = (name: string, chosen: ReadonlyMap<string, unknown>) =>
    [...names].some(([tag, values]) => values.has(name) && chosen.has(tag) && chosen.get(tag) !== name);
  return { tags, isChosen, isOfOther };
}
