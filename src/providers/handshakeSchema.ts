import * as z from 'zod';
import { keys } from './keys.js';
import { certaintySchema, durationSchema, statusRuleSchema } from './policySchema.js';
import { fieldSchema, headerSchema, querySchema, signaturesSchema, valuesSchema } from './requestSchema.js';

const answer = z.union([
  keys({ text: z.string() }),
  keys({ json: z.array(fieldSchema).min(1) }),
  keys({ header: z.tuple([z.string().min(1), z.string()]) }),
]);

/** The schema of `Handshake`. */
export const handshakeSchema = keys({
  name: z.string().min(1),
  title: z.string().min(1),
  certainty: certaintySchema,
  source: z.string().min(1),
  method: z
    .string()
    .regex(/^[A-Z]+$/, 'must be an HTTP method in capitals.')
    .exactOptional(),
  headers: z.array(headerSchema).exactOptional(),
  query: z.array(querySchema).exactOptional(),
  body: z.string().exactOptional(),
  fields: z.array(fieldSchema).exactOptional(),
  values: valuesSchema.exactOptional(),
  signatures: signaturesSchema.exactOptional(),
  falselySigned: z.literal(true).exactOptional(),
  answer: keys({
    status: statusRuleSchema,
    within: durationSchema.exactOptional(),
    oneOf: z.array(answer).min(1).exactOptional(),
  }),
});
