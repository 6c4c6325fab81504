import { isRecord } from '../core/isRecord.js';
import type { JsonSchema, SchemaNode } from '../samples/jsonSchema.js';

type Made = Record<string, unknown>;
type Read = (steps: readonly string[]) => SchemaNode;

/** Reads what has to be there where something else is; `dependencies` of older versions says both with one word. */
export function readDependencies(value: Readonly<Made>, made: Made, read: Read): void {
  const schemas: Record<string, SchemaNode> = Object.create(null);
  const names: Record<string, readonly string[]> = Object.create(null);
  for (const word of ['dependencies', 'dependentSchemas', 'dependentRequired']) {
    const map = value[word];
    for (const [name, asked] of Object.entries(isRecord(map) ? map : {})) {
      if (Array.isArray(asked)) names[name] = asked.filter((each) => typeof each === 'string');
      else if (word !== 'dependentRequired') schemas[name] = read([word, name]);
    }
  }
  if (Object.keys(schemas).length > 0) made.dependentSchemas = schemas;
  if (Object.keys(names).length > 0) made.dependentRequired = names;
}

/** Reads the schemas of a list's items; older versions say the first ones with `items`, too. */
export function readItems(value: Readonly<Made>, made: Made, read: Read): void {
  if (Array.isArray(value.items)) {
    made.prefixItems = value.items.map((_, at) => read(['items', String(at)]));
    if (value.additionalItems !== undefined) made.items = read(['additionalItems']);
  } else if (value.items !== undefined) made.items = read(['items']);
}

/** A schema that takes null, too, as `nullable` of OpenAPI 3.0 says. */
export function withNull(made: Made): JsonSchema {
  if (made.$ref !== undefined || made.type === undefined) return { anyOf: [made as JsonSchema, { type: 'null' }] };
  const values = Array.isArray(made.enum) && !made.enum.includes(null) ? { enum: [...made.enum, null] } : {};
  return { ...made, ...values, type: [...new Set([made.type, 'null'].flat() as string[])] } as JsonSchema;
}
