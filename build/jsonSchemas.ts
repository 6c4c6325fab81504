/** The JSON Schemas that are shipped, for editors and other programs. */
import * as z from 'zod/mini';
import { configSchema } from '../src/config/schema/schema.js';
import { suiteSchema } from '../src/config/schema/suiteSchema.js';
import { vectorsSchema } from '../src/export/vectorsSchema.js';
import { descriptionSchema } from '../src/providers/schema.js';
import { errorSchema } from '../src/report/shared/errorSchema.js';

/** The JSON Schemas of a project's config, of a suite and of a provider, from the schemas that check them, and those of exported vectors and of an error. */
export function jsonSchemas(): Readonly<Record<'config' | 'suite' | 'provider' | 'vectors' | 'error', object>> {
  return {
    config: z.toJSONSchema(configSchema(null), { io: 'input' }),
    suite: z.toJSONSchema(suiteSchema, { io: 'input' }),
    provider: z.toJSONSchema(descriptionSchema, { io: 'input' }),
    vectors: vectorsSchema,
    error: errorSchema,
  };
}
