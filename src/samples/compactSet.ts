import { isRecord } from '../core/isRecord.js';
import { type JsonSchema, type SchemaNode, type SchemaSet, schemaReference } from './jsonSchema.js';

/** An equivalent but shorter set of schemas, and a function that returns a schema's counterpart in it. */
export interface CompactSet {
  readonly set: SchemaSet;
  readonly schemaOf: (node: SchemaNode) => SchemaNode;
  /** The number of distinct schemas. */
  readonly size: number;
}

/** Keywords that don't affect validation. */
const annotations = new Set([
  'title',
  'example',
  'default',
  'deprecated',
  'writeOnly',
  'discriminator',
  'idOf',
  'namesEvent',
]);
const maps = new Set(['properties', 'patternProperties', 'dependentSchemas']);
const lists = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const nodes = new Set([
  'items',
  'additionalProperties',
  'contains',
  'not',
  'if',
  'then',
  'else',
  'propertyNames',
  'unevaluatedProperties',
  'unevaluatedItems',
]);

/** The fewest subschemas of a schema that gets a name. */
const leastNamed = 4;

/** Names the larger schemas that occur in several places of a set as one object, and drops keywords that don't affect validation. */
export function compactSet(set: SchemaSet): CompactSet {
  const sizes = new Map<JsonSchema, number>();
  const shared = new Set<JsonSchema>();
  const measure = (node: SchemaNode): number => {
    if (typeof node === 'boolean') return 1;
    const known = sizes.get(node);
    if (known !== undefined) {
      if (known >= leastNamed) shared.add(node);
      return known;
    }
    let size = 1;
    for (const part of partsOf(node)) size += measure(part);
    sizes.set(node, size);
    return size;
  };
  for (const node of Object.values(set.$defs)) measure(node);
  const $defs: Record<string, SchemaNode> = Object.create(null);
  const names = new Map<JsonSchema, string>();
  const write = (node: JsonSchema): JsonSchema => {
    const compacted: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(node)) {
      if (annotations.has(key)) continue;
      if (nodes.has(key)) compacted[key] = schemaOf(value as SchemaNode);
      else if (lists.has(key)) compacted[key] = (value as SchemaNode[]).map(schemaOf);
      else if (maps.has(key) && isRecord(value)) {
        compacted[key] = Object.fromEntries(
          Object.entries(value).map(([name, part]) => [name, schemaOf(part as SchemaNode)]),
        );
      } else compacted[key] = value;
    }
    return compacted as JsonSchema;
  };
  const schemaOf = (node: SchemaNode): SchemaNode => {
    if (typeof node === 'boolean') return node;
    if (!shared.has(node)) return write(node);
    let name = names.get(node);
    if (name === undefined) {
      name = freeName(names.size, set);
      names.set(node, name);
      $defs[name] = write(node);
    }
    return { $ref: schemaReference(name) };
  };
  for (const [name, node] of Object.entries(set.$defs)) $defs[name] = schemaOf(node);
  return { set: { $defs }, schemaOf, size: sizes.size };
}

function freeName(number: number, { $defs }: SchemaSet): string {
  let name = `shared-${number}`;
  while (Object.hasOwn($defs, name)) name = `${name}-`;
  return name;
}

function* partsOf(node: JsonSchema): Iterable<SchemaNode> {
  for (const [key, value] of Object.entries(node)) {
    if (nodes.has(key)) yield value as SchemaNode;
    else if (lists.has(key)) yield* value as SchemaNode[];
    else if (maps.has(key) && isRecord(value)) yield* Object.values(value) as SchemaNode[];
  }
}
