import { isRecord } from '../core/isRecord.js';
import type { Plain } from '../core/plain.js';
import { balanceMoney } from './balanceMoney.js';
import { booleanOf, chooseValue, isUsuallyEmpty } from './chooseValue.js';
import { type EventWords, type FieldContext, fieldOf, listItemOf, rootContext } from './fieldContext.js';
import { type FlatSchema, flattenSchema, type SchemaChoice } from './flattenSchema.js';
import type { JsonSchema, SchemaNode, SchemaSet } from './jsonSchema.js';
import { numberOfField } from './numberValues.js';
import {
  directNames,
  discriminated,
  exampleOf,
  isOnly,
  jsonTypeOf,
  mapKeys,
  schemasOfKey,
  typeOf,
  withExample,
} from './schemaFacts.js';
import { findTaggedMembers } from './taggedMembers.js';
import { textOfSchema } from './textOfSchema.js';
import type { SampleWorld } from './textValues.js';

/** Changes to a sample, by the JSON Pointers of its parts. */
export interface SampleChanges {
  /** Schemas that hold in addition. */
  readonly also: Map<string, SchemaNode[]>;
  /** Parts that are left out. */
  readonly without: Set<string>;
  /** Parts with required members only. */
  readonly bare: Set<string>;
}

/** The inputs of a sample. */
export interface SampleMaterial {
  readonly set: SchemaSet;
  readonly schema: SchemaNode;
  readonly event: EventWords;
  readonly world: Omit<SampleWorld, 'isEnvelope'>;
  readonly changes: SampleChanges;
  readonly accepts: (schema: SchemaNode, value: unknown) => boolean;
  /** A body of the vendor's whose shape is taken. */
  readonly shape?: unknown;
  /** Down to which depth members are made that may be left out. */
  readonly depth?: number | undefined;
}

/** The depth of a part, and the decisions above it. */
interface State {
  readonly depth: number;
  readonly names: readonly string[];
  readonly isBare: boolean;
  readonly resolved: readonly (readonly SchemaNode[])[];
  readonly shape: unknown;
}

const maxValues = 1200;
const maxTries = 250;
/** The most values, branches and words that are looked at for one sample. */
const maxSteps = 50_000;
const maxDepth = 24;
const optionalDepth = 3;
const usualDepth = 5;
const usual =
  /^(?:id|name|title|type|status|state|email|phone|amount|total|currency|quantity|price|created|created_at|updated_at|url|number|reference|country|city|first_name|last_name|description)$/;

/** Builds one sample of a schema. */
export class SampleBuilder {
  #values = 0;
  #tries = 0;
  #steps = 0;

  readonly #world: SampleWorld;

  constructor(readonly material: SampleMaterial) {
    const { world, schema, set } = material;
    const { properties } = flattenSchema([schema], set);
    this.#world = {
      ...world,
      isEnvelope: ['data', 'object', 'payload', 'resource', 'event'].some((key) => properties.has(key)),
    };
  }

  /** True when the schema asks for more than a sample can have, so that the sample is incomplete. */
  get isExhausted(): boolean {
    return this.#steps > maxSteps;
  }

  /** The sample; undefined where no value satisfies the schema. */
  build(): Plain | undefined {
    const { schema, event, shape } = this.material;
    const state = { depth: 0, names: [], isBare: false, resolved: [], shape };
    return this.#value([schema], rootContext(event), state);
  }

  #value(nodes: readonly SchemaNode[], field: FieldContext, state: State): Plain | undefined {
    const { set, changes } = this.material;
    this.#steps++;
    if (this.isExhausted) return undefined;
    const { pointer } = field;
    const flat = flattenSchema([...nodes, ...(changes.also.get(pointer) ?? [])], set);
    if (flat.isImpossible || state.depth > maxDepth) return undefined;
    const open = flat.choices.find(({ branches }) => !state.resolved.includes(branches));
    if (open) return this.#choose(open, nodes, field, state);
    this.#values++;
    const example = exampleOf(flat, state.shape);
    if (flat.values) return this.#oneOfValues(flat, field, example);
    const type = typeOf(flat, field, example);
    if (type === 'null') return null;
    if (type === 'boolean') return typeof example === 'boolean' ? example : booleanOf(field);
    if (type === 'number' || type === 'integer') return numberOfField(field, withExample(flat, example), this.#world);
    if (type !== 'object' && type !== 'array') return textOfSchema(flat, field, example, this.#world);
    const inside = {
      ...state,
      depth: state.depth + 1,
      names: [...state.names, ...flat.names],
      isBare: state.isBare || changes.bare.has(pointer) || this.#values > maxValues,
      resolved: [],
    };
    return type === 'object' ? this.#object(flat, field, inside) : this.#list(flat, field, inside);
  }

  #choose(choice: SchemaChoice, nodes: readonly SchemaNode[], field: FieldContext, state: State): Plain | undefined {
    const { accepts } = this.material;
    const resolved = [...state.resolved, choice.branches];
    let fallback: Plain | undefined;
    this.#steps += choice.branches.length;
    for (const [at, branch] of this.#likelyBranches(choice, field, state).slice(0, 12).entries()) {
      // Of each choice one branch is tried at least; what was tried in vain before counts.
      if (this.isExhausted || (at > 0 && ++this.#tries > maxTries)) break;
      const held = discriminated(choice, branch);
      const value = this.#value([...nodes, branch, ...held], field, { ...state, resolved });
      if (value === undefined) continue;
      if (choice.branches.length === 1) return value;
      const taking = choice.branches.filter((each) => accepts(each, value)).length;
      if (choice.kind === 'oneOf' ? taking === 1 : taking > 0) return value;
      fallback ??= value;
    }
    return fallback;
  }

  #likelyBranches({ branches, discriminator }: SchemaChoice, field: FieldContext, state: State): readonly SchemaNode[] {
    if (branches.length === 1) return branches;
    const { names, shape } = state;
    const { set, accepts, event } = this.material;
    const isLikelyNull = shape === undefined && (isUsuallyEmpty(field) || state.isBare || state.depth > usualDepth);
    const scores = new Map(
      branches.map((branch, at) => {
        const flat = flattenSchema([branch], set);
        const isNull = flat.types?.size === 1 && flat.types.has('null');
        let score = -at / 100;
        if (isNull) score -= isLikelyNull ? -60 : 20;
        if (flat.names.some((name) => names.includes(name))) score -= 30;
        if (flat.keywords.get('deprecated') === true || flat.isImpossible) score -= 10;
        if (shape !== undefined && accepts(branch, shape)) score += 50;
        for (const members of flat.properties.values()) {
          if (members.some((member) => isOnly(member, event.name))) score += 25;
        }
        if (
          typeof branch === 'object' &&
          branch.$ref !== undefined &&
          branch.$ref === discriminator?.mapping?.[event.name]
        )
          score += 40;
        if (flat.types?.has('object') || flat.properties.size > 0) score += 1;
        return [branch, score] as const;
      }),
    );
    return [...branches].sort((a, b) => scores.get(b)! - scores.get(a)!);
  }

  #oneOfValues({ values, types }: FlatSchema, field: FieldContext, example: unknown): Plain | undefined {
    this.#steps += Math.floor((values?.length ?? 0) / 100);
    const fitting = (values ?? []).filter((value) => types === null || types.has(jsonTypeOf(value, types)));
    const full = fitting.filter((value) => value !== null);
    if (fitting.length > full.length && isUsuallyEmpty(field)) return null;
    return chooseValue(full.length > 0 ? full : fitting, field, this.#world, example) as Plain | undefined;
  }

  #object(flat: FlatSchema, field: FieldContext, state: State): Plain {
    const { changes } = this.material;
    const found = new Map<string, Plain>();
    const shape = isRecord(state.shape) ? state.shape : undefined;
    const tagged = findTaggedMembers(flat, this.material.set);
    const order = tagged === null ? flat.properties : [...tagged.tags, ...flat.properties];
    for (const [key, members] of order) {
      if (this.isExhausted) break;
      const inner = fieldOf(field, key);
      if (found.has(key) || changes.without.has(inner.pointer) || key === '__proto__') continue;
      const isRequired = flat.required.has(key);
      if (shape === undefined && tagged?.isOfOther(key, found)) {
        if (!isRequired) continue;
        if (members.every((member) => this.material.accepts(member, null))) {
          found.set(key, null);
          continue;
        }
      }
      const isChosen = tagged?.isChosen(key, found) === true && !state.isBare;
      if (!isRequired && !isChosen && !this.#isWanted(members, inner, state, shape && Object.hasOwn(shape, key)))
        continue;
      const recursion = state.names.filter((name) => directNames(members).includes(name)).length;
      if (recursion > 2) continue;
      const value = this.#value(members, inner, {
        ...state,
        isBare: state.isBare || recursion > 0,
        shape: shape?.[key],
      });
      if (value !== undefined) found.set(key, value);
    }
    const others = flat.others.length > 0 ? flat.others : [true];
    const required = [...flat.required].filter((key) => !flat.properties.has(key));
    // A set grows while what it holds is looked at.
    const wanted = new Set([...required, ...[...found.keys()].flatMap((key) => flat.dependent.get(key) ?? [])]);
    for (const key of wanted) {
      if (this.isExhausted) break;
      const inner = fieldOf(field, key);
      if (found.has(key) || key === '__proto__' || changes.without.has(inner.pointer)) continue;
      const value = this.#value(schemasOfKey(flat, key, others), inner, {
        ...state,
        shape: shape?.[key],
      });
      if (value === undefined) continue;
      found.set(key, value);
      for (const other of flat.dependent.get(key) ?? []) wanted.add(other);
    }
    const least = flat.least.get('minProperties') ?? 0;
    const isMap = flat.properties.size === 0 && others.some((each) => typeof each === 'object') && !state.isBare;
    const wantedSize = Math.max(least, isMap ? 1 : 0);
    for (const key of found.size < wantedSize ? mapKeys(flat, field) : []) {
      if (this.isExhausted || found.size >= wantedSize) break;
      const recursion = directNames(others).some((name) => state.names.includes(name));
      if (found.has(key) || (recursion && least === 0)) continue;
      const value = this.#value(schemasOfKey(flat, key, others), fieldOf(field, key), { ...state, shape: undefined });
      if (value !== undefined) found.set(key, value);
    }
    for (const [key, value] of balanceMoney(found, field, this.#world)) {
      const { accepts } = this.material;
      if (schemasOfKey(flat, key, others).every((node) => accepts(node, value))) found.set(key, value);
    }
    return tagged === null ? Object.fromEntries(found) : inOrder(found, flat.properties.keys());
  }

  #isWanted(
    members: readonly SchemaNode[],
    field: FieldContext,
    state: State,
    isInShape: boolean | undefined,
  ): boolean {
    if (state.isBare) return false;
    const names = directNames(members);
    if (names.some((name) => state.names.includes(name))) return false;
    if (isInShape !== undefined) return isInShape;
    const inline = members.filter((node): node is JsonSchema => typeof node === 'object');
    if (inline.some(({ deprecated, writeOnly }) => deprecated === true || writeOnly === true)) return false;
    if (isUsuallyEmpty(field) && state.depth > 1) return false;
    const { depth = optionalDepth } = this.material;
    return state.depth <= (usual.test(field.name) ? Math.max(usualDepth, depth) : depth);
  }

  #list(flat: FlatSchema, field: FieldContext, state: State): Plain[] {
    const least = flat.least.get('minItems') ?? 0;
    const most = flat.most.get('maxItems') ?? Number.POSITIVE_INFINITY;
    const leading = flat.leading[0] ?? [];
    const nodes = flat.items.length > 0 ? flat.items : [true];
    const isRecursive = directNames(nodes).some((name) => state.names.includes(name));
    const shape = Array.isArray(state.shape) ? state.shape : undefined;
    const usualCount = state.isBare || isRecursive || state.depth > usualDepth ? 0 : Math.max(1, leading.length);
    const wanted = shape ? Math.min(shape.length, 3) : isUsuallyEmpty(field) ? 0 : usualCount;
    const containing = flat.contains.length > 0 ? (flat.least.get('minContains') ?? 1) : 0;
    const count = Math.min(Math.max(wanted, least, containing), most, 100);
    const items: Plain[] = [];
    for (let at = 0; at < count; at++) {
      const held = at < containing ? flat.contains : [];
      const value = this.#value(
        [...(leading[at] === undefined ? nodes : [leading[at]!]), ...held],
        listItemOf(field, at),
        {
          ...state,
          shape: shape?.[at],
        },
      );
      if (value === undefined) break;
      const isUnique =
        flat.keywords.get('uniqueItems') === true || (typeof value !== 'object' && items.length >= least);
      const isDouble = isUnique && items.some((item) => same(item, value));
      if (!isDouble) items.push(value);
    }
    return items;
  }
}

function same(one: Plain, other: Plain): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function inOrder(found: ReadonlyMap<string, Plain>, keys: Iterable<string>): Plain {
  const order = new Set([...keys, ...found.keys()]);
  return Object.fromEntries([...order].flatMap((key) => (found.has(key) ? [[key, found.get(key)!]] : [])));
}
