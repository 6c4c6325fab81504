import * as z from 'zod/mini';
import { certaintySchema, durationSchema, statusRuleSchema } from './policySchema.js';
import {
  fieldSchema,
  headerSchema,
  methodSchema,
  querySchema,
  signaturesSchema,
  valuesSchema,
} from './requestSchema.js';
import { optional, some, strictKeys } from './schemaParts.js';

const answer = z.union([
  strictKeys({ text: z.string() }),
  strictKeys({ json: z.array(fieldSchema).check(z.minLength(1, 'is an empty list.')) }),
  strictKeys({ header: z.tuple([some, z.string()]) }),
]);

/** The schema of `Handshake`. */
export const handshakeSchema = strictKeys({
  name: some,
  title: some,
  certainty: certaintySchema,
  source: some,
  method: optional(methodSchema),
  headers: optional(z.array(headerSchema)),
  query: optional(z.array(querySchema)),
  body: optional(z.string()),
  fields: optional(z.array(fieldSchema)),
  values: optional(valuesSchema),
  signatures: optional(signaturesSchema),
  falselySigned: optional(z.literal(true)),
  answer: strictKeys({
    status: statusRuleSchema,
    within: optional(durationSchema),
    oneOf: optional(z.array(answer).check(z.minLength(1, 'is an empty list.'))),
  }),
});
