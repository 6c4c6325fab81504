/** A JSON Schema (2020-12), as far as samples are made by it; its references are those of `schemaReference`. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: SchemaNode;
  readonly patternProperties?: Readonly<Record<string, SchemaNode>>;
  readonly propertyNames?: SchemaNode;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly items?: SchemaNode;
  readonly prefixItems?: readonly SchemaNode[];
  readonly contains?: SchemaNode;
  readonly minContains?: number;
  readonly maxContains?: number;
  readonly dependentRequired?: Readonly<Record<string, readonly string[]>>;
  readonly dependentSchemas?: Readonly<Record<string, SchemaNode>>;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly allOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
  readonly not?: SchemaNode;
  readonly if?: SchemaNode;
  readonly discriminator?: Discriminator;
  readonly title?: string;
  /** Only where the reader of a specification keeps it. */
  readonly description?: string;
  readonly example?: unknown;
  readonly default?: unknown;
  readonly deprecated?: boolean;
  readonly writeOnly?: boolean;
  /** The thing whose id a text is, where that is known otherwise than by the name of its field: `charge`. */
  readonly idOf?: string;
  /** True when it was wrapped around the schema of an event to hold its name. */
  readonly namesEvent?: boolean;
  readonly [keyword: string]: unknown;
}

/** A schema; true takes all, false nothing. */
export type SchemaNode = boolean | JsonSchema;

/** The property that selects the branch of a choice, and the references of the branches by its values. */
export interface Discriminator {
  readonly propertyName: string;
  readonly mapping?: Readonly<Record<string, string>>;
}

/** Schemas that refer to each other, by name. */
export interface SchemaSet {
  readonly $defs: Readonly<Record<string, SchemaNode>>;
}

/** The address of a set, for references to it from outside. */
export const setAddress = 'set.json';

const beginning = `${setAddress}#/$defs/`;

/** The reference to a schema of a set. */
export function schemaReference(name: string): string {
  return `${beginning}${name}`;
}

/** The name of the schema that a reference leads to; null for one that leads out of the set. */
export function referencedName(reference: string): string | null {
  return reference.startsWith(beginning) ? reference.slice(beginning.length) : null;
}
