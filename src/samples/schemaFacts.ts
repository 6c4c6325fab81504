import { isRecord } from '../core/isRecord.js';
import { seededRandom } from '../core/random.js';
import { isUsuallyEmpty } from './chooseValue.js';
import { type FieldContext, hashText } from './fieldContext.js';
import type { FlatSchema, SchemaChoice } from './flattenSchema.js';
import { referencedName, type SchemaNode } from './jsonSchema.js';
import { patternText } from './patternText.js';
import { isSafePattern, testPattern } from './testPattern.js';

export function exampleOf(flat: FlatSchema, shape: unknown): unknown {
  return shape !== undefined && !isRecord(shape) && !Array.isArray(shape)
    ? shape
    : (flat.keywords.get('example') ?? flat.keywords.get('default'));
}

export function withExample(flat: FlatSchema, example: unknown): FlatSchema {
  return { ...flat, keywords: new Map([...flat.keywords, ['example', example]]) };
}

export function typeOf(flat: FlatSchema, field: FieldContext, example: unknown): string {
  const { types } = flat;
  if (types?.has('null') && (types.size === 1 || (isUsuallyEmpty(field) && example === undefined) || example === null))
    return 'null';
  const shown = example === undefined || example === null ? undefined : jsonTypeOf(example, types);
  if (types && shown !== undefined && types.has(shown)) return shown;
  const declared = ['object', 'array', 'string', 'integer', 'number', 'boolean'].find((type) => types?.has(type));
  if (declared) return declared;
  if (flat.properties.size > 0 || flat.required.size > 0 || flat.patterned.length > 0 || flat.others.length > 0)
    return 'object';
  if (flat.items.length > 0 || flat.leading.length > 0) return 'array';
  if (flat.least.has('minimum') || flat.most.has('maximum')) return 'number';
  if (shown !== undefined) return shown;
  return /metadata|attributes|properties|extra|custom|settings|context|details/.test(field.name) ? 'object' : 'string';
}

export function jsonTypeOf(value: unknown, types: ReadonlySet<string> | null): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) && types?.has('integer') ? 'integer' : 'number';
  return typeof value === 'object' ? 'object' : typeof value;
}

/** The names of the schemas that a member leads to at once. */
export function directNames(nodes: readonly SchemaNode[]): readonly string[] {
  return nodes.length === 1 ? namesOf(nodes[0]!) : nodes.flatMap(namesOf);
}

/** Names found in schemas, which are needed repeatedly. */
const knownNames = new WeakMap<object, readonly string[]>();

function namesOf(node: SchemaNode): readonly string[] {
  if (typeof node === 'boolean') return [];
  const known = knownNames.get(node);
  if (known) return known;
  const name = typeof node.$ref === 'string' ? referencedName(node.$ref) : null;
  const inner = [node.allOf, node.anyOf, node.oneOf, node.items === undefined ? [] : [node.items]];
  const names = [...(name === null ? [] : [name]), ...inner.flatMap((each) => directNames(each ?? []))];
  knownNames.set(node, names);
  return names;
}

/** Returns the discriminating value of a branch that does not declare it itself. */
export function discriminated({ discriminator }: SchemaChoice, branch: SchemaNode): SchemaNode[] {
  if (!discriminator || typeof branch === 'boolean' || typeof branch.$ref !== 'string') return [];
  const { propertyName, mapping = {} } = discriminator;
  const [value] = Object.entries(mapping).find(([, reference]) => reference === branch.$ref) ?? [
    referencedName(branch.$ref),
  ];
  return [{ properties: { [propertyName]: { anyOf: [{ const: value }, true] } }, required: [propertyName] }];
}

/** Returns whether a schema takes one text only. */
export function isOnly(node: SchemaNode, text: string): boolean {
  return typeof node === 'object' && (node.const === text || (node.enum?.length === 1 && node.enum[0] === text));
}

export function schemasOfKey(flat: FlatSchema, key: string, others: readonly SchemaNode[]): readonly SchemaNode[] {
  const named = flat.properties.get(key) ?? [];
  const patterned = flat.patterned.flatMap(([pattern, node]) =>
    isSafePattern(pattern) && testPattern(pattern, key) ? [node] : [],
  );
  return named.length + patterned.length > 0 ? [...named, ...patterned] : others;
}

export function mapKeys({ patterned }: FlatSchema, { name }: FieldContext): string[] {
  const examples = patterned.flatMap(([pattern]) => patternText(pattern, seededRandom(hashText(pattern))) ?? []);
  const usualKeys = /amount|price|currenc|balance/.test(name)
    ? ['usd', 'eur']
    : /header/.test(name)
      ? ['x-request-id', 'accept']
      : ['order_reference', 'channel', 'campaign', 'segment'];
  return [...examples, ...usualKeys, ...Array.from({ length: 12 }, (_, at) => `key_${at + 1}`)];
}
