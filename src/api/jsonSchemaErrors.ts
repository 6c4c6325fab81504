import { Ajv, type Options } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { UsageError } from '../core/errors.js';

const options: Options = { allErrors: true, strict: false, logger: false };

/** Returns the complaints of a JSON Schema about a value. Throws a UsageError for an invalid schema. */
export function jsonSchemaErrors(schema: Readonly<Record<string, unknown>>, value: unknown): string[] {
  const isDraft7 = /draft-0[67]/.test(String(schema.$schema ?? ''));
  const ajv = isDraft7 ? new Ajv(options) : new Ajv2020(options);
  formats.default(ajv);
  let validate: ReturnType<Ajv['compile']>;
  try {
    validate = ajv.compile(schema);
  } catch (cause) {
    throw new UsageError(
      'BAD_SCHEMA',
      `schema: it is no JSON Schema of draft 7 or 2020-12, and no Standard Schema: ${(cause as Error).message}.`,
      { cause },
    );
  }
  validate(value);
  return (validate.errors ?? []).map(
    ({ instancePath, message }) => `${instancePath.slice(1).replaceAll('/', '.') || 'the payload'}: ${message}`,
  );
}
