import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { referencedName, type SchemaNode, type SchemaSet, setAddress } from './jsonSchema.js';
import { testPattern } from './testPattern.js';

/** What a schema has against a value at a place in it. */
export interface SchemaComplaint {
  /** A JSON Pointer. */
  readonly pointer: string;
  readonly keyword: string;
  readonly message: string;
  /** The property, value or bound that the keyword is about. */
  readonly params: Readonly<Record<string, unknown>>;
}

/** The most complaints about one value. */
const maxComplaints = 200;
/** The most schemas that are tried on one value. */
const maxEffort = 100_000;

/** What is said of a value that takes too long to be made or judged. */
export const tooLarge: SchemaComplaint = {
  pointer: '',
  keyword: 'size',
  message: 'is too large for a sample',
  params: {},
};

/** A pattern that could take for ever is not tried. */
const makePattern = Object.assign(
  (pattern: string) => ({ test: (text: string) => testPattern(pattern, text), toString: () => pattern }),
  { code: 'new RegExp' },
);

/** Judges values by the schemas of a set. */
export class SchemaJudge {
  readonly #ajv: Ajv2020;
  readonly #effort: JudgingEffort;
  readonly #compiled = new Map<SchemaNode, ValidateFunction | null>();

  constructor(set: SchemaSet) {
    this.#effort = new JudgingEffort(set);
    this.#ajv = new Ajv2020({
      allErrors: true,
      strict: false,
      logger: false,
      validateSchema: false,
      inlineRefs: false,
      unicodeRegExp: false,
      code: { regExp: makePattern as never, optimize: false },
    });
    formats.default(this.#ajv);
    this.#ajv.addSchema(set as object, setAddress);
  }

  /** Whether a value satisfies a schema; a schema that can't be read takes all. */
  accepts(schema: SchemaNode, value: unknown): boolean {
    return this.#compile(schema)?.(value) ?? true;
  }

  /** What is wrong with a value. */
  complaints(schema: SchemaNode, value: unknown): SchemaComplaint[] {
    if (this.#effort.of(schema) > maxEffort) return [tooLarge];
    const validate = this.#compile(schema);
    if (!validate) return [];
    validate(value);
    return (validate.errors ?? []).slice(0, maxComplaints).map(complaintOf);
  }

  #compile(schema: SchemaNode): ValidateFunction | null {
    const known = this.#compiled.get(schema);
    if (known !== undefined) return known;
    let compiled: ValidateFunction | null = null;
    try {
      if (this.#effort.of(schema) <= maxEffort) compiled = this.#ajv.compile(schema);
    } catch {
      // What is no schema is told where it is read.
    }
    this.#compiled.set(schema, compiled);
    return compiled;
  }
}

function complaintOf({ instancePath, keyword, message = '', params }: ErrorObject): SchemaComplaint {
  return { pointer: instancePath, keyword, message, params };
}

const lists = ['allOf', 'anyOf', 'oneOf'] as const;
const singles = ['not', 'if', 'then', 'else'];
const maxDepth = 1000;

/** Tells how many schemas are tried on one value, at most, to judge it by a schema: those of its branches, and of the branches of those. */
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
