import { UsageError } from '../core/errors.js';

/** A schema of a library that knows Standard Schema (https://standardschema.dev), version 1: Zod, Valibot, ArkType. */
export interface StandardSchema {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult | Promise<StandardResult>;
  };
}

/** The result of a Standard Schema for a value. */
export interface StandardResult {
  readonly issues?:
    | readonly {
        readonly message: string;
        readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
      }[]
    | undefined;
}

/** A Standard Schema, or a JSON Schema of draft 7 or 2020-12 (by its `$schema`; the latter without one). */
export type PayloadSchema = StandardSchema | Readonly<Record<string, unknown>>;

/** Complaints that one error lists. */
const listed = 5;

/** Throws a UsageError that says what is wrong with a payload by a schema; `what` names the payload. */
export async function checkPayload(schema: PayloadSchema, payload: unknown, what: string): Promise<void> {
  const complaints = isStandard(schema)
    ? await validateStandard(schema, payload)
    : await validateJsonSchema(schema, payload);
  if (complaints.length === 0) return;
  const more = complaints.length > listed ? [`and ${complaints.length - listed} more.`] : [];
  throw new UsageError(
    'BAD_PAYLOAD',
    `${what} does not satisfy the schema, and was not made.\n${[...complaints.slice(0, listed), ...more].join('\n')}`,
  );
}

function isStandard(schema: PayloadSchema): schema is StandardSchema {
  return typeof (schema as Partial<StandardSchema>)['~standard']?.validate === 'function';
}

async function validateStandard(schema: StandardSchema, payload: unknown): Promise<string[]> {
  const { issues } = await schema['~standard'].validate(payload);
  return (issues ?? []).map(({ message, path = [] }) => {
    const keys = path.map((step) => String(typeof step === 'object' ? step.key : step));
    return `${keys.join('.') || 'the payload'}: ${message}`;
  });
}

async function validateJsonSchema(schema: Readonly<Record<string, unknown>>, payload: unknown): Promise<string[]> {
  const { jsonSchemaErrors } = await import('./jsonSchemaErrors.js');
  return jsonSchemaErrors(schema, payload);
}
