import { isRecord } from '../core/isRecord.js';
import type { JsonSchema, SchemaNode } from '../samples/jsonSchema.js';

type RawSchema = Record<string, unknown>;
type Read = (steps: readonly string[]) => SchemaNode;

/** Reads the members required where another is present; older versions have one keyword, `dependencies`, for both kinds. */
export function readDependencies(value: Readonly<RawSchema>, schema: RawSchema, read: Read): void {
  const schemas: Record<string, SchemaNode> = Object.create(null);
  const names: Record<string, readonly string[]> = Object.create(null);
  for (const word of ['dependencies', 'dependentSchemas', 'dependentRequired']) {
    const map = value[word];
    for (const [name, requirement] of Object.entries(isRecord(map) ? map : {})) {
      if (Array.isArray(requirement)) names[name] = requirement.filter((each) => typeof each === 'string');
      else if (word !== 'dependentRequired') schemas[name] = read([word, name]);
    }
  }
  if (Object.keys(schemas).length > 0) schema.dependentSchemas = schemas;
  if (Object.keys(names).length > 0) schema.dependentRequired = names;
}

/** Reads the schemas of a list's items; older versions have the first ones in `items`, too. */
export function readItems(value: Readonly<RawSchema>, schema: RawSchema, read: Read): void {
  if (Array.isArray(value.items)) {
    schema.prefixItems = value.items.map((_, at) => read(['items', String(at)]));
    if (value.additionalItems !== undefined) schema.items = read(['additionalItems']);
  } else if (value.items !== undefined) schema.items = read(['items']);
}

/** Returns a schema that accepts null, too, as `nullable` of OpenAPI 3.0 does. */
export function withNull(schema: RawSchema): JsonSchema {
  if (schema.$ref !== undefined || schema.type === undefined)
    return { anyOf: [schema as JsonSchema, { type: 'null' }] };
  const values = Array.isArray(schema.enum) && !schema.enum.includes(null) ? { enum: [...schema.enum, null] } : {};
  return { ...schema, ...values, type: [...new Set([schema.type, 'null'].flat() as string[])] } as JsonSchema;
}
