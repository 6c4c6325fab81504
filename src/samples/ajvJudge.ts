import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { compactSet } from './compactSet.js';
import { type SchemaNode, type SchemaSet, setAddress } from './jsonSchema.js';
import type { SchemaComplaint } from './schemaComplaint.js';
import { testPattern } from './testPattern.js';

/** A pattern that could take for ever is not tried. */
const makePattern = Object.assign(
  (pattern: string) => ({ test: (text: string) => testPattern(pattern, text), toString: () => pattern }),
  { code: 'new RegExp' },
);

/** Judges values by the schemas of a set, with validators that ajv generates. */
export class AjvJudge {
  readonly #taking: Ajv2020;
  readonly #compact: (node: SchemaNode) => SchemaNode;
  readonly #accepting = new Map<SchemaNode, ValidateFunction | null>();
  #reporting: Ajv2020 | null = null;
  /** The number of distinct schemas in the set. */
  readonly size: number;

  constructor(readonly set: SchemaSet) {
    const compact = compactSet(set);
    this.#compact = compact.schemaOf;
    this.size = compact.size;
    // Most of the time goes into generating code, and a validator that stops at the first complaint needs much less of it.
    this.#taking = newAjv(compact.set, { messages: false });
  }

  /** Returns whether a value satisfies a schema; an unreadable schema accepts all. */
  accepts(schema: SchemaNode, value: unknown): boolean {
    let validate = this.#accepting.get(schema);
    if (validate === undefined) {
      const compact = this.#compact(schema);
      validate = compiled(() => {
        const isReference = typeof compact === 'object' && Object.keys(compact).join() === '$ref';
        return (isReference && this.#taking.getSchema(compact.$ref!)) || this.#taking.compile(compact);
      });
      this.#accepting.set(schema, validate);
    }
    return validate?.(value) ?? true;
  }

  /** Returns a function that finds the complaints about a value. */
  complaintsBy(schema: SchemaNode): (value: unknown) => SchemaComplaint[] {
    this.#reporting ??= newAjv(this.set, { allErrors: true });
    const ajv = this.#reporting;
    const validate = compiled(() => ajv.compile(schema));
    return (value) => (validate === null || validate(value) ? [] : (validate.errors ?? []).map(complaintOf));
  }
}

function newAjv(set: SchemaSet, options: { readonly allErrors?: boolean; readonly messages?: boolean }): Ajv2020 {
  const ajv = new Ajv2020({
    ...options,
    strict: false,
    logger: false,
    validateSchema: false,
    inlineRefs: false,
    unicodeRegExp: false,
    code: { regExp: makePattern as never, optimize: false },
  });
  formats.default(ajv);
  return ajv.addSchema(set as object, setAddress);
}

function compiled(compile: () => ValidateFunction): ValidateFunction | null {
  try {
    return compile();
  } catch {
    // An invalid schema is reported where it is read.
    return null;
  }
}

function complaintOf({ instancePath, keyword, message = '', params }: ErrorObject): SchemaComplaint {
  return { pointer: instancePath, keyword, message, params };
}
