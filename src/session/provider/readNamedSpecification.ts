import { UsageError } from '../../core/errors.js';
import type { World } from '../../core/world.js';
import type { Specification } from '../../spec/specification.js';
import { recognizeSource } from './recognizeSource.js';

/** Reads the specification that an option or a key names. Throws a UsageError for anything else. */
export async function readNamedSpecification(file: string, name: string, io: World): Promise<Specification> {
  const { specification } = await recognizeSource(file, io);
  if (!specification) {
    throw new UsageError(
      'BAD_SPECIFICATION',
      `${name}: ${file} can't be read, or is no OpenAPI document and no JSON Schema.`,
    );
  }
  return (await import('../../spec/readSpecification.js')).readSpecification(specification);
}
