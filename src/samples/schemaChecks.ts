import { listCheck, objectCheck } from './containerChecks.js';
import { type JsonSchema, referencedName, type SchemaNode, type SchemaSet } from './jsonSchema.js';
import { plainChecks, typeCheck } from './plainChecks.js';
import { type ComplaintList, type SchemaCheck, schemaComplaint } from './schemaComplaint.js';

/** Returns the check of members that no other keyword evaluates, which needs to know all of the others. */
export type UnevaluatedCheck = (node: JsonSchema) => SchemaCheck;

/** Checks of the schemas of a set, each made when it is first used: much quicker than code, of which most would run once. */
export class SchemaChecks {
  readonly #checks = new Map<SchemaNode, SchemaCheck>();

  constructor(
    readonly set: SchemaSet,
    readonly unevaluated: UnevaluatedCheck,
  ) {}

  /** The check of a schema. */
  readonly of = (node: SchemaNode): SchemaCheck => {
    const known = this.#checks.get(node);
    if (known) return known;
    const check = this.#make(node);
    this.#checks.set(node, check);
    return check;
  };

  #make(node: SchemaNode): SchemaCheck {
    if (node === true) return () => true;
    if (node === false) return (_, list) => schemaComplaint(list, 'false schema', 'boolean schema is false', {});
    if (node.unevaluatedProperties !== undefined || node.unevaluatedItems !== undefined) return this.unevaluated(node);
    const checks = [
      ...[typeCheck(node)].filter((check) => check !== null),
      ...this.#references(node),
      ...plainChecks(node),
      ...this.#composed(node),
      ...[listCheck(node, this.of), objectCheck(node, this.of)].filter((check) => check !== null),
    ];
    const [only] = checks;
    if (checks.length <= 1) return only ?? (() => true);
    return (value, list) => {
      let isValid = true;
      for (const check of checks) {
        if (check(value, list)) continue;
        isValid = false;
        if (list === null) break;
      }
      return isValid;
    };
  }

  *#references({ $ref }: JsonSchema): Iterable<SchemaCheck> {
    const name = typeof $ref === 'string' ? referencedName($ref) : null;
    if (name === null || !Object.hasOwn(this.set.$defs, name)) return;
    const target = this.set.$defs[name]!;
    // A schema that leads back to itself at the same value adds nothing.
    const active: unknown[] = [];
    yield (value, list) => {
      if (active.includes(value)) return true;
      active.push(value);
      const isValid = this.of(target)(value, list);
      active.pop();
      return isValid;
    };
  }

  *#composed({ not, anyOf, oneOf, allOf = [], ...node }: JsonSchema): Iterable<SchemaCheck> {
    if (not !== undefined) {
      yield (value, list) =>
        !this.of(not as SchemaNode)(value, null) || schemaComplaint(list, 'not', 'must NOT be valid', {});
    }
    if (anyOf) yield (value, list) => this.#takesAny(anyOf, value, list);
    if (oneOf) yield (value, list) => this.#takesOne(oneOf, value, list);
    for (const each of allOf) yield (value, list) => this.of(each)(value, list);
    const condition = node.if as SchemaNode | undefined;
    if (condition === undefined) return;
    yield (value, list) => {
      const failingKeyword = this.of(condition)(value, null) ? 'then' : 'else';
      const held = node[failingKeyword] as SchemaNode | undefined;
      if (held === undefined || this.of(held)(value, list)) return true;
      return schemaComplaint(list, 'if', `must match "${failingKeyword}" schema`, { failingKeyword });
    };
  }

  #takesAny(branches: readonly SchemaNode[], value: unknown, list: ComplaintList | null): boolean {
    const tried = list && { ...list, complaints: [] };
    if (branches.some((branch) => this.of(branch)(value, tried))) return true;
    list?.complaints.push(...tried!.complaints);
    return schemaComplaint(list, 'anyOf', 'must match a schema in anyOf', {});
  }

  #takesOne(branches: readonly SchemaNode[], value: unknown, list: ComplaintList | null): boolean {
    const tried = list && { ...list, complaints: [] };
    const passing: number[] = [];
    for (const [at, branch] of branches.entries()) {
      if (this.of(branch)(value, tried)) passing.push(at);
      if (list === null && passing.length > 1) return false;
    }
    if (passing.length === 1) return true;
    list?.complaints.push(...tried!.complaints);
    const passingSchemas = passing.length === 0 ? null : passing.slice(0, 2);
    return schemaComplaint(list, 'oneOf', 'must match exactly one schema in oneOf', { passingSchemas });
  }
}
