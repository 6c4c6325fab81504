import { AjvJudge } from './ajvJudge.js';
import { referencedName, type SchemaNode, type SchemaSet } from './jsonSchema.js';
import { SchemaChecks } from './schemaChecks.js';
import type { ComplaintList, SchemaComplaint } from './schemaComplaint.js';

/** The most complaints about one value. */
const maxComplaints = 200;
/** The most schemas that are tried on one value. */
const maxEffort = 100_000;
/** The most schemas of a set for which ajv writes its code, which takes a second for a thousand. */
const maxCompiled = 1000;

/** The complaint about a value that takes too long to be built or judged. */
export const tooLarge: SchemaComplaint = {
  pointer: '',
  keyword: 'size',
  message: 'is too large for a sample',
  params: {},
};

/**
 * Judges values by the schemas of a set. Attempts are judged by quick checks; ajv makes the final decision, except for sets so large that generating
 * its code would take longer than everything else.
 */
export class SchemaJudge {
  readonly #effort: JudgingEffort;
  readonly #checks: SchemaChecks;
  #ajv: AjvJudge | null = null;

  constructor(readonly set: SchemaSet) {
    this.#effort = new JudgingEffort(set);
    this.#checks = new SchemaChecks(set, (node) => {
      const complaintsOf = this.#judge().complaintsBy(node);
      return (value, list) => {
        const found = complaintsOf(value);
        for (const each of found) list?.complaints.push({ ...each, pointer: list.pointer + each.pointer });
        return found.length === 0;
      };
    });
  }

  /** Returns whether a value satisfies a schema; an unreadable schema accepts all. */
  accepts(schema: SchemaNode, value: unknown): boolean {
    return this.#effort.of(schema) > maxEffort || this.#checks.of(schema)(value, null);
  }

  /** Returns the complaints about a value. */
  complaints(schema: SchemaNode, value: unknown): SchemaComplaint[] {
    if (this.#effort.of(schema) > maxEffort) return [tooLarge];
    const check = this.#checks.of(schema);
    if (!check(value, null)) {
      const list: ComplaintList = { pointer: '', complaints: [] };
      check(value, list);
      return list.complaints.slice(0, maxComplaints);
    }
    if (this.#judge().size > maxCompiled || this.#judge().accepts(schema, value)) return [];
    return this.#judge().complaintsBy(schema)(value).slice(0, maxComplaints);
  }

  #judge(): AjvJudge {
    this.#ajv ??= new AjvJudge(this.set);
    return this.#ajv;
  }
}

const lists = ['allOf', 'anyOf', 'oneOf'] as const;
const singles = ['not', 'if', 'then', 'else'];
const maxDepth = 1000;

/** Counts the schemas that are tried, at most, to judge one value by a schema: its branches, and their branches. */
class JudgingEffort {
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
