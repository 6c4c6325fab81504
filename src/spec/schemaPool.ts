import type { JsonSchema } from '../samples/jsonSchema.js';

/** Keeps one of each set of equal schemas: specifications repeat themselves a lot, and cached facts about a schema then hold for all. */
export class SchemaPool {
  readonly #kept = new Map<string, JsonSchema>();
  readonly #numbers = new Map<object, number>();

  /** The schema that is kept for one whose parts come from here, too. */
  share(schema: JsonSchema): JsonSchema {
    const text = this.#describe(schema);
    const kept = this.#kept.get(text);
    if (kept) return kept;
    this.#kept.set(text, schema);
    this.#numbers.set(schema, this.#numbers.size);
    return schema;
  }

  /** Returns a text that only equal values share; parts are written as their numbers. */
  #describe(value: unknown, depth = 0): string {
    if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
    const number = this.#numbers.get(value);
    if (number !== undefined) return `#${number}`;
    if (depth > maxDepth) return JSON.stringify(value);
    if (Array.isArray(value)) return `[${value.map((each) => this.#describe(each, depth + 1)).join(',')}]`;
    let text = '{';
    for (const [key, member] of Object.entries(value)) {
      text += `${JSON.stringify(key)}:${this.#describe(member, depth + 1)},`;
    }
    return `${text}}`;
  }
}

/** The depth at which parts are, at most: `properties`, and the name of one. Deeper values are examples or defaults. */
const maxDepth = 3;
