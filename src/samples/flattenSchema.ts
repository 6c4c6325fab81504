import { type Discriminator, type JsonSchema, referencedName, type SchemaNode, type SchemaSet } from './jsonSchema.js';

/** Branches of which a value takes one. */
export interface SchemaChoice {
  readonly kind: 'oneOf' | 'anyOf';
  readonly branches: readonly SchemaNode[];
  readonly discriminator?: Discriminator;
}

/** Several schemas combined, with their references and `allOf` followed. */
export interface FlatSchema {
  /** Null where any type is taken. */
  types: ReadonlySet<string> | null;
  values: readonly unknown[] | null;
  readonly properties: Map<string, SchemaNode[]>;
  readonly required: Set<string>;
  /** The members required where a member is present. */
  readonly dependent: Map<string, string[]>;
  readonly others: SchemaNode[];
  readonly patterned: (readonly [pattern: string, node: SchemaNode])[];
  readonly items: SchemaNode[];
  readonly leading: (readonly SchemaNode[])[];
  readonly contains: SchemaNode[];
  readonly choices: SchemaChoice[];
  /** Names of the schemas that were followed. */
  readonly names: string[];
  readonly patterns: string[];
  /** Keywords with one value, such as `format`; the first one wins. */
  readonly keywords: Map<string, unknown>;
  /** Bounds; the narrowest ones. */
  readonly least: Map<string, number>;
  readonly most: Map<string, number>;
  isImpossible: boolean;
}

const single = [
  'idOf',
  'format',
  'title',
  'description',
  'example',
  'default',
  'deprecated',
  'writeOnly',
  'uniqueItems',
  'multipleOf',
];
const lower = ['minLength', 'minimum', 'exclusiveMinimum', 'minItems', 'minProperties', 'minContains'];
const upper = ['maxLength', 'maximum', 'exclusiveMaximum', 'maxItems', 'maxProperties', 'maxContains'];

/** The most schemas that are followed for one value. */
const maxFollowed = 400;

/** Flattened schemas, by one schema after the other: the same combinations recur. */
interface KnownSchemas {
  flat?: FlatSchema;
  readonly next: WeakMap<JsonSchema, KnownSchemas>;
}

const known = new WeakMap<SchemaSet, KnownSchemas>();
const maxKept = 6;

/** Puts schemas that hold for one value together. */
export function flattenSchema(nodes: readonly SchemaNode[], set: SchemaSet): FlatSchema {
  if (nodes.length > maxKept) return flattenAll(nodes, set);
  let kept = known.get(set) ?? keep(known, set);
  for (const node of nodes) {
    if (node === true) continue;
    if (node === false) return flattenAll(nodes, set);
    kept = kept.next.get(node) ?? keep(kept.next, node);
  }
  kept.flat ??= flattenAll(nodes, set);
  return kept.flat;
}

function keep<T extends object>(places: WeakMap<T, KnownSchemas>, key: T): KnownSchemas {
  const kept: KnownSchemas = { next: new WeakMap() };
  places.set(key, kept);
  return kept;
}

function flattenAll(nodes: readonly SchemaNode[], { $defs }: SchemaSet): FlatSchema {
  const flat: FlatSchema = {
    types: null,
    values: null,
    properties: new Map(),
    required: new Set(),
    dependent: new Map(),
    others: [],
    patterned: [],
    items: [],
    leading: [],
    contains: [],
    choices: [],
    names: [],
    patterns: [],
    keywords: new Map(),
    least: new Map(),
    most: new Map(),
    isImpossible: false,
  };
  const pending = [...nodes];
  const seen = new Set<string>();
  for (let count = 0; count < pending.length && count < maxFollowed; count++) {
    const node = pending[count]!;
    if (node === true) continue;
    if (node === false) {
      flat.isImpossible = true;
      continue;
    }
    addTo(flat, node);
    // References come next, since the members of a value are in the order of their declaration.
    const next: SchemaNode[] = [];
    const name = typeof node.$ref === 'string' ? referencedName(node.$ref) : null;
    if (name !== null && !seen.has(name) && Object.hasOwn($defs, name)) {
      seen.add(name);
      flat.names.push(name);
      next.push($defs[name]!);
    }
    next.push(...(node.allOf ?? []));
    if (next.length > 0) pending.splice(count + 1, 0, ...next);
  }
  return flat;
}

function addTo(flat: FlatSchema, node: JsonSchema): void {
  if (node.type !== undefined) {
    const types = [node.type].flat() as string[];
    flat.types = flat.types === null ? new Set(types) : commonTypes(flat.types, types);
  }
  for (const values of [node.enum, 'const' in node ? [node.const] : undefined]) {
    if (!Array.isArray(values)) continue;
    const texts = new Set(values.map((value) => JSON.stringify(value)));
    flat.values = flat.values === null ? values : flat.values.filter((value) => texts.has(JSON.stringify(value)));
  }
  for (const [name, member] of Object.entries(node.properties ?? {})) {
    const members = flat.properties.get(name);
    if (members) members.push(member);
    else flat.properties.set(name, [member]);
  }
  for (const name of node.required ?? []) flat.required.add(name);
  for (const [name, names] of Object.entries(node.dependentRequired ?? {}))
    flat.dependent.set(name, [...(flat.dependent.get(name) ?? []), ...names]);
  if (node.additionalProperties !== undefined) flat.others.push(node.additionalProperties);
  flat.patterned.push(...Object.entries(node.patternProperties ?? {}));
  if (node.items !== undefined) flat.items.push(node.items);
  if (node.prefixItems) flat.leading.push(node.prefixItems);
  if (node.contains !== undefined) flat.contains.push(node.contains);
  if (typeof node.pattern === 'string') flat.patterns.push(node.pattern);
  for (const kind of ['oneOf', 'anyOf'] as const) {
    const branches = node[kind];
    if (!Array.isArray(branches) || branches.length === 0) continue;
    flat.choices.push({ kind, branches, ...(node.discriminator && { discriminator: node.discriminator }) });
  }
  for (const key of single) if (node[key] !== undefined && !flat.keywords.has(key)) flat.keywords.set(key, node[key]);
  for (const key of lower) if (typeof node[key] === 'number') narrow(flat.least, key, node[key], Math.max);
  for (const key of upper) if (typeof node[key] === 'number') narrow(flat.most, key, node[key], Math.min);
}

function narrow(bounds: Map<string, number>, key: string, value: number, narrower: (a: number, b: number) => number) {
  bounds.set(key, narrower(bounds.get(key) ?? value, value));
}

function commonTypes(known: ReadonlySet<string>, types: readonly string[]): Set<string> {
  const common = types.filter((type) => known.has(type) || (type === 'integer' && known.has('number')));
  if (types.includes('number') && known.has('integer')) common.push('integer');
  return new Set(common);
}
