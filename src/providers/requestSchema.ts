import * as z from 'zod';
import type { CustomScheme } from '../core/scheme.js';
import { keys } from './keys.js';
import { identityKinds, timeKindSchema } from './storySchema.js';

const headerName = z.string().regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/, 'is not a header name.');
const perSecret = keys({ head: z.string().exactOptional(), each: z.string(), join: z.string() });

/** The schema of `HeaderSpec`. */
export const headerSchema = z.tuple([headerName, z.union([z.string(), perSecret])]);

/** Headers as pairs, or as an object. */
export const headersSchema = z.union([z.array(headerSchema), z.record(headerName, headerSchema.def.items[1])], {
  error: 'a list of pairs, or an object with the headers by name',
});

const jsonTemplate = z.union([z.string(), keys({ number: z.string() })]);

/** The schema of `BodyFieldSpec`. */
export const fieldSchema = z.tuple([z.string().min(1), jsonTemplate]);

/** The schema of `QuerySpec`. */
export const querySchema = z.tuple([z.string().min(1), z.string()]);

const value = z.discriminatedUnion('kind', [
  keys({ kind: z.literal('time'), format: timeKindSchema }),
  keys({
    kind: z.enum(identityKinds).exclude(['code', 'nanoseconds']),
    length: z.int().min(1).exactOptional(),
    prefix: z.string().exactOptional(),
  }),
  keys({ kind: z.literal('field'), path: z.string().min(1), absent: z.string().exactOptional() }),
  keys({
    kind: z.literal('fields'),
    paths: z.union([z.array(z.string().min(1)).min(1), z.literal('sorted')]),
    each: z.string(),
    join: z.string(),
    absent: z.enum(['empty', 'left out']),
  }),
  keys({ kind: z.literal('header'), name: headerName }),
]);

/** The schema of a provider's `values`. */
export const valuesSchema = z.record(z.string(), value);

const hash = z.enum(['md5', 'sha1', 'sha256', 'sha384', 'sha512']);
const encoding = z.enum(['hex', 'HEX', 'base64', 'base64url']);
const keyStep = z.union([
  z.templateLiteral(['strip:', z.string()]),
  z.enum(['nfkd', 'base64', 'base64url', 'hex']),
  z.templateLiteral(['hash:', hash]),
]);
const key = z.array(keyStep).exactOptional();
const content = z.string();

// Unlike `z.custom`, this has a JSON Schema.
const sign = z
  .unknown()
  .refine(
    (value) => typeof value === 'function',
    'must be a function that returns the text of the signature. Only a description in TypeScript or JavaScript can hold one.',
  ) as unknown as z.ZodType<CustomScheme>;

const scheme = z.discriminatedUnion('scheme', [
  keys({ scheme: z.literal('hmac'), hash, content, encoding, key }),
  keys({ scheme: z.literal('digest'), hash, content, encoding }),
  keys({ scheme: z.literal('encoded'), content, encoding }),
  keys({ scheme: z.literal('ed25519'), content, encoding, key }),
  keys({ scheme: z.literal('ecdsa'), hash, form: z.enum(['der', 'numbers']), content, encoding }),
  keys({ scheme: z.literal('rsa'), hash, padding: z.enum(['pkcs1', 'pss']), content, encoding }),
  keys({
    scheme: z.literal('jwt'),
    algorithm: z.enum(['HS256', 'HS384', 'HS512', 'ES256', 'RS256', 'RS384', 'RS512', 'PS256', 'EdDSA']),
    header: z.record(z.string(), z.string()),
    claims: z.record(z.string(), jsonTemplate),
    key,
  }),
  keys({ scheme: z.literal('custom'), sign }),
]);

/** The schema of a provider's `signatures`. */
export const signaturesSchema = z.record(z.string(), scheme);
