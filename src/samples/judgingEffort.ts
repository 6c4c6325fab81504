import { referencedName, type SchemaNode, type SchemaSet } from './jsonSchema.js';

const lists = ['allOf', 'anyOf', 'oneOf'] as const;
const singles = ['not', 'if', 'then', 'else'];
const maxDepth = 1000;

/** Tells how many schemas are tried on one value, at most, to judge it by a schema: those of its branches, and of the branches of those. */
export class JudgingEffort {
  readonly #known = new Map<SchemaNode, number>();

  constructor(readonly set: SchemaSet) {}

  /** The number for a schema; a schema that leads back to itself is counted once. */
  of(node: SchemaNode, depth = 0): number {
    if (typeof node === 'boolean') return 1;
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    if (depth > maxDepth) return Number.POSITIVE_INFINITY;
    this.#known.set(node, 1);
    const name = typeof node.$ref === 'string' ? referencedName(node.$ref) : null;
    const inner = [
      ...(name !== null && Object.hasOwn(this.set.$defs, name) ? [this.set.$defs[name]!] : []),
      ...lists.flatMap((key) => node[key] ?? []),
      ...singles.flatMap((key) => (node[key] === undefined ? [] : [node[key] as SchemaNode])),
    ];
    const effort = inner.reduce<number>((sum, each) => sum + this.of(each, depth + 1), 1);
    this.#known.set(node, effort);
    return effort;
  }
}
