import { isRecord } from '../core/isRecord.js';
import { withFittingBranches } from '../samples/fittingBranches.js';
import { flattenSchema } from '../samples/flattenSchema.js';
import type { SchemaNode, SchemaSet } from '../samples/jsonSchema.js';
import { SchemaJudge } from '../samples/schemaJudge.js';
import { describeLimits } from './describeLimits.js';
import { plainLine } from './plainLine.js';
import { plainParagraph } from './plainParagraph.js';

/** A place of a payload as a specification describes it; an item of a list is at `items[]`. */
export interface DescribedField {
  readonly path: string;
  /** As JSON Schema calls them: `string`, `integer`, …; empty where any is taken. */
  readonly types: readonly string[];
  readonly format: string | null;
  /** All values that are taken, but for the longest; empty where it does not list them. */
  readonly values: readonly string[];
  /** In words: `from 1 to 100`, `at most 20 characters`, `matches ^ord_`. */
  readonly limits: readonly string[];
  readonly description: string | null;
  readonly isRequired: boolean;
}

const maxFields = 2000;
const maxPlaces = 5000;
const maxDepth = 20;
const maxItems = 20;
/** Members that one object lacks. */
const maxLacking = 200;
const maxBranches = 20;
const maxValues = 100;
/** Characters of a name, a format or a value, and of a description. */
const maxWord = 80;
const maxDescription = 300;

interface Place {
  readonly path: string;
  /** Undefined where the payload has nothing there. */
  readonly value: unknown;
  readonly nodes: readonly SchemaNode[];
  readonly isRequired: boolean;
  readonly depth: number;
}

/** Describes the places of a payload, and the members that its objects lack. Places beyond the limits are left out. */
export function describeFields(payload: unknown, schema: SchemaNode, set: SchemaSet): DescribedField[] {
  const judge = new SchemaJudge(set);
  const found = new Map<string, DescribedField>();
  const places: Place[] = [{ path: '', value: payload, nodes: [schema], isRequired: true, depth: 0 }];
  for (const { path, value, nodes, isRequired, depth } of places) {
    if (found.size >= maxFields) break;
    const fitting = (value === undefined ? null : withFittingBranches(nodes, value, { set, judge })) ?? nodes;
    if (path !== '' && !found.has(path)) found.set(path, { path, ...describe(nodes, fitting, set), isRequired });
    const add = (step: string, inner: unknown, members: readonly SchemaNode[], isNeeded: boolean) => {
      if (depth < maxDepth && places.length < maxPlaces && isShort(step))
        places.push({ path: path + step, value: inner, nodes: members, isRequired: isNeeded, depth: depth + 1 });
    };
    const { properties, required, others, items } = flattenSchema(fitting, set);
    if (Array.isArray(value) && items.length > 0) {
      for (const item of value.length > 0 ? value.slice(0, maxItems) : [undefined]) add('[]', item, items, false);
    } else if (isRecord(value)) {
      const start = path === '' ? '' : '.';
      for (const [name, member] of Object.entries(value))
        add(start + name, member, properties.get(name) ?? others, required.has(name));
      const lacking = [...properties].filter(([name]) => !Object.hasOwn(value, name)).slice(0, maxLacking);
      for (const [name, members] of lacking) add(start + name, undefined, members, required.has(name));
    }
  }
  return [...found.values()];
}

/** Describes a value by its schemas; where they leave it to the branches of a choice, by the branches together. */
function describe(
  nodes: readonly SchemaNode[],
  fitting: readonly SchemaNode[],
  set: SchemaSet,
): Omit<DescribedField, 'path' | 'isRequired'> {
  const flat = flattenSchema(nodes, set);
  const choices = flat.choices.flatMap((choice) => choice.branches).slice(0, maxBranches);
  const branches = choices.map((branch) => flattenSchema([branch], set));
  const fit = flattenSchema(fitting, set);
  const filled = choices.filter((_, at) => [...(branches[at]!.types ?? [])].join() !== 'null');
  const keyword = (key: string) => [flat, fit, ...branches].map((each) => each.keywords.get(key)).find(isText);
  const values = flat.values ?? branches.flatMap((branch) => branch.values ?? []);
  const format = plainLine(keyword('format')?.slice(0, maxWord) ?? '');
  return {
    types: [...(flat.types ?? new Set(branches.flatMap(({ types }) => [...(types ?? [])])))],
    format: format === '' ? null : format,
    values: [...new Set(values.filter((each) => typeof each !== 'object' || each === null).map(String))]
      .filter(isShort)
      .slice(0, maxValues),
    limits: describeLimits(filled.length === 1 ? flattenSchema([...nodes, ...filled], set) : fit),
    description: shorten(plainParagraph(keyword('description') ?? '')),
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/** Returns whether a text can be shown unchanged. */
function isShort(text: string): boolean {
  return text.length <= maxWord && plainLine(text) === text;
}

function shorten(text: string): string | null {
  if (text === '') return null;
  return text.length > maxDescription ? `${text.slice(0, maxDescription - 1)}…` : text;
}
