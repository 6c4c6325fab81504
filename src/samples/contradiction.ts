import { pointerTo } from '../core/jsonPointer.js';
import { type JsonSchema, referencedName, type SchemaNode, type SchemaSet } from './jsonSchema.js';
import { isSafePattern, testPattern } from './testPattern.js';

/** The reason why no value satisfies a schema. */
export interface Contradiction {
  /** The place in a value, as a JSON Pointer. */
  readonly pointer: string;
  /** The two rules that exclude each other, each with its place in the schema. */
  readonly reason: string;
}

/** A schema that applies to a value, and its place: the name of the last reference, and the path after it. */
interface PlacedSchema {
  readonly node: JsonSchema;
  readonly place: string;
}

interface Search {
  readonly set: SchemaSet;
  /** By the schemas that hold together; null while it is looked for. */
  readonly known: Map<string, Contradiction | null>;
  readonly ids: Map<SchemaNode, number>;
  readonly bare: Map<string, JsonSchema>;
  left: number;
}

const maxSteps = 5000;
const allTypes = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'];

/** Proves that a schema takes no value, whatever its generator makes; null where that is not proven. */
export function findContradiction(schema: SchemaNode, set: SchemaSet): Contradiction | null {
  const search: Search = { set, known: new Map(), ids: new Map(), bare: new Map(), left: maxSteps };
  return contradictionOf([{ node: schema, place: '' }], search);
}

type GivenSchema = { readonly node: SchemaNode; readonly place: string };

function contradictionOf(given: readonly GivenSchema[], search: Search): Contradiction | null {
  const key = given.map(({ node }) => idOf(node, search)).join();
  const known = search.known.get(key);
  if (known !== undefined || search.left-- <= 0) return known ?? null;
  search.known.set(key, null);
  const found = searchAll(given, search);
  search.known.set(key, found);
  return found;
}

function searchAll(given: readonly GivenSchema[], search: Search): Contradiction | null {
  const holding = schemasOf(given, search.set);
  if ('never' in holding) return { pointer: '', reason: `no value is allowed (${at(holding.never)} is false)` };
  const { all } = holding;
  const reason = typeContradiction(all) ?? valueContradiction(all) ?? boundContradiction(all);
  if (reason !== null) return { pointer: '', reason };
  return memberContradiction(all, search) ?? itemContradiction(all, search) ?? branchContradiction(all, search);
}

/** Returns a contradiction of a part as one of the whole. */
function inPart(found: Contradiction | null, step: string | number): Contradiction | null {
  return found && { ...found, pointer: pointerTo([step]) + found.pointer };
}

function idOf(node: SchemaNode, { ids }: Search): number {
  const known = ids.get(node) ?? ids.size;
  ids.set(node, known);
  return known;
}

/** The schemas that hold together, with references and `allOf` followed. */
function schemasOf(
  given: readonly GivenSchema[],
  { $defs }: SchemaSet,
): { readonly all: readonly PlacedSchema[] } | { readonly never: string } {
  const all: PlacedSchema[] = [];
  const pending = [...given];
  const seen = new Set<SchemaNode>();
  for (let next = pending.shift(); next; next = pending.shift()) {
    const { node, place } = next;
    if (node === false) return { never: place };
    if (node === true || seen.has(node)) continue;
    seen.add(node);
    all.push({ node, place });
    const name = typeof node.$ref === 'string' ? referencedName(node.$ref) : null;
    if (name !== null && Object.hasOwn($defs, name)) pending.push({ node: $defs[name]!, place: name });
    for (const [number, part] of (node.allOf ?? []).entries()) {
      pending.push({ node: part, place: node.namesEvent ? place : within(place, `allOf[${number}]`) });
    }
  }
  return { all };
}

function within(place: string, step: string): string {
  return place === '' ? step : `${place}.${step}`;
}

function at(place: string): string {
  return place === '' ? 'the schema' : place;
}

function typesOf({ type }: JsonSchema): readonly string[] | null {
  if (type === undefined) return null;
  const types = [type].flat() as string[];
  return types.includes('number') ? [...types, 'integer'] : types;
}

function typeContradiction(all: readonly PlacedSchema[]): string | null {
  const typed = all.flatMap(({ node, place }) => {
    const types = typesOf(node);
    return types ? [{ types, place, shown: [node.type].flat().join(' or ') }] : [];
  });
  for (const [number, one] of typed.entries()) {
    for (const other of typed.slice(number + 1)) {
      if (!one.types.some((type) => other.types.includes(type))) {
        return `type ${one.shown} (${at(one.place)}) and type ${other.shown} (${at(other.place)}) exclude each other`;
      }
    }
  }
  return null;
}

/** The only type that a value may have; null where there are several. */
function onlyType(all: readonly PlacedSchema[]): string | null {
  const left = all.reduce((types, { node }) => {
    const own = typesOf(node);
    return own ? types.filter((type) => own.includes(type)) : types;
  }, allTypes);
  return left.length === 1 ? left[0]! : left.join() === 'number,integer' ? 'number' : null;
}

function listedValues({ enum: values, ...node }: JsonSchema): readonly unknown[] | null {
  if ('const' in node) return [node.const];
  return Array.isArray(values) ? values : null;
}

function valueContradiction(all: readonly PlacedSchema[]): string | null {
  const listed = all.flatMap(({ node, place }) => {
    const values = listedValues(node);
    // Equal objects may differ in the order of members.
    return values?.every((value) => typeof value !== 'object' || value === null)
      ? [{ values: values.map((value) => JSON.stringify(value)), place }]
      : [];
  });
  for (const [number, one] of listed.entries()) {
    for (const other of listed.slice(number + 1)) {
      if (!one.values.some((value) => other.values.includes(value))) {
        return `the values ${shown(one.values)} (${at(one.place)}) and ${shown(other.values)} (${at(other.place)}) exclude each other`;
      }
    }
    for (const { node, place } of all) {
      const types = typesOf(node);
      if (types && !one.values.some((text) => types.some((type) => isOfType(JSON.parse(text), type)))) {
        return `the values ${shown(one.values)} (${at(one.place)}) and type ${[node.type].flat().join(' or ')} (${at(place)}) exclude each other`;
      }
    }
  }
  return null;
}

function shown(values: readonly string[]): string {
  return values.length === 0 ? 'none' : `${values.slice(0, 3).join(', ')}${values.length > 3 ? ', …' : ''}`;
}

function isOfType(value: unknown, type: string): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'null') return value === null;
  return type === typeof value && value !== null && !Array.isArray(value);
}

const bounds = [
  ['minLength', 'maxLength', 'string'],
  ['minimum', 'maximum', 'number'],
  ['minItems', 'maxItems', 'array'],
  ['minProperties', 'maxProperties', 'object'],
] as const;

function boundContradiction(all: readonly PlacedSchema[]): string | null {
  const type = onlyType(all);
  for (const [least, most, ofType] of bounds) {
    if (ofType !== (type === 'integer' ? 'number' : type)) continue;
    for (const low of all) {
      const high = all.find(({ node }) => (node[most] ?? Infinity) < (low.node[least] ?? -Infinity));
      if (high) {
        return `${least} ${low.node[least]} (${at(low.place)}) and ${most} ${high.node[most]} (${at(high.place)}) exclude each other`;
      }
    }
  }
  return null;
}

/** A member that has to be there, and can't be. */
function memberContradiction(all: readonly PlacedSchema[], search: Search): Contradiction | null {
  if (onlyType(all) !== 'object') return null;
  for (const { node, place } of all) {
    for (const name of node.required ?? []) {
      const closed = all.find((each) => !named(each.node, name) && each.node.additionalProperties === false);
      if (closed) {
        const reason = `required member ${name} (${at(place)}) is not among the properties of a closed schema (${at(closed.place)}, additionalProperties: false)`;
        return { pointer: '', reason };
      }
      const found = inPart(contradictionOf(membersOf(all, name), search), name);
      if (found) return found;
    }
  }
  return null;
}

/** Returns whether a schema describes a member, or may describe it. */
function named({ properties, patternProperties }: JsonSchema, name: string): boolean {
  const isPatterned = (pattern: string) => !isSafePattern(pattern) || testPattern(pattern, name);
  return Object.hasOwn(properties ?? {}, name) || Object.keys(patternProperties ?? {}).some(isPatterned);
}

function membersOf(all: readonly PlacedSchema[], name: string): GivenSchema[] {
  return all.flatMap(({ node, place }): GivenSchema[] => {
    const step = within(place, name);
    const own = Object.hasOwn(node.properties ?? {}, name) ? [{ node: node.properties![name]!, place: step }] : [];
    const patterned = Object.entries(node.patternProperties ?? {})
      .filter(([pattern]) => isSafePattern(pattern) && testPattern(pattern, name))
      .map(([, part]) => ({ node: part, place: step }));
    if (own.length + patterned.length > 0 || named(node, name)) return [...own, ...patterned];
    const { additionalProperties: others } = node;
    return others === undefined ? [] : [{ node: others, place: within(place, 'additionalProperties') }];
  });
}

function itemContradiction(all: readonly PlacedSchema[], search: Search): Contradiction | null {
  const least = Math.max(...all.map(({ node }) => node.minItems ?? 0));
  if (onlyType(all) !== 'array' || least < 1) return null;
  const first = all.flatMap(({ node, place }): GivenSchema[] => {
    const own = node.prefixItems?.[0] ?? node.items;
    return own === undefined ? [] : [{ node: own, place: within(place, 'items') }];
  });
  return inPart(contradictionOf(first, search), 0);
}

/** Branches of which none is possible with all else. */
function branchContradiction(all: readonly PlacedSchema[], search: Search): Contradiction | null {
  for (const { node, place } of all) {
    for (const kind of ['oneOf', 'anyOf'] as const) {
      const branches = node[kind];
      if (!Array.isArray(branches) || branches.length === 0) continue;
      const others = all.map((each) => ({
        ...each,
        node: withoutFollowed(each.node, each.node === node ? kind : '', search),
      }));
      const found = branches.map((branch: SchemaNode, number) =>
        contradictionOf([...others, { node: branch, place: within(place, `${kind}[${number}]`) }], search),
      );
      if (!found.every((each) => each !== null)) continue;
      const many = branches.length > 1 ? `; the same is true of each ${kind} (${at(place)})` : '';
      return { pointer: found[0]!.pointer, reason: `${found[0]!.reason}${many}` };
    }
  }
  return null;
}

/** Returns a schema without what has been followed already, and without one of its choices. */
function withoutFollowed(node: JsonSchema, kind: string, search: Search): JsonSchema {
  const key = `${idOf(node, search)} ${kind}`;
  const entries = () => Object.entries(node).filter(([name]) => name !== kind && name !== '$ref' && name !== 'allOf');
  const bare = search.bare.get(key) ?? (Object.fromEntries(entries()) as JsonSchema);
  search.bare.set(key, bare);
  return bare;
}
