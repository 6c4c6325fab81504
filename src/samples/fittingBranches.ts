import { flattenSchema } from './flattenSchema.js';
import type { SchemaNode, SchemaSet } from './jsonSchema.js';
import type { SchemaJudge } from './schemaJudge.js';

/** By what branches are chosen. */
export interface BranchJudge {
  readonly set: SchemaSet;
  readonly judge: Pick<SchemaJudge, 'accepts'>;
}

const maxRounds = 20;

/** Returns schemas with the branches of their choices that accept a value; null where none does. */
export function withFittingBranches(
  nodes: readonly SchemaNode[],
  value: unknown,
  { set, judge }: BranchJudge,
): readonly SchemaNode[] | null {
  const taken = new Set<readonly SchemaNode[]>();
  let all = nodes;
  for (let round = 0; round < maxRounds; round++) {
    const choice = flattenSchema(all, set).choices.find(({ branches }) => !taken.has(branches));
    if (!choice) return all;
    taken.add(choice.branches);
    const fitting = choice.branches.filter((branch) => judge.accepts(branch, value));
    if (fitting.length === 0) return null;
    all = [...all, ...fitting];
  }
  return null;
}
