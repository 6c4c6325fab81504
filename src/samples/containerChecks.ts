import { isRecord } from '../core/isRecord.js';
import type { JsonSchema, SchemaNode } from './jsonSchema.js';
import { isSame } from './plainChecks.js';
import { type ComplaintList, listWithin, type SchemaCheck, schemaComplaint } from './schemaComplaint.js';
import { testPattern } from './testPattern.js';

type ObjectCheck = (value: Readonly<Record<string, unknown>>, list: ComplaintList | null) => boolean;
type ListCheck = (value: readonly unknown[], list: ComplaintList | null) => boolean;
/** Gives the check of a schema, which is made when it is first used. */
type CheckOf = (node: SchemaNode) => SchemaCheck;

/** Returns the check of a schema's list keywords; null for none. */
export function listCheck(node: JsonSchema, checkOf: CheckOf): SchemaCheck | null {
  const checks = [...listChecks(node, checkOf)];
  if (checks.length === 0) return null;
  return (value, list) => !Array.isArray(value) || all(checks, (check) => check(value, list), list);
}

function* listChecks(node: JsonSchema, checkOf: CheckOf): Iterable<ListCheck> {
  const { minItems, maxItems, prefixItems = [], items, uniqueItems } = node;
  if (maxItems !== undefined) {
    const message = `must NOT have more than ${maxItems} items`;
    yield (value, list) => value.length <= maxItems || schemaComplaint(list, 'maxItems', message, { limit: maxItems });
  }
  if (minItems !== undefined) {
    const message = `must NOT have fewer than ${minItems} items`;
    yield (value, list) => value.length >= minItems || schemaComplaint(list, 'minItems', message, { limit: minItems });
  }
  if (prefixItems.length > 0) {
    yield (value, list) =>
      all(
        prefixItems.slice(0, value.length).entries(),
        ([at, each]) => checkOf(each)(value[at], listWithin(list, at)),
        list,
      );
  }
  if (items === false) {
    const limit = prefixItems.length;
    const message = `must NOT have more than ${limit} items`;
    yield (value, list) => value.length <= limit || schemaComplaint(list, 'items', message, { limit });
  } else if (items !== undefined && items !== true) {
    yield (value, list) => {
      const check = checkOf(items);
      let isValid = true;
      for (let at = prefixItems.length; at < value.length; at++) {
        if (check(value[at], listWithin(list, at))) continue;
        isValid = false;
        if (list === null) break;
      }
      return isValid;
    };
  }
  if (node.contains !== undefined) yield containsCheck(node.contains, node, checkOf);
  if (uniqueItems === true) yield (value, list) => areUnique(value, list);
}

function containsCheck(
  contains: SchemaNode,
  { minContains = 1, maxContains }: JsonSchema,
  checkOf: CheckOf,
): ListCheck {
  const most = maxContains === undefined ? '' : ` and no more than ${maxContains}`;
  const params = { minContains, ...(maxContains !== undefined && { maxContains }) };
  return (value, list) => {
    const check = checkOf(contains);
    const inner: ComplaintList | null = list && { ...list, complaints: [] };
    const count = value.filter((item, at) => check(item, listWithin(inner, at))).length;
    if (count >= minContains && count <= (maxContains ?? Number.POSITIVE_INFINITY)) return true;
    list?.complaints.push(...inner!.complaints);
    return schemaComplaint(list, 'contains', `must contain at least ${minContains}${most} valid item(s)`, params);
  };
}

function areUnique(value: readonly unknown[], list: ComplaintList | null): boolean {
  for (let i = value.length - 1; i > 0; i--) {
    for (let j = i - 1; j >= 0; j--) {
      if (!isSame(value[i], value[j])) continue;
      const message = `must NOT have duplicate items (items ## ${j} and ${i} are identical)`;
      return schemaComplaint(list, 'uniqueItems', message, { i, j });
    }
  }
  return true;
}

/** Returns the check of a schema's object keywords; null for none. */
export function objectCheck(node: JsonSchema, checkOf: CheckOf): SchemaCheck | null {
  const checks = [...objectChecks(node, checkOf)];
  if (checks.length === 0) return null;
  return (value, list) => !isRecord(value) || all(checks, (check) => check(value, list), list);
}

function* objectChecks(node: JsonSchema, checkOf: CheckOf): Iterable<ObjectCheck> {
  const { minProperties, maxProperties, required = [], properties = {}, patternProperties = {}, propertyNames } = node;
  if (maxProperties !== undefined) {
    const message = `must NOT have more than ${maxProperties} properties`;
    yield (value, list) =>
      Object.keys(value).length <= maxProperties ||
      schemaComplaint(list, 'maxProperties', message, { limit: maxProperties });
  }
  if (minProperties !== undefined) {
    const message = `must NOT have fewer than ${minProperties} properties`;
    yield (value, list) =>
      Object.keys(value).length >= minProperties ||
      schemaComplaint(list, 'minProperties', message, { limit: minProperties });
  }
  if (required.length > 0) {
    yield (value, list) =>
      all(
        required,
        (name) =>
          value[name] !== undefined ||
          schemaComplaint(list, 'required', `must have required property '${name}'`, { missingProperty: name }),
        list,
      );
  }
  if (propertyNames !== undefined) yield namesCheck(propertyNames, checkOf);
  const patterns = Object.entries(patternProperties);
  const others = node.additionalProperties;
  const isKnown = (key: string) =>
    Object.hasOwn(properties, key) || patterns.some(([pattern]) => testPattern(pattern, key));
  if (others !== undefined && others !== true) {
    yield (value, list) =>
      all(
        Object.keys(value).filter((key) => !isKnown(key)),
        (key) =>
          others === false
            ? schemaComplaint(list, 'additionalProperties', 'must NOT have additional properties', {
                additionalProperty: key,
              })
            : checkOf(others)(value[key], listWithin(list, key)),
        list,
      );
  }
  yield* dependentChecks(node, checkOf);
  const names = Object.keys(properties).filter((name) => properties[name] !== true);
  if (names.length > 0) {
    yield (value, list) => {
      let isValid = true;
      for (const name of names) {
        if (value[name] === undefined || checkOf(properties[name]!)(value[name], listWithin(list, name))) continue;
        isValid = false;
        if (list === null) break;
      }
      return isValid;
    };
  }
  for (const [pattern, each] of patterns) {
    yield (value, list) =>
      all(
        Object.keys(value).filter((key) => testPattern(pattern, key)),
        (key) => checkOf(each)(value[key], listWithin(list, key)),
        list,
      );
  }
}

function namesCheck(propertyNames: SchemaNode, checkOf: CheckOf): ObjectCheck {
  return (value, list) =>
    all(
      Object.keys(value),
      (propertyName) =>
        checkOf(propertyNames)(propertyName, list) ||
        schemaComplaint(list, 'propertyNames', 'property name must be valid', { propertyName }),
      list,
    );
}

function* dependentChecks({ dependentRequired = {}, ...node }: JsonSchema, checkOf: CheckOf): Iterable<ObjectCheck> {
  for (const [property, names] of Object.entries(dependentRequired)) {
    const deps = names.join(', ');
    const message = `must have ${names.length === 1 ? 'property' : 'properties'} ${deps} when property ${property} is present`;
    yield (value, list) =>
      value[property] === undefined ||
      all(
        names,
        (missingProperty) =>
          value[missingProperty] !== undefined ||
          schemaComplaint(list, 'dependentRequired', message, {
            property,
            missingProperty,
            depsCount: names.length,
            deps,
          }),
        list,
      );
  }
  for (const [property, each] of Object.entries((node.dependentSchemas ?? {}) as Record<string, SchemaNode>)) {
    yield (value, list) => value[property] === undefined || checkOf(each)(value, list);
  }
}

/** Returns whether all hold; checks all of them only where complaints are collected. */
function all<T>(items: Iterable<T>, holds: (item: T) => boolean, list: ComplaintList | null): boolean {
  let isValid = true;
  for (const item of items) {
    if (holds(item)) continue;
    isValid = false;
    if (list === null) break;
  }
  return isValid;
}
