import type { JsonSchema } from '../samples/jsonSchema.js';

/** Keeps one schema of those that say the same: specifications repeat themselves a lot, and what is known of a schema then holds for all. */
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

  /** A text that only those have that say the same; parts stand in it by their numbers. */
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

/** Parts stand this deep at most: `properties`, and the name of one. What is deeper is an example, or a default. */
const maxDepth = 3;
