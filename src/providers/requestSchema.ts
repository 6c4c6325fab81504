import * as z from 'zod/mini';
import { readMoment } from '../core/moment.js';
import {
  type CustomOpener,
  type CustomScheme,
  type CustomVerifier,
  hashNames,
  messageAlgorithms,
} from '../core/scheme.js';
import { isCounted } from '../core/time.js';
import { timeKindSchema, valueKinds, zoneSchema } from './identityGroupSchema.js';
import { adviseOnKeys, jsonValue, optional, some, strictKeys, variableNames } from './schemaParts.js';

const headerName = z
  .string()
  .check(z.regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+(?:\{number\})?[!#$%&'*+\-.^_`|~0-9A-Za-z]*$/, 'is not a header name.'));
/** The schema of an HTTP method. */
export const methodSchema = z.string().check(z.regex(/^[A-Z]+$/, 'must be an HTTP method in capitals.'));

const perSecret = strictKeys({ head: optional(z.string()), each: z.string(), join: z.string() });

const occasional = strictKeys({ value: z.string(), on: z.enum(['retries', 'each secret', 'second secret']) });

/** The schema of `HeaderSpec`. */
export const headerSchema = z.tuple([headerName, z.union([z.string(), perSecret, occasional])]);

/** Headers as pairs, or as an object. */
export const headersSchema = z.union([z.array(headerSchema), z.record(headerName, headerSchema.def.items[1])], {
  error: 'a list of pairs, or an object with the headers by name',
});

const jsonTemplate = z.union([z.string(), strictKeys({ number: z.string() }), strictKeys({ json: z.string() })]);

/** The schema of `BodyFieldSpec`. */
export const fieldSchema = z.tuple([some, jsonTemplate]);

const placesOfParts = <T extends z.ZodMiniType<string>>(place: T) =>
  z.union([place, z.array(place).check(z.minLength(1, 'is an empty list.'))], {
    error: 'one place, or a list of the places of the parts in order',
  });

/** The schema of `WireRule`. */
export const wireSchema = strictKeys({
  split: optional(some),
  header: optional(placesOfParts(headerName)),
  body: optional(placesOfParts(some)),
});

/** The schema of `QuerySpec`. */
export const querySchema = z.tuple([some, z.string()]);

const timeValue = z
  .strictObject(
    {
      kind: z.literal('time'),
      format: timeKindSchema,
      zone: optional(zoneSchema),
      at: optional(
        z
          .string()
          .check(
            z.refine(
              (text) => readMoment(text) !== undefined,
              'must be now+300s, now-1h and the like, or first attempt.',
            ),
          ),
      ),
    },
    { error: (issue) => adviseOnKeys(issue, ['kind', 'format', 'zone', 'at']) },
  )
  .check(
    z.refine((spec) => spec.zone === undefined || !isCounted(spec.format), {
      path: ['zone'],
      error: 'goes with no time that counts from 1970, which is the same everywhere.',
    }),
  );

const generatedId = z
  .strictObject(
    {
      kind: z.enum(valueKinds),
      length: optional(z.int().check(z.gte(1))),
      prefix: optional(z.string()),
      pattern: optional(some),
    },
    { error: (issue) => adviseOnKeys(issue, ['kind', 'length', 'prefix', 'pattern']) },
  )
  .check(
    z.refine(
      (spec) => (spec.kind === 'code') === (spec.pattern !== undefined),
      'needs a pattern for the kind code, and for no other.',
    ),
  );

const attemptValue = strictKeys({
  kind: z.literal('attempt'),
  from: optional(z.union([z.literal(0), z.literal(1)])),
  first: optional(z.string()),
  retries: optional(z.string()),
}).check(
  z.refine(
    ({ from, first, retries }) =>
      (first === undefined) === (retries === undefined) && (first === undefined || from === undefined),
    'is either a number (from), or a text in the first attempt and another in retries (first and retries).',
  ),
);

const value = z.discriminatedUnion('kind', [
  timeValue,
  generatedId,
  attemptValue,
  strictKeys({ kind: z.literal('outcome'), rejected: some, timed_out: some, broken: some, unreachable: some }),
  strictKeys({ kind: z.literal('field'), path: some, absent: optional(z.string()) }),
  strictKeys({
    kind: z.literal('fields'),
    paths: z.union([z.array(some).check(z.minLength(1, 'is an empty list.')), z.enum(['sorted', 'all'])]),
    except: optional(z.array(some).check(z.minLength(1, 'is an empty list.'))),
    empty: optional(z.literal('left out')),
    each: z.string(),
    join: z.string(),
    absent: z.enum(['empty', 'left out']),
  }),
  strictKeys({ kind: z.literal('header'), name: headerName }),
  strictKeys({ kind: z.literal('given'), env: optional(variableNames), sample: some }),
]);

/** The schema of a provider's `values`. */
export const valuesSchema = z.record(z.string(), value);

const hash = z.enum(hashNames);
const encoding = z.enum(['hex', 'HEX', 'base64', 'base64url']);
const textPart = z.union([z.templateLiteral(['before:', z.string()]), z.templateLiteral(['after:', z.string()])]);
const keyStep = z.union([
  textPart,
  z.templateLiteral(['strip:', z.string()]),
  z.enum(['nfkd', 'base64', 'base64url', 'hex']),
  z.templateLiteral(['hash:', hash]),
]);
const key = optional(z.array(keyStep));
const content = z.string();

// Unlike `z.custom`, this has a JSON Schema.
function functionSchema<T>(returns: string): z.ZodMiniType<T> {
  const message = `must be a function that returns ${returns}. Only a description in TypeScript or JavaScript can hold one.`;
  return z.unknown().check(z.refine((value) => typeof value === 'function', message)) as unknown as z.ZodMiniType<T>;
}

const coverage = { components: z.array(some), parameters: z.record(z.string(), some) };
const covers = optional(
  strictKeys(coverage),
  'What the content is made of, as "completeProvider" made it of a signature of the scheme rfc9421.',
);

const schemes = [
  strictKeys({ scheme: z.literal('hmac'), hash, content, encoding, key, covers }),
  strictKeys({ scheme: z.literal('digest'), hash, content, encoding }),
  strictKeys({ scheme: z.literal('crc32'), content, encoding: z.enum(['decimal', 'hex', 'HEX']) }),
  strictKeys({
    scheme: z.literal('encoded'),
    content,
    part: optional(textPart),
    encoding: z.enum(['hex', 'HEX', 'base64', 'base64url', 'text', 'form']),
  }),
  strictKeys({ scheme: z.literal('ed25519'), content, encoding, key, covers }),
  strictKeys({ scheme: z.literal('ecdsa'), hash, form: z.enum(['der', 'numbers']), content, encoding, covers }),
  strictKeys({
    scheme: z.literal('rsa'),
    hash,
    padding: z.enum(['pkcs1', 'pss']),
    content,
    encoding,
    keyPair: optional(z.literal('made of the secret')),
    covers,
  }),
  strictKeys({
    scheme: z.literal('jwt'),
    algorithm: z.enum(['HS256', 'HS384', 'HS512', 'ES256', 'RS256', 'RS384', 'RS512', 'PS256', 'EdDSA']),
    header: z.record(z.string(), z.string()),
    claims: z.union([z.record(z.string(), jsonValue), z.string()], {
      error: 'an object with the claims by name, or one template of all of them',
    }),
    key,
  }),
  strictKeys({
    scheme: z.literal('custom'),
    sign: functionSchema<CustomScheme>('the text of the signature'),
    verify: optional(functionSchema<CustomVerifier>('whether the signature is right')),
    open: optional(functionSchema<CustomOpener>('the payload')),
  }),
] as const;

/** The schema of a provider's `signatures`. */
export const signaturesSchema = z.record(z.string(), z.discriminatedUnion('scheme', [...schemes]));

/** The schema of `ModeSpec`, but for its dialect. */
export const modeParts = {
  method: optional(methodSchema),
  headers: optional(z.record(headerName, z.string())),
  values: optional(valuesSchema),
  signatures: optional(signaturesSchema),
  query: optional(z.array(querySchema)),
  body: optional(some),
};

const messageSignature = strictKeys({
  scheme: z.literal('rfc9421'),
  algorithm: z.enum(messageAlgorithms),
  ...coverage,
  key,
});

/** The schema of the `signatures` of a description. */
export const describedSignaturesSchema = z.record(
  z.string(),
  z.discriminatedUnion('scheme', [...schemes, messageSignature]),
);
