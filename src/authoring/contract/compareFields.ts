import { isRecord } from '../../core/isRecord.js';
import { formatPath, type PathStep } from '../../json/path.js';
import { type BranchJudge, withFittingBranches } from '../../samples/fittingBranches.js';
import { flattenSchema } from '../../samples/flattenSchema.js';
import type { SchemaNode } from '../../samples/jsonSchema.js';

/** The differences between the fields of a sample and those of its schema, by path. */
export interface ComparedFields {
  /** Fields that no schema names, where it lists some; one that is only required counts as named. */
  readonly removed: readonly string[];
  /** Fields that a sample made of the schema has, and this one has not. */
  readonly missing: readonly string[];
  readonly deprecated: readonly string[];
}

/** The other side of the comparison. */
interface Comparison extends BranchJudge {
  /** A sample that was made of the schema; undefined where none is to be compared. */
  readonly generated: unknown;
}

const maxDepth = 20;

/** Compares the fields of a sample with those of its schema. */
export function compareFields(
  sample: unknown,
  schema: SchemaNode,
  { set, judge, generated }: Comparison,
): ComparedFields {
  const removed: string[] = [];
  const deprecated: string[] = [];
  const visit = (value: unknown, nodes: readonly SchemaNode[], path: readonly PathStep[]): void => {
    if (typeof value !== 'object' || value === null || path.length > maxDepth) return;
    const chosen = withFittingBranches(nodes, value, { set, judge });
    if (chosen === null) return;
    const flat = flattenSchema(chosen, set);
    if (Array.isArray(value)) {
      if (flat.items.length > 0) for (const [at, item] of value.entries()) visit(item, flat.items, [...path, at]);
      return;
    }
    const isOpen = flat.patterned.length > 0 || flat.others.some((other) => other !== false);
    for (const [key, member] of Object.entries(value)) {
      const members = flat.properties.get(key);
      const inner = [...path, key];
      if (!members) {
        if (!isOpen && flat.properties.size > 0 && !flat.required.has(key)) removed.push(formatPath(inner));
        continue;
      }
      if (flattenSchema(members, set).keywords.get('deprecated') === true) deprecated.push(formatPath(inner));
      visit(member, members, inner);
    }
  };
  visit(sample, [schema], []);
  return { removed, missing: missingFields(sample, generated, []), deprecated };
}

/** Fields of the generated sample that a sample lacks, where both have an object in the same place. */
function missingFields(sample: unknown, generated: unknown, path: readonly PathStep[]): string[] {
  if (Array.isArray(sample) && Array.isArray(generated)) {
    return sample.length === 0 || generated.length === 0 ? [] : missingFields(sample[0], generated[0], [...path, 0]);
  }
  if (!isRecord(sample) || !isRecord(generated)) return [];
  return Object.entries(generated).flatMap(([key, member]) =>
    Object.hasOwn(sample, key) ? missingFields(sample[key], member, [...path, key]) : [formatPath([...path, key])],
  );
}
